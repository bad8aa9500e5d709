import { Checkbox } from "@mantine/core";
import type { Answered } from "../client/call.ts";
import { useLanguage } from "../client/language.tsx";
import { holderOf, StateMark } from "../parts/marks.tsx";
import { CodeField } from "../parts/naming/code-field.tsx";

/** The course that a matter would take, as the API says it. */
export type Seen = Answered<"POST /intake/preview">;

/** The choices that somebody makes when they have seen what would happen. */
export type Choices = {
  readonly category: string | null;
  readonly join: { readonly number: string; readonly etag: string } | null;
  readonly noticeRead: boolean;
};

/** Shows what is read out first, who would get the matter and when, and open cases that may be the same. */
export function SeenView(props: {
  readonly seen: Seen;
  readonly asksNotice: boolean;
  readonly choices: Choices;
  readonly onChoose: (part: Partial<Choices>) => void;
  readonly onGrid: (grid: string) => void;
}) {
  const { words, times } = useLanguage();
  const { intake } = words;
  const { seen, choices, onChoose } = props;
  const { would } = seen;
  return (
    <div className="stack">
      {props.asksNotice ? (
        <section className="card">
          <h2>{intake.notice}</h2>
          <blockquote className="read-out">{seen.notice}</blockquote>
          <Checkbox
            label={intake.noticeRead}
            checked={choices.noticeRead}
            onChange={(event) => onChoose({ noticeRead: event.currentTarget.checked })}
          />
        </section>
      ) : null}
      {would === null ? (
        <section className="note note-refusal" role="alert">
          <p>{seen.offers.length === 0 ? intake.unclearNone : intake.unclear}</p>
          <div className="buttons">
            {seen.offers.map(({ grid, label }) => (
              <button key={grid} type="button" className="deed" onClick={() => props.onGrid(grid)}>
                {label}
              </button>
            ))}
          </div>
        </section>
      ) : (
        <section className="card">
          {would.danger ? (
            <div className="note note-refusal" role="alert">
              <p>{intake.danger}</p>
              <blockquote className="read-out">{would.readOut[0]}</blockquote>
            </div>
          ) : null}
          {would.isForOffice ? <p className="note note-banner">{intake.forOffice}</p> : null}
          <dl className="fact-list">
            <dt>{intake.goesTo}</dt>
            <dd>
              {holderOf(would.goesTo, words)}
              {would.station === null ? "" : ` · ${would.station.name}`}
            </dd>
            <dt>{intake.dueOn}</dt>
            <dd>{would.dueWithin === null ? times.day(would.dueOn) : intake.dueWithin(would.dueWithin)}</dd>
            <dt>{intake.place}</dt>
            <dd>
              {would.place.name === null
                ? words.codes.doubt.unknown
                : `${would.place.township ?? ""} ${would.place.name}`.trim()}
            </dd>
          </dl>
          <CodeField
            kind="category"
            label={intake.category}
            hint={words.verbs.categoryHint}
            value={choices.category ?? ""}
            onChange={(category) => onChoose({ category })}
          />
        </section>
      )}
      {seen.similar.length === 0 ? null : (
        <section className="card">
          <h2>{intake.similar}</h2>
          <ul className="similar">
            {seen.similar.map(({ case: row, metres, days }) => (
              <li key={row.number}>
                <Checkbox
                  label={`${row.number} · ${intake.join}`}
                  checked={choices.join?.number === row.number}
                  onChange={(event) =>
                    onChoose({ join: event.currentTarget.checked ? { number: row.number, etag: row.etag } : null })
                  }
                />
                <p>
                  {row.summary} <StateMark row={row} />
                </p>
                <p className="small">
                  {intake.near(metres, days)} · {holderOf(row.holder, words)}
                </p>
              </li>
            ))}
          </ul>
        </section>
      )}
      {would === null || would.told.length === 0 ? null : (
        <section className="card">
          <h2>{intake.others}</h2>
          {would.told.map(({ to, text }) => (
            <blockquote key={`${to} ${text}`}>
              <strong>{words.codes.to[to]}</strong> {text}
            </blockquote>
          ))}
        </section>
      )}
    </div>
  );
}
