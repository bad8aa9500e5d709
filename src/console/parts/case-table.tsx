import { type ReactNode, useEffect, useRef } from "react";
import { useLanguage } from "../client/language.tsx";
import { CaseLink } from "./case-link.tsx";
import { DueMark, holderOf, partyOf, placeOf, type Row, StateMark, UrgentMarks } from "./marks.tsx";

/** Cases as a table; on a narrow screen each row is a card. The row under the keyboard's mark has the focus. */
export function CaseTable(props: {
  readonly rows: readonly Row[];
  readonly label: string;
  /** The row at which the keyboard is; none where left out. */
  readonly at?: number | undefined;
  /** Numbers of rows that changed since they were shown. */
  readonly changed?: ReadonlySet<string>;
  /** The columns beside the number, in their order; the usual ones where left out. */
  readonly columns?: readonly string[];
  /** The cases that are selected, with what selects one more or one less; none can be where left out. */
  readonly selection?: { readonly numbers: ReadonlySet<string>; readonly toggle: (row: Row) => void } | undefined;
}) {
  const { words, times } = useLanguage();
  const { columns } = words.cases;
  const { selection } = props;
  const isShown = (code: string) => props.columns?.includes(code) ?? Object.hasOwn(columns, code);
  const body = useRef<HTMLTableSectionElement>(null);
  useEffect(() => {
    if (props.at === undefined) return;
    body.current?.rows[props.at]?.querySelector("a")?.focus();
  }, [props.at]);
  const cells = (row: Row): readonly (readonly [string, string, ReactNode])[] => [
    ["state", columns.state, <StateMark key="state" row={row} />],
    ["place", columns.place, row.sealed ? words.shell.nothing : placeOf(row, words)],
    ["holder", columns.holder, holderOf(row.holder, words)],
    [
      "due",
      columns.due,
      <span key="due" className="number">
        <DueMark row={row} />
      </span>,
    ],
    [
      "spoken",
      columns.spoken,
      <span key="spoken">
        {partyOf(row.lastSpoken.by, words)} <span className="number">{times.moment(row.lastSpoken.at)}</span>
      </span>,
    ],
    ["rating", words.lists.column.rating, row.rating === null ? words.shell.nothing : words.onePage.rated(row.rating)],
    [
      "delivery",
      words.lists.column.delivery,
      row.delivery === null ? words.shell.nothing : words.cases.trouble[row.delivery],
    ],
  ];
  const heads = Object.entries({ ...columns, ...words.lists.column }).filter(
    ([code]) => code === "number" || isShown(code),
  );
  return (
    <table className="table cards" aria-label={props.label}>
      <thead>
        <tr>
          {selection === undefined ? null : (
            <th scope="col" aria-label={words.lists.selected(selection.numbers.size)} />
          )}
          {heads.map(([code, column]) => (
            <th scope="col" key={code}>
              {column}
            </th>
          ))}
        </tr>
      </thead>
      <tbody ref={body}>
        {props.rows.map((row, index) => (
          <tr key={row.number} className={index === props.at ? "row-at" : undefined}>
            {selection === undefined ? null : (
              <td className="select">
                <input
                  type="checkbox"
                  aria-label={words.lists.select(row.number)}
                  checked={selection.numbers.has(row.number)}
                  onChange={() => selection.toggle(row)}
                />
              </td>
            )}
            <th scope="row" className="number">
              <CaseLink number={row.number} />
              {props.changed?.has(row.number) === true ? (
                <span className="mark mark-changed">✎ {words.cases.changed}</span>
              ) : null}
            </th>
            {isShown("words") ? (
              <td className="summary">
                <UrgentMarks row={row} /> <span>{row.sealed ? words.cases.sealedWords : row.summary}</span>
              </td>
            ) : null}
            {cells(row).map(([code, label, content]) =>
              isShown(code) ? (
                <td key={code} data-label={label}>
                  {content}
                </td>
              ) : null,
            )}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
