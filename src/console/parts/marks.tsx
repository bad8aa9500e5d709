import { isRehearsalNumber } from "../../domain/case/rehearsal.ts";
import type { Answered } from "../client/call.ts";
import { useLanguage, useWords } from "../client/language.tsx";
import type { Words } from "../words/zh-CN.ts";

/** A case as it stands in a list. */
export type Row = Answered<"POST /cases/search">["items"][number];

const SHAPES: Readonly<Record<Row["state"], string>> = {
  clarifying: "◐",
  triage: "◐",
  assigned: "●",
  answered: "●",
  referred: "◐",
  closed: "✓",
};

/** The state of a case as a shape and a word: never as a colour alone. */
export function StateMark({ row }: { readonly row: Pick<Row, "state" | "outcome"> }) {
  const { codes } = useWords();
  const outcome = row.state === "closed" && row.outcome !== null ? ` · ${codes.outcome[row.outcome]}` : "";
  return (
    <span className={`mark mark-${row.state}`}>
      <span aria-hidden="true">{SHAPES[row.state]} </span>
      {codes.state[row.state]}
      {outcome}
    </span>
  );
}

/** The day by which a case is due, and by how many working days it is late. */
export function DueMark({ row }: { readonly row: Pick<Row, "state" | "dueOn" | "lateWorkingDays"> }) {
  const { words, times } = useLanguage();
  if (row.state === "closed") return <span>{words.shell.nothing}</span>;
  if (row.lateWorkingDays > 0) return <span className="mark mark-late">{words.cases.late(row.lateWorkingDays)}</span>;
  if (row.dueOn === times.dayOf(new Date())) return <strong>{words.cases.dueToday}</strong>;
  return <span>{times.day(row.dueOn)}</span>;
}

/** Marks of a case that come before everything else: of a rehearsal, danger, sealed. */
export function UrgentMarks({ row }: { readonly row: Pick<Row, "number" | "priority" | "sealed"> }) {
  const { cases } = useWords();
  return (
    <>
      {isRehearsalNumber(row.number) ? <span className="mark mark-triage">{cases.rehearsed}</span> : null}
      {row.priority ? <span className="mark mark-danger">{cases.danger}</span> : null}
      {row.sealed ? <span className="mark mark-sealed">{cases.sealed}</span> : null}
    </>
  );
}

/** Says where a case lies, as far as it is known. */
export function placeOf({ place }: Pick<Row, "place">, { codes }: Words): string {
  if (place.doubt !== "none") return codes.doubt[place.doubt];
  return place.name ?? place.grid ?? codes.doubt.unknown;
}

/** Says who has a case; the office has no name of its own. */
export function holderOf(holder: Row["holder"], { cases }: Words): string {
  return holder.kind === "office" || holder.name === "" ? cases.withOffice : holder.name;
}

/** Says who spoke. */
export function partyOf(party: Row["lastSpoken"]["by"], { codes, shell }: Words): string {
  const parties = {
    resident: codes.to.resident,
    deputy: codes.to.deputy,
    unit: shell.unit,
    "grid-worker": shell.gridWorker,
    office: shell.office,
    service: shell.service,
  };
  return parties[party];
}
