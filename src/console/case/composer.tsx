import { Button, Textarea } from "@mantine/core";
import { type Ref, useState } from "react";
import { useDraft } from "../client/drafts.ts";
import { isSend } from "../client/keys.ts";
import { useLanguage } from "../client/language.tsx";
import { useSession } from "../client/session.ts";
import { DoneNote } from "../parts/notes.tsx";
import type { OneCase } from "./deeds/one-case.ts";
import { VerbDialog } from "./deeds/verb-dialog.tsx";
import { TemplatePicker } from "./template-picker.tsx";

/** The place where the office writes to the resident: nothing leaves before it was seen as the resident will read it. */
export function Composer(props: {
  readonly one: OneCase;
  readonly field: Ref<HTMLTextAreaElement>;
  readonly onSent: () => Promise<void>;
}) {
  const { one } = props;
  const { words, times } = useLanguage();
  const { onePage, verbs } = words;
  const { call } = useSession();
  const draft = useDraft(`${one.number}/answer`);
  const [isLooking, setLooking] = useState(false);
  const [isSent, setSent] = useState(false);
  const text = draft.text.trim();
  const given = { params: { number: one.number } };
  const { isAlwaysOpen, left, until, keptForAnswer, follows } = one.window;
  const reach = !follows
    ? onePage.unfollowed
    : isAlwaysOpen
      ? onePage.alwaysOpen
      : left === 0
        ? onePage.noWindow
        : `${onePage.left(left, keptForAnswer)}${until === null ? "" : onePage.windowUntil(times.moment(until))}`;
  const look = () => {
    setSent(false);
    if (text !== "") setLooking(true);
  };
  return (
    <div className="card composer">
      <TemplatePicker
        one={one}
        // Behind what is written already, so that nothing is lost.
        onChosen={(chosen) => draft.write(text === "" ? chosen : `${draft.text.trimEnd()}\n${chosen}`)}
      />
      <Textarea
        ref={props.field}
        label={onePage.answer}
        placeholder={onePage.answerHint}
        value={draft.text}
        onChange={(event) => draft.write(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (!isSend(event.nativeEvent)) return;
          event.preventDefault();
          look();
        }}
        maxLength={2000}
        rows={4}
      />
      <p className="small">
        {reach}
        {text === "" ? null : <span> · {draft.isKept ? onePage.draftKept : onePage.draftHere}</span>}
      </p>
      {isSent ? <DoneNote text={verbs.queued} /> : null}
      <div>
        <Button disabled={text === ""} onClick={look}>
          {onePage.answerGo}
        </Button>
      </div>
      {isLooking ? (
        <VerbDialog
          title={`${onePage.answer} · ${one.number}`}
          etag={one.etag}
          isReady={text !== ""}
          preview={async (attempt) => {
            const body = { text, preview: true };
            const answered = (await call("POST /cases/{number}/answer", { ...given, ...attempt, body })).body;
            const { told, waitsFor } = answered;
            if (waitsFor === "held") return { told, remarks: [verbs.held] };
            return { told, waits: waitsFor !== null };
          }}
          apply={async (attempt) => {
            await call("POST /cases/{number}/answer", { ...given, ...attempt, body: { text } });
            draft.clear();
          }}
          doIt={verbs.send}
          goOn={verbs.sendAnyway}
          onClose={() => setLooking(false)}
          onDone={() => {
            setLooking(false);
            setSent(true);
            void props.onSent();
          }}
        />
      ) : null}
    </div>
  );
}
