import { Textarea } from "@mantine/core";
import { useRef, useState } from "react";
import { newKey } from "../client/call.ts";
import { useDraft } from "../client/drafts.ts";
import { useLanguage } from "../client/language.tsx";
import { useSession } from "../client/session.ts";
import { CallDialog } from "../parts/call-dialog.tsx";
import { Dialog } from "../parts/dialog.tsx";
import { FormButtons } from "../parts/form-buttons.tsx";
import { DoneNote, RefusalNote } from "../parts/notes.tsx";
import { useWorking } from "../parts/working.ts";
import type { OneCase } from "./one-case.ts";

/** The call about a case: that somebody has to make it, or the way to ask a station for it. */
export function PhoneCard({ one, onDone }: { readonly one: OneCase; readonly onDone: () => Promise<void> }) {
  const { words, times } = useLanguage();
  const { phone } = words;
  const [open, setOpen] = useState<"call" | "make" | null>(null);
  const [said, setSaid] = useState<string | null>(null);
  const { phoneTask: task } = one;
  const mayMake = task === null && one.may.includes("POST /cases/{number}/phone-task");
  if (task === null && !mayMake && one.hasChat) return null;
  const ended = (text: string) => () => {
    setOpen(null);
    setSaid(text);
    void onDone();
  };
  return (
    <section className="card" aria-labelledby="phone">
      <h2 id="phone">{phone.title}</h2>
      {one.hasChat ? null : <p>{phone.noChat}</p>}
      {task === null ? null : (
        <p>
          {[
            phone.by(task.station ?? phone.office),
            phone.why[task.why],
            ...(task.tries > 0 ? [phone.tries(task.tries)] : []),
            ...(task.againOn === null ? [] : [phone.again(times.day(task.againOn))]),
          ].join(" · ")}
        </p>
      )}
      {said === null ? null : <DoneNote text={said} />}
      <div className="buttons">
        {task?.isOwn === true ? (
          <button type="button" className="deed" onClick={() => setOpen("call")}>
            {phone.call}
          </button>
        ) : null}
        {mayMake ? (
          <button type="button" className="deed" onClick={() => setOpen("make")}>
            {phone.makeTask}
          </button>
        ) : null}
      </div>
      {open === "call" ? (
        <CallDialog number={one.number} onClose={() => setOpen(null)} onDone={ended(phone.saved)} />
      ) : null}
      {open === "make" ? (
        <MakeDialog number={one.number} onClose={() => setOpen(null)} onDone={ended(phone.made)} />
      ) : null}
    </section>
  );
}

function MakeDialog(props: {
  readonly number: string;
  readonly onClose: () => void;
  readonly onDone: () => void;
}) {
  const { phone } = useLanguage().words;
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
