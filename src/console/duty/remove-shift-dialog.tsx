import { useRef } from "react";
import { newKey } from "../client/call.ts";
import { useWords } from "../client/language.tsx";
import { useSession } from "../client/session.ts";
import { Dialog } from "../parts/dialog.tsx";
import { FormButtons } from "../parts/form-buttons.tsx";
import { RefusalNote } from "../parts/notes.tsx";
import { useWorking } from "../parts/working.ts";

/** Asks once more before a shift is taken out of the roster. */
export function RemoveShiftDialog(props: {
  readonly id: string;
  readonly text: string;
  readonly onDone: () => void;
  readonly onClose: () => void;
}) {
  const { duty } = useWords();
  const { call } = useSession();
  const key = useRef(newKey());
  const { run, isBusy, error } = useWorking();
  const doIt = duty.remove.replace("…", "");
  const remove = async () => {
    const went = await run(async () => {
      await call("DELETE /duty/shifts/{id}", { params: { id: props.id }, key: key.current });
    });
    if (went) props.onDone();
  };
  return (
    <Dialog title={doIt} onClose={props.onClose}>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          void remove();
        }}
      >
        <p>{props.text}</p>
        <RefusalNote error={error} />
        <FormButtons doIt={doIt} isBusy={isBusy} onClose={props.onClose} />
      </form>
    </Dialog>
  );
}
