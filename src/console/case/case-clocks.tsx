import { useLanguage } from "../client/language.tsx";
import type { Times } from "../client/times.ts";
import type { OneCase } from "./deeds/one-case.ts";

type Clock = OneCase["clocks"][number];

/** The deadlines of a case: until when each thing is due, how that stands and on what it rests; on whom it waits, and how far it went. */
export function CaseClocks({ one }: { readonly one: OneCase }) {
  const { words, times } = useLanguage();
  const { onePage, clocks: say, codes } = words;
  const [shown, earlier] = latestOf(one.clocks);
  const moved = one.deadlines.find(({ movedBecause }) => movedBecause !== null)?.movedBecause ?? null;
  const { escalation } = one;
  return (
    <>
      <div className="fact">
        <dt>{say.waitsOn}</dt>
        <dd>{say.waitsFor[one.waitsOn]}</dd>
      </div>
      {escalation === 1 || escalation === 2 || escalation === 3 ? (
        <div className="fact">
          <dt>{say.escalation}</dt>
          <dd>
            <span className="mark mark-late">{say.escalated[escalation]}</span>
          </dd>
        </div>
      ) : null}
      {shown.length === 0
        ? one.deadlines.map(({ kind, dueOn }) => (
            <div className="fact" key={kind}>
              <dt>{codes.deadline[kind]}</dt>
              <dd>{times.day(dueOn)}</dd>
            </div>
          ))
        : shown.map((clock) => (
            <div className="fact" key={clock.kind}>
              <dt>{say.kind[clock.kind]}</dt>
              <dd>
                {say.by(dueWords(clock, times))}{" "}
                <span className={clock.state === "missed" ? "mark mark-late" : "small"}>{say.state[clock.state]}</span>
                <p className="small">
                  {[say.source(clock.source), ...(clock.pausedDays > 0 ? [say.pausedDays(clock.pausedDays)] : [])].join(
                    " · ",
                  )}
                </p>
              </dd>
            </div>
          ))}
      {moved === null ? null : <p className="small">{onePage.moved(moved)}</p>}
      {earlier === 0 ? null : <p className="small">{say.earlier(earlier)}</p>}
    </>
  );
}

/** The clock of each kind that was set last, and how many were set before those. */
function latestOf(clocks: readonly Clock[]): readonly [readonly Clock[], number] {
  const latest = new Map(clocks.map((clock) => [clock.kind, clock]));
  const shown = [...latest.values()].filter(({ state }) => state !== "void");
  return [shown, clocks.length - shown.length];
}

/** What is due on a day is due until its last second: then the day is said alone. */
function dueWords({ dueAt }: Clock, times: Times): string {
  const at = new Date(dueAt);
  const isEndOfDay = times.dayOf(new Date(at.getTime() + 1000)) !== times.dayOf(at);
  return isEndOfDay ? times.day(times.dayOf(at)) : times.moment(dueAt);
}
