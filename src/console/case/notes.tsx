import { Button, Textarea } from "@mantine/core";
import { type Ref, useRef, useState } from "react";
import { newKey } from "../client/call.ts";
import { useDraft } from "../client/drafts.ts";
import { useLanguage } from "../client/language.tsx";
import { useSession } from "../client/session.ts";
import { DoneNote, RefusalNote } from "../parts/notes.tsx";
import { useWorking } from "../parts/working.ts";
import type { OneCase } from "./deeds/one-case.ts";

/** The office's own notes on a case: apart from the conversation in place, colour and button, so that none is ever sent. */
export function Notes(props: {
  readonly one: OneCase;
  readonly mayWrite: boolean;
  readonly field: Ref<HTMLTextAreaElement>;
  readonly onSaved: () => Promise<void>;
}) {
  const { words, times } = useLanguage();
  const { onePage } = words;
  const { call } = useSession();
  const draft = useDraft(`${props.one.number}/note`);
  const key = useRef(newKey());
  const [isSaved, setSaved] = useState(false);
  const { run, isBusy, error } = useWorking();
  const save = async () => {
    const text = draft.text.trim();
    if (text === "") return;
    const went = await run(async () => {
      await call("POST /cases/{number}/notes", {
        params: { number: props.one.number },
        body: { text },
        key: key.current,
      });
      draft.clear();
      key.current = newKey();
    });
    setSaved(went);
    if (went) await props.onSaved();
  };
  return (
    <section className="card notes" aria-labelledby="notes">
      <h2 id="notes">
        <span aria-hidden="true">✎ </span>
        {onePage.notes}
      </h2>
      <p className="small">{onePage.notesText}</p>
      {props.one.notes.length === 0 ? <p>{onePage.noNotes}</p> : null}
      <ul className="note-list">
        {props.one.notes.map((note) => (
          <li key={note.id}>
            <p className="small">
              {note.by} · {times.moment(note.at)}
            </p>
            <p className="bubble-text">{note.text}</p>
          </li>
        ))}
      </ul>
      {props.mayWrite ? (
        <form
          className="stack"
          onSubmit={(event) => {
            event.preventDefault();
            void save();
          }}
        >
          <Textarea
            ref={props.field}
            label={onePage.writeNote}
            value={draft.text}
            onChange={(event) => {
              setSaved(false);
              draft.write(event.currentTarget.value);
            }}
            maxLength={2000}
            rows={2}
          />
          <RefusalNote error={error} />
          {isSaved ? <DoneNote text={onePage.noteSaved} /> : null}
          <div>
            <Button
              type="submit"
              color="yellow"
              className="note-button"
              loading={isBusy}
              disabled={draft.text.trim() === ""}
            >
              {onePage.saveNote}
            </Button>
          </div>
        </form>
      ) : null}
    </section>
  );
}
