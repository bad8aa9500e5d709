import { Textarea } from "@mantine/core";
import { useRef, useState } from "react";
import { newKey } from "../client/call.ts";
import { useLanguage } from "../client/language.tsx";
import { useSession } from "../client/session.ts";
import { Dialog } from "../parts/dialog.tsx";
import { FormButtons } from "../parts/form-buttons.tsx";
import { RefusalNote } from "../parts/notes.tsx";
import { useWorking } from "../parts/working.ts";
import type { LibraryAnswer } from "./say-answer.ts";

/** A decision about an answer of the library. */
export type Decision = "publish" | "refuse" | "withdraw" | "end";

/** Decides about an answer: another person puts it into force or sends it back, its author takes it back, the office ends it. */
export function DecideDialog(props: {
  readonly one: LibraryAnswer;
  readonly decision: Decision;
  readonly onDone: () => void;
  readonly onClose: () => void;
}) {
  const { words, times } = useLanguage();
  const { answers } = words;
  const { call } = useSession();
  const { one, decision } = props;
  const [reason, setReason] = useState("");
  const key = useRef(newKey());
  const { run, isBusy, error } = useWorking();
  const doIt = answers[decision].replace("…", "");
  const decide = async () => {
    const given = { params: { id: one.id }, key: key.current, etag: one.etag };
    const went = await run(async () => {
      if (decision === "publish") await call("POST /answer-library/{id}/publish", { ...given, body: {} });
      else
        await call("POST /answer-library/{id}/end", {
          ...given,
          body: { reason: decision === "refuse" ? reason.trim() : null },
        });
    });
    if (went) props.onDone();
  };
  return (
    <Dialog title={doIt} onClose={props.onClose}>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          void decide();
        }}
      >
        <p>{answers.ask[decision](one.title)}</p>
        {one.triggers.map((trigger) => (
          <p className="small" key={trigger}>
            {answers.asked(trigger)}
          </p>
        ))}
        <p className="quoted">{one.body}</p>
        <p className="small">{answers.days(times.day(one.validFrom), times.day(one.validUntil))}</p>
        {decision === "refuse" ? (
          <Textarea
            label={answers.ask.reason}
            value={reason}
            rows={3}
            maxLength={500}
            onChange={(event) => setReason(event.currentTarget.value)}
            required
          />
        ) : null}
        <RefusalNote error={error} />
        <FormButtons
          doIt={doIt}
          isBusy={isBusy}
          isReady={decision !== "refuse" || reason.trim() !== ""}
          onClose={props.onClose}
        />
      </form>
    </Dialog>
  );
}
