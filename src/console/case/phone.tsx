import { useState } from "react";
import { useLanguage } from "../client/language.tsx";
import { AskCallDialog } from "../parts/ask-call-dialog.tsx";
import { CallDialog } from "../parts/call-dialog.tsx";
import { DoneNote } from "../parts/notes.tsx";
import type { OneCase } from "./deeds/one-case.ts";

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
        <AskCallDialog number={one.number} onClose={() => setOpen(null)} onDone={ended(phone.made)} />
      ) : null}
    </section>
  );
}
