import { Link } from "@tanstack/react-router";
import { type ReactNode, useEffect, useRef } from "react";
import { useLanguage } from "../client/language.tsx";
import { DueMark, holderOf, partyOf, placeOf, type Row, StateMark, UrgentMarks } from "./marks.tsx";

/** Cases as a table; on a narrow screen each row is a card. The row under the keyboard's mark has the focus. */
export function CaseTable(props: {
  readonly rows: readonly Row[];
  readonly label: string;
  /** The row at which the keyboard is; none where left out. */
  readonly at?: number | undefined;
  /** Numbers of rows that changed since they were shown. */
  readonly changed?: ReadonlySet<string>;
}) {
  const { words, times } = useLanguage();
  const { columns } = words.cases;
  const body = useRef<HTMLTableSectionElement>(null);
  useEffect(() => {
    if (props.at === undefined) return;
    body.current?.rows[props.at]?.querySelector("a")?.focus();
  }, [props.at]);
  const cells = (row: Row): readonly (readonly [string, ReactNode])[] => [
    [columns.state, <StateMark key="state" row={row} />],
    [columns.place, row.sealed ? words.shell.nothing : placeOf(row, words)],
    [columns.holder, holderOf(row.holder, words)],
    [
      columns.due,
      <span key="due" className="number">
        <DueMark row={row} />
      </span>,
    ],
    [
      columns.spoken,
      <span key="spoken">
        {partyOf(row.lastSpoken.by, words)} <span className="number">{times.moment(row.lastSpoken.at)}</span>
      </span>,
    ],
  ];
  return (
    <table className="table cards" aria-label={props.label}>
      <thead>
        <tr>
          {Object.entries(columns).map(([code, column]) => (
            <th scope="col" key={code}>
              {column}
            </th>
          ))}
        </tr>
      </thead>
      <tbody ref={body}>
        {props.rows.map((row, index) => (
          <tr key={row.number} className={index === props.at ? "row-at" : undefined}>
            <th scope="row" className="number">
              <Link to="/cases/$number" params={{ number: row.number }}>
                {row.number}
              </Link>
              {props.changed?.has(row.number) === true ? (
                <span className="mark mark-changed">✎ {words.cases.changed}</span>
              ) : null}
            </th>
            <td className="summary">
              <UrgentMarks row={row} /> <span>{row.sealed ? words.cases.sealedWords : row.summary}</span>
            </td>
            {cells(row).map(([label, content]) => (
              <td key={label} data-label={label}>
                {content}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
