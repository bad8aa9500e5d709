import { Button } from "@mantine/core";
import { useRef } from "react";
import { newKey } from "../client/call.ts";
import { useLanguage } from "../client/language.tsx";
import { Dialog } from "../parts/dialog.tsx";
import { RefusalNote } from "../parts/notes.tsx";
import { useWorking } from "../parts/working.ts";

/** The question whether an absence shall end, and what that means. */
export function EndDialog(props: {
  readonly title: string;
  readonly text: string;
  /** Ends it. @param key the same in every repetition */
  readonly end: (key: string) => Promise<unknown>;
  readonly onClose: () => void;
  readonly onDone: () => void;
}) {
  const { words } = useLanguage();
  const { people, shell } = words;
  const key = useRef(newKey());
  const { run, isBusy, error } = useWorking();
  const end = () =>
    run(async () => {
      await props.end(key.current);
      props.onDone();
    });
  return (
    <Dialog title={props.title} onClose={props.onClose}>
      <div className="stack">
        <p>{props.text}</p>
        <RefusalNote error={error} />
        <div className="buttons">
          <Button loading={isBusy} onClick={() => void end()}>
            {people.endGo}
          </Button>
          <Button variant="default" onClick={props.onClose}>
            {shell.cancel}
          </Button>
        </div>
      </div>
    </Dialog>
  );
}
