import { Button } from "@mantine/core";
import { useRef } from "react";
import { newKey } from "../client/call.ts";
import { useWords } from "../client/language.tsx";
import { Dialog } from "../parts/dialog.tsx";
import { useWorking } from "../parts/working.ts";
import { ChangeRefusal } from "./change-refusal.tsx";

/** Asks once more before something is taken away. @param props.doIt what the button says; “remove” when left out */
export function RemoveDialog(props: {
  readonly text: string;
  readonly doIt?: string;
  readonly onRemove: (key: string) => Promise<void>;
  readonly onDone: () => void;
  readonly onClose: () => void;
}) {
  const { settings, shell } = useWords();
  const key = useRef(newKey());
  const { run, isBusy, error } = useWorking();
  const doIt = props.doIt ?? settings.remove.replace("…", "");
  return (
    <Dialog title={doIt} onClose={props.onClose}>
      <div className="stack">
        <p>{props.text}</p>
        <ChangeRefusal error={error} onLook={props.onDone} />
        <div className="buttons">
          <Button
            loading={isBusy}
            onClick={() =>
              void run(() => props.onRemove(key.current)).then((went) => (went ? props.onDone() : undefined))
            }
          >
            {doIt}
          </Button>
          <Button variant="default" onClick={props.onClose}>
            {shell.cancel}
          </Button>
        </div>
      </div>
    </Dialog>
  );
}
