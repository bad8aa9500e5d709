import { Button, Textarea } from "@mantine/core";
import { useState } from "react";
import type { Answered } from "../client/call.ts";
import { useWords } from "../client/language.tsx";
import { useSession } from "../client/session.ts";
import { Dialog } from "../parts/dialog.tsx";
import { RefusalNote, WrongNote } from "../parts/notes.tsx";
import { useWorking } from "../parts/working.ts";

type Read = Answered<"POST /settings/calendar/read">;

/** Reads the State Council's notice of a year from pasted words, says what was found in it, and gives the days. */
export function PasteDialog(props: {
  readonly year: number;
  readonly onUse: (days: Record<string, "rest" | "work">) => void;
  readonly onClose: () => void;
}) {
  const { settings, shell } = useWords();
  const { call } = useSession();
  const [text, setText] = useState("");
  const [read, setRead] = useState<Read | null>(null);
  const { run, isBusy, error } = useWorking();
  const look = () =>
    run(async () => {
      setRead((await call("POST /settings/calendar/read", { body: { year: props.year, text } })).body);
    });
  const marks = Object.values(read?.days ?? {});
  const isRight = read !== null && read.problems.length === 0 && marks.length > 0;
  return (
    <Dialog title={settings.pasteTitle(props.year)} onClose={props.onClose}>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          void look();
        }}
      >
        <Textarea
          label={settings.pasteText}
          value={text}
          rows={8}
          onChange={(event) => {
            setRead(null);
            setText(event.currentTarget.value);
          }}
          required
        />
        {read === null ? null : (
          <div role="status">
            <p>
              {settings.pasteFound(
                marks.filter((mark) => mark === "rest").length,
                marks.filter((mark) => mark === "work").length,
              )}
            </p>
            {read.unread.length === 0 ? null : <p>{settings.pasteUnread}</p>}
            <ul>
              {read.unread.map((sentence) => (
                <li key={sentence}>{sentence}</li>
              ))}
            </ul>
            {isRight ? null : <WrongNote text={settings.pasteProblems} />}
            {read.unusual === null ? null : <WrongNote text={settings.pasteUnusual} />}
          </div>
        )}
        <RefusalNote error={error} />
        <div className="buttons">
          <Button type="submit" variant={isRight ? "default" : "filled"} loading={isBusy}>
            {settings.pasteRead}
          </Button>
          {isRight && read !== null ? (
            <Button onClick={() => props.onUse(read.days)}>{settings.pasteUse}</Button>
          ) : null}
          <Button variant="default" onClick={props.onClose}>
            {shell.cancel}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
