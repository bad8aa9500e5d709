import { Textarea } from "@mantine/core";
import { useRef } from "react";
import { newKey } from "../client/call.ts";
import { useDraft } from "../client/drafts.ts";
import { useWords } from "../client/language.tsx";
import { useSession } from "../client/session.ts";
import { Dialog } from "./dialog.tsx";
import { FormButtons } from "./form-buttons.tsx";
import { RefusalNote } from "./notes.tsx";
import { useWorking } from "./working.ts";

/** The office asks the station of a case to ring somebody up. */
export function AskCallDialog(props: {
  readonly number: string;
  readonly onClose: () => void;
  readonly onDone: () => void;
}) {
  const { phone } = useWords();
  const { call } = useSession();
  const { number } = props;
  const say = useDraft(`${number}/say`);
  const key = useRef(newKey());
  const { run, isBusy, error } = useWorking();
  const make = () =>
    run(async () => {
      const body = { say: say.text.trim() === "" ? null : say.text.trim() };
      await call("POST /cases/{number}/phone-task", { params: { number }, body, key: key.current });
      say.clear();
      props.onDone();
    });
  return (
    <Dialog title={phone.makeTask.replace("…", "")} onClose={props.onClose}>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          void make();
        }}
      >
        <p>{phone.makeText}</p>
        <Textarea
          label={phone.say}
          value={say.text}
          onChange={(event) => say.write(event.currentTarget.value)}
          maxLength={500}
          rows={3}
        />
        <RefusalNote error={error} />
        <FormButtons doIt={phone.make} isBusy={isBusy} onClose={props.onClose} />
      </form>
    </Dialog>
  );
}
