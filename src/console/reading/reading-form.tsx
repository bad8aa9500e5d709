import { Button, NativeSelect, TextInput } from "@mantine/core";
import { useState } from "react";
import type { Given } from "../client/call.ts";
import { useWords } from "../client/language.tsx";
import { RefusalNote } from "../parts/notes.tsx";

/** The reason for which somebody reads what is kept closed. */
export type ReadingReason = Pick<Given<"POST /cases/{number}/open-sealed">["body"], "reason" | "note">;

const SHORTEST = 6;

/** Asks why something that is kept closed shall be read; the answer is written down before any word is shown. */
export function ReadingForm(props: {
  readonly go: string;
  readonly isBusy: boolean;
  readonly error: unknown;
  readonly onReason: (why: ReadingReason) => void;
}) {
  const { verbs } = useWords();
  const [reason, setReason] = useState<ReadingReason["reason"]>("answer-the-resident");
  const [note, setNote] = useState("");
  const isReady = [...note.trim()].length >= SHORTEST;
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        if (isReady) props.onReason({ reason, note: note.trim() });
      }}
    >
      <NativeSelect
        label={verbs.reason}
        value={reason}
        data={Object.entries(verbs.readingReasons).map(([value, label]) => ({ value, label }))}
        onChange={(event) => setReason(event.currentTarget.value as ReadingReason["reason"])}
      />
      <TextInput
        label={verbs.readingNote}
        value={note}
        onChange={(event) => setNote(event.currentTarget.value)}
        maxLength={500}
        required
      />
      <RefusalNote error={props.error} />
      <div>
        <Button type="submit" disabled={!isReady} loading={props.isBusy}>
          {props.go}
        </Button>
      </div>
    </form>
  );
}
