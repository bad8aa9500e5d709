import { Button } from "@mantine/core";
import { useState } from "react";
import type { Answered } from "../client/call.ts";
import { newKey } from "../client/call.ts";
import { useLanguage } from "../client/language.tsx";
import { useSession } from "../client/session.ts";
import { RefusalNote } from "../parts/notes.tsx";
import { useWorking } from "../parts/working.ts";

/** The way to make one's own chat the one in which one is told of urgent cases. */
export function DutyChat({ hasChat }: { readonly hasChat: boolean }) {
  const { words, times } = useLanguage();
  const { duty } = words;
  const { call } = useSession();
  const [made, setMade] = useState<Answered<"POST /duty/chat-code"> | null>(null);
  const { run, isBusy, error } = useWorking();
  const get = () =>
    run(async () => {
      setMade((await call("POST /duty/chat-code", { body: {}, key: newKey() })).body);
    });
  return (
    <section className="card" aria-labelledby="duty-chat">
      <h2 id="duty-chat">{duty.mine}</h2>
      <p>{hasChat ? duty.mineBound : duty.mineText}</p>
      {made === null ? (
        <Button variant="default" loading={isBusy} onClick={() => void get()}>
          {duty.getCode}
        </Button>
      ) : (
        <p role="status">
          <strong>{duty.sayCode(made.code, times.clock(made.until))}</strong>
        </p>
      )}
      <RefusalNote error={error} />
    </section>
  );
}
