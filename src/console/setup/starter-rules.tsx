import { Button } from "@mantine/core";
import { useRef, useState } from "react";
import { newKey } from "../client/call.ts";
import { useWords } from "../client/language.tsx";
import { useSession } from "../client/session.ts";
import { DoneNote, RefusalNote } from "../parts/notes.tsx";
import { useWorking } from "../parts/working.ts";

/** Makes the starter draft of rules by one button. */
export function StarterRules({ onDone }: { readonly onDone: () => void }) {
  const { setup } = useWords();
  const { call } = useSession();
  const [number, setNumber] = useState<number | null>(null);
  const key = useRef(newKey());
  const { run, isBusy, error } = useWorking();
  const make = () =>
    run(async () => {
      setNumber((await call("POST /setup/starter-rules", { key: key.current })).body.number);
      onDone();
    });
  if (number !== null) return <DoneNote text={setup.starterDone(number)} />;
  return (
    <div className="stack">
      <RefusalNote error={error} />
      <div>
        <Button variant="default" loading={isBusy} onClick={() => void make()}>
          {setup.starter}
        </Button>
      </div>
    </div>
  );
}
