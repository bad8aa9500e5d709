import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { MOST_MISSED_DAYS } from "../../domain/case/desk.ts";
import { mayAskAgain, pollEvery } from "../client/asking.ts";
import type { Answered } from "../client/call.ts";
import { useLanguage } from "../client/language.tsx";
import { useSession } from "../client/session.ts";
import { Asked } from "../parts/asking/asked.tsx";
import { CallDialog } from "../parts/call-dialog.tsx";
import { DueMark, placeOf, UrgentMarks } from "../parts/marks.tsx";
import { DoneNote, EmptyNote } from "../parts/notes.tsx";

/** The name under which the service itself ends a call that nobody needs to make any more. */
const BY_SERVICE = "service";

type Task = Answered<"GET /phone-tasks">["items"][number];

/** The calls that this person's station, or the office, has to make; with big buttons, for a telephone. */
export function PhonePage() {
  const { words } = useLanguage();
  const { phone } = words;
  const { call } = useSession();
  const [isDone, setDone] = useState(false);
  const [calling, setCalling] = useState<Task | null>(null);
  const [isSaved, setSaved] = useState(false);
  const asked = useQuery({
    queryKey: ["phone-tasks", isDone],
    queryFn: async ({ signal }) =>
      (await call("GET /phone-tasks", { query: { done: isDone ? "true" : "false" }, signal })).body,
    refetchInterval: pollEvery,
    retry: mayAskAgain,
  });
  const { data } = asked;
  return (
    <>
      <h1>{phone.title}</h1>
      <p>{phone.text}</p>
      <div className="buttons">
        {[false, true].map((done) => (
          <button
            key={String(done)}
            type="button"
            className="deed"
            aria-pressed={isDone === done}
            onClick={() => setDone(done)}
          >
            {done ? phone.done : phone.tasks}
          </button>
        ))}
      </div>
      {isSaved ? <DoneNote text={phone.saved} /> : null}
      <Asked asked={asked} rows={4} />
      {data?.items.length === 0 ? <EmptyNote text={isDone ? phone.noneDone : phone.none} /> : null}
      <ul className="today">
        {data?.items.map((task) => (
          <TaskLine key={task.id} task={task} onCall={() => setCalling(task)} />
        ))}
      </ul>
      {calling === null ? null : (
        <CallDialog
          number={calling.case.number}
          task={calling.id}
          onClose={() => setCalling(null)}
          onDone={() => {
            setCalling(null);
            setSaved(true);
            void asked.refetch();
          }}
        />
      )}
    </>
  );
}

function TaskLine({ task, onCall }: { readonly task: Task; readonly onCall: () => void }) {
  const { words, times } = useLanguage();
  const { phone } = words;
  const { case: row } = task;
  const about = [
    phone.by(task.station?.name ?? phone.office),
    phone.whom(task.to, task.nth),
    phone.why[task.why],
    ...(task.tries > 0 ? [phone.tries(task.tries)] : []),
    ...(task.missedDays >= MOST_MISSED_DAYS && task.doneAt === null ? [phone.givenUp] : []),
    ...(task.result === null ? [] : [phone.result[task.result]]),
    ...(task.againOn === null || task.doneAt !== null ? [] : [phone.again(times.day(task.againOn))]),
  ];
  return (
    <li className="line line-waits">
      <div className="line-head">
        <h2 className="line-name">
          <Link className="number" to="/cases/$number" params={{ number: row.number }}>
            {row.number}
          </Link>{" "}
          <UrgentMarks row={row} />
        </h2>
        {task.doneAt === null ? (
          <button type="button" className="line-button" onClick={onCall}>
            {phone.call}
            <span className="unseen"> {row.number}</span>
          </button>
        ) : (
          <span className="small">
            {task.doneBy === BY_SERVICE ? phone.pointless : task.doneBy} · {times.moment(task.doneAt)}
          </span>
        )}
      </div>
      <p>{row.sealed ? words.cases.sealedWords : row.summary}</p>
      <p className="small">
        {row.sealed ? "" : `${placeOf(row, words)} · `}
        <DueMark row={row} /> · {about.join(" · ")}
      </p>
    </li>
  );
}
