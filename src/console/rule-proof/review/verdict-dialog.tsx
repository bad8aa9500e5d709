import { Textarea } from "@mantine/core";
import { useRef, useState } from "react";
import { newKey } from "../../client/call.ts";
import { useWords } from "../../client/language.tsx";
import { useSession } from "../../client/session.ts";
import { Dialog } from "../../parts/dialog.tsx";
import { FormButtons } from "../../parts/form-buttons.tsx";
import { RefusalNote } from "../../parts/notes.tsx";
import { useWorking } from "../../parts/working.ts";

/** A verdict of a review. */
export type Verdict = "publish" | "turn-down";

/** Asks once more before a verdict, says what it leads to, and gives it; publishing asks for a code of the second factor then. */
export function VerdictDialog(props: {
  readonly verdict: Verdict;
  readonly number: number;
  readonly changes: number;
  readonly onDone: () => void;
  readonly onClose: () => void;
}) {
  const { review } = useWords();
  const { call } = useSession();
  const { verdict, number } = props;
  const [note, setNote] = useState("");
  const key = useRef(newKey());
  const { run, isBusy, error } = useWorking();
  const told = {
    publish: { title: review.publishTitle(number), text: review.publishText(props.changes), go: review.publishGo },
    "turn-down": { title: review.turnDownTitle(number), text: review.turnDownText, go: review.turnDownGo },
  }[verdict];
  const isReady = verdict !== "turn-down" || note.trim() !== "";
  const act = () =>
    run(async () => {
      const body = { verdict, note: note.trim() === "" ? null : note.trim() };
      await call("POST /rulesets/{number}/review", { params: { number: String(number) }, body, key: key.current });
      props.onDone();
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
        <Textarea
          label={review.note}
          value={note}
          maxLength={2000}
          autosize={false}
          rows={3}
          required={verdict === "turn-down"}
          onChange={(event) => {
            setNote(event.currentTarget.value);
            key.current = newKey();
          }}
        />
        {verdict === "publish" ? <p className="small">{review.publishCode}</p> : null}
        <RefusalNote error={error} />
        <FormButtons doIt={told.go} isBusy={isBusy} isReady={isReady} onClose={props.onClose} />
      </form>
    </Dialog>
  );
}
