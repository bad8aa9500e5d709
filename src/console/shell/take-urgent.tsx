import { Button } from "@mantine/core";
import { useRef } from "react";
import { newKey } from "../client/call.ts";
import { useWords } from "../client/language.tsx";
import { useSession } from "../client/session.ts";
import { RefusalNote } from "../parts/notes.tsx";
import { useWorking } from "../parts/working.ts";

/** The button by which somebody says that they see to an urgent case. */
export function TakeUrgent({ number, onDone }: { readonly number: string; readonly onDone: () => void }) {
  const { duty } = useWords();
  const { call } = useSession();
  const key = useRef(newKey());
  const { run, isBusy, error } = useWorking();
  const take = async () => {
    const went = await run(async () => {
      await call("POST /cases/{number}/acknowledge", { params: { number }, body: {}, key: key.current });
    });
    if (went) onDone();
  };
  return (
    <>
      <Button size="compact-md" loading={isBusy} onClick={() => void take()}>
        {duty.take}
        <span className="unseen"> {number}</span>
      </Button>
      <RefusalNote error={error} />
    </>
  );
}
