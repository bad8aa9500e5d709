import { useRef } from "react";
import { newKey } from "../client/call.ts";
import { useWords } from "../client/language.tsx";
import { useSession } from "../client/session.ts";
import { useWorking } from "../parts/working.ts";
import { ReadingForm, type ReadingReason } from "./reading-form.tsx";

/** The door before a sealed case until somebody of the office has said why they read it. */
export function SealedDoor({ number, onOpen }: { readonly number: string; readonly onOpen: () => void }) {
  const { onePage } = useWords();
  const { call } = useSession();
  const key = useRef(newKey());
  const { run, isBusy, error } = useWorking();
  const give = (why: ReadingReason) =>
    run(async () => {
      await call("POST /cases/{number}/open-sealed", { params: { number }, body: why, key: key.current });
      onOpen();
    });
  return (
    <section className="card narrow">
      <h1>
        ■ {onePage.sealedTitle} · {number}
      </h1>
      <p>{onePage.sealedText}</p>
      <ReadingForm go={onePage.openSealed} isBusy={isBusy} error={error} onReason={give} />
    </section>
  );
}
