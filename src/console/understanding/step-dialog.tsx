import { Button } from "@mantine/core";
import { useRef } from "react";
import { newKey } from "../client/call.ts";
import { useWords } from "../client/language.tsx";
import { useSession } from "../client/session.ts";
import { Dialog } from "../parts/dialog.tsx";
import { RefusalNote } from "../parts/notes.tsx";
import { useWorking } from "../parts/working.ts";

/** Asks once more before a version is published or brought back. @param props.number null goes back to none */
export function StepDialog(props: {
  readonly kind: "publish" | "take-back";
  readonly number: number | null;
  readonly onDone: () => void;
  readonly onClose: () => void;
}) {
  const { understanding, shell } = useWords();
  const { call } = useSession();
  const { kind, number } = props;
  const key = useRef(newKey());
  const { run, isBusy, error } = useWorking();
  const text =
    number === null
      ? understanding.noneText
      : kind === "publish"
        ? understanding.publishText(number)
        : understanding.takeBackText(number);
  const go = async () => {
    const went = await run(async () => {
      if (kind === "publish" && number !== null)
        await call("POST /understanding/layers/{number}/publish", {
          params: { number: String(number) },
          key: key.current,
        });
      else await call("POST /understanding/take-back", { body: { number }, key: key.current });
    });
    if (went) props.onDone();
  };
  return (
    <Dialog title={understanding.layers} onClose={props.onClose}>
      <div className="stack">
        <p>{text}</p>
        <RefusalNote error={error} />
        <div className="buttons">
          <Button loading={isBusy} onClick={() => void go()}>
            {understanding.go}
          </Button>
          <Button variant="default" onClick={props.onClose}>
            {shell.cancel}
          </Button>
        </div>
      </div>
    </Dialog>
  );
}
