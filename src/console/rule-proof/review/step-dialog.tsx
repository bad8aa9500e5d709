import { Textarea } from "@mantine/core";
import { useRef, useState } from "react";
import { newKey } from "../../client/call.ts";
import { useWords } from "../../client/language.tsx";
import { useSession } from "../../client/session.ts";
import { Dialog } from "../../parts/dialog.tsx";
import { FormButtons } from "../../parts/form-buttons.tsx";
import { RefusalNote } from "../../parts/notes.tsx";
import { useWorking } from "../../parts/working.ts";

/** A step in the life of a version that this page takes. */
export type Step = "submit" | "withdraw" | "publish" | "turn-down";

/** Asks once more before a step, says what it leads to, and takes it; publishing asks for a code of the second factor then. */
export function StepDialog(props: {
  readonly step: Step;
  readonly number: number;
  readonly changes: number;
  /** Told the number of the version that there is then: another one after a withdrawal. */
  readonly onDone: (number: number) => void;
  readonly onClose: () => void;
}) {
  const { review } = useWords();
  const { call } = useSession();
  const { step, number } = props;
  const [note, setNote] = useState("");
  const key = useRef(newKey());
  const { run, isBusy, error } = useWorking();
  const told = {
    submit: { title: review.submitTitle(number), text: review.submitText, go: review.submitGo },
    withdraw: { title: review.withdrawTitle(number), text: review.withdrawText, go: review.withdrawGo },
    publish: { title: review.publishTitle(number), text: review.publishText(props.changes), go: review.publishGo },
    "turn-down": { title: review.turnDownTitle(number), text: review.turnDownText, go: review.turnDownGo },
  }[step];
  const isReview = step === "publish" || step === "turn-down";
  const isReady = step !== "turn-down" || note.trim() !== "";
  const act = () =>
    run(async () => {
      const given = { params: { number: String(number) }, key: key.current };
      if (step === "submit") await call("POST /rulesets/{number}/submit", given);
      else if (step === "withdraw") {
        const made = await call("POST /rulesets/{number}/withdraw", given);
        props.onDone(made.body.number);
        return;
      } else {
        const body = { verdict: step, note: note.trim() === "" ? null : note.trim() };
        await call("POST /rulesets/{number}/review", { ...given, body });
      }
      props.onDone(number);
    });
  return (
    <Dialog title={told.title} onClose={props.onClose}>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          if (isReady) void act();
        }}
      >
        <p>{told.text}</p>
        {isReview ? (
          <Textarea
            label={review.note}
            value={note}
            maxLength={2000}
            autosize={false}
            rows={3}
            required={step === "turn-down"}
            onChange={(event) => {
              setNote(event.currentTarget.value);
              key.current = newKey();
            }}
          />
        ) : null}
        {step === "publish" ? <p className="small">{review.publishCode}</p> : null}
        <RefusalNote error={error} />
        <FormButtons doIt={told.go} isBusy={isBusy} isReady={isReady} onClose={props.onClose} />
      </form>
    </Dialog>
  );
}
