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
  const [calling, setCalling] = useState<string | null>(null);
  const [isMaking, setMaking] = useState(false);
  const [said, setSaid] = useState<string | null>(null);
  const { phoneTasks: tasks } = one;
  const mayMake = tasks.every(({ to }) => to === "deputy") && one.may.includes("POST /cases/{number}/phone-task");
  if (tasks.length === 0 && !mayMake && one.hasChat) return null;
  const ended = (text: string) => () => {
    setCalling(null);
    setMaking(false);
    setSaid(text);
    void onDone();
  };
  return (
    <section className="card" aria-labelledby="phone">
      <h2 id="phone">{phone.title}</h2>
      {one.hasChat ? null : <p>{phone.noChat}</p>}
      {tasks.map((task) => (
        <div key={task.id} className="call-line">
          <p>
            <strong>{phone.whom(task.to, task.nth)}</strong>{" "}
            {[
              phone.by(task.station ?? phone.office),
              phone.why[task.why],
              ...(task.tries > 0 ? [phone.tries(task.tries)] : []),
              ...(task.againOn === null ? [] : [phone.again(times.day(task.againOn))]),
            ].join(" · ")}
          </p>
          {task.isOwn ? (
            <button type="button" className="deed" onClick={() => setCalling(task.id)}>
              {phone.call}
              {tasks.length > 1 ? <span className="unseen"> {phone.whom(task.to, task.nth)}</span> : null}
            </button>
          ) : null}
        </div>
      ))}
      {said === null ? null : <DoneNote text={said} />}
      {mayMake ? (
        <div className="buttons">
          <button type="button" className="deed" onClick={() => setMaking(true)}>
            {phone.makeTask}
          </button>
        </div>
      ) : null}
      {calling === null ? null : (
        <CallDialog number={one.number} task={calling} onClose={() => setCalling(null)} onDone={ended(phone.saved)} />
      )}
      {isMaking ? (
        <AskCallDialog number={one.number} onClose={() => setMaking(false)} onDone={ended(phone.made)} />
      ) : null}
    </section>
  );
}
