import { useEffect } from "react";
import { useLanguage } from "../client/language.tsx";
import { DueMark, holderOf, StateMark, UrgentMarks } from "../parts/marks.tsx";
import type { OneCase } from "./deeds/one-case.ts";
import { Presence } from "./presence.tsx";

/** The marks of who wrote a case: a child, a petitioner, somebody who stays unnamed. */
function WriterMarks({ one }: { readonly one: OneCase }) {
  const { words } = useLanguage();
  const { petitions } = words;
  return (
    <>
      {one.minor ? <span className="mark mark-triage">{petitions.minorMark}</span> : null}
      {one.petition ? <span className="mark mark-triage">{petitions.petitionMark}</span> : null}
      {one.unnamed ? <span className="mark mark-sealed">{petitions.unnamedMark}</span> : null}
    </>
  );
}

/** The head of a case's page: what it is, how it stands, and the ways back to the list and on to the next. */
export function CaseHead(props: {
  readonly one: OneCase;
  readonly position: { readonly at: number; readonly all: number } | null;
  readonly onList: () => void;
  readonly onNext: (() => void) | null;
}) {
  const { one, position } = props;
  const { words, times } = useLanguage();
  const { onePage, cases } = words;
  useEffect(() => {
    const before = document.title;
    document.title = one.number;
    return () => {
      document.title = before;
    };
  }, [one.number]);
  return (
    <header className="case-head">
      <p className="case-ways">
        <button type="button" className="link-button" onClick={props.onList}>
          ‹ {onePage.toList}
        </button>
        {position === null ? null : <span className="small">{onePage.position(position.at, position.all)}</span>}
        {props.onNext === null ? null : (
          <button type="button" className="link-button" onClick={props.onNext}>
            {onePage.next} ›
          </button>
        )}
      </p>
      <h1>
        <span className="number">{one.number}</span> <UrgentMarks row={one} /> <WriterMarks one={one} /> {one.summary}
      </h1>
      <p className="case-marks">
        <StateMark row={one} />
        <span>{holderOf(one.holder, words)}</span>
        {one.closedAt !== null ? (
          <span>{onePage.closedAt(times.moment(one.closedAt))}</span>
        ) : one.lateWorkingDays > 0 ? (
          <DueMark row={one} />
        ) : (
          <span>{onePage.due(times.day(one.dueOn))}</span>
        )}
        {one.sealed ? null : <Presence key={one.number} number={one.number} />}
        {one.reopenings > 0 ? <span>{cases.reopened(one.reopenings)}</span> : null}
      </p>
    </header>
  );
}
