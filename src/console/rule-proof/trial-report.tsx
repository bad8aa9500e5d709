import { useState } from "react";
import { useLanguage } from "../client/language.tsx";
import { sayFinding } from "../parts/naming/say-finding.ts";
import { useNames } from "../parts/naming/use-names.ts";
import { TableHead } from "../parts/table-head.tsx";
import { DifferenceList } from "./differences/difference-list.tsx";
import { receiversIn, sayReceiver, sayRule } from "./differences/say-receiver.ts";
import { type Errand, type Kind, type TrialAnswer, togetherByRule } from "./differences/trial-answer.ts";
import { Loads } from "./loads.tsx";

type Against = "published" | "past";

/** Shows what a dry run found: cases for nobody first, then who would get what instead of whom, then everybody's load. */
export function TrialReport({ errand, answer }: { readonly errand: Errand; readonly answer: TrialAnswer }) {
  const { words, times, locale } = useLanguage();
  const { trial, differences } = words;
  const [against, setAgainst] = useState<Against>("published");
  const [showsNobody, setShowsNobody] = useState(false);
  const { messages, moved, movedAgainstPublished, nobody, leftOut, since, check } = answer;
  const { sums } = trial;
  const counts: readonly (readonly [string, number, boolean])[] = [
    [sums.messages, messages, false],
    [sums.moved, movedAgainstPublished, false],
    [sums.past, moved, false],
    [sums.nobody, nobody, nobody > 0],
    [sums.leftOut, leftOut, false],
  ];
  const file = (kind: "xlsx" | "txt") => `/api/v1/errands/${errand.id}/report.${kind}?lang=${locale}`;
  return (
    <>
      <h2>{trial.result}</h2>
      <p className="small">{trial.madeBy(errand.by, times.moment(errand.madeAt), times.day(since))}</p>
      <dl className="sums">
        {counts.map(([label, count, isBad]) => (
          <div key={label} className={isBad ? "sum sum-bad" : "sum"}>
            <dt>{label}</dt>
            <dd>{count.toLocaleString("en")}</dd>
          </div>
        ))}
      </dl>
      <p className="small">{trial.leftOutWhy}</p>
      {nobody > 0 ? (
        <section className="note note-refusal">
          <h3>{trial.nobodyTitle(nobody)}</h3>
          <p>{trial.nobodyText}</p>
          <button
            type="button"
            className="deed"
            aria-expanded={showsNobody}
            onClick={() => setShowsNobody(!showsNobody)}
          >
            {showsNobody ? trial.close : trial.open(nobody)}
          </button>
          {showsNobody ? <DifferenceList errand={errand.id} wanted={{ kind: "nobody" }} /> : null}
        </section>
      ) : (
        <p>{trial.nobodyNone}</p>
      )}
      <section className="card">
        <div className="buttons">
          {(["published", "past"] as const).map((one) => (
            <button
              key={one}
              type="button"
              className="deed"
              aria-pressed={against === one}
              onClick={() => setAgainst(one)}
            >
              {trial.tabs[one]} {(one === "past" ? moved : movedAgainstPublished).toLocaleString("en")}
            </button>
          ))}
        </div>
        <p>{trial.tabText[against]}</p>
        <Kinds key={against} errand={errand.id} against={against} kinds={answer.kinds} />
        <p className="small">{differences.byMark}</p>
      </section>
      <Loads trial={answer} />
      <section className="card">
        <h2>{trial.check}</h2>
        {check.findings.length === 0 ? (
          <p>{trial.checkNone}</p>
        ) : (
          <ul>
            {check.findings.map((one) => (
              <li key={`${one.rule} ${one.text}`}>
                ⚠ {one.rule === null ? "" : `${words.proof.rule(one.rule)}: `}
                {sayFinding(one, words)}
              </li>
            ))}
          </ul>
        )}
        <details>
          <summary>{trial.perRule}</summary>
          <ul>
            {Object.entries(answer.perRule).map(([rule, count]) => (
              <li key={rule}>
                {sayRule(rule, words)}: {words.proof.matters(count)}
              </li>
            ))}
          </ul>
        </details>
        <p className="buttons">
          <a className="deed" href={file("xlsx")} download>
            ⇩ {trial.excel}
          </a>
          <a className="deed" href={file("txt")} download>
            ⇩ {trial.text}
          </a>
        </p>
      </section>
    </>
  );
}

/** From whom to whom, by which rule, how often; each opens its cases. */
function Kinds(props: { readonly errand: string; readonly against: Against; readonly kinds: readonly Kind[] }) {
  const { words } = useLanguage();
  const { trial } = words;
  const [open, setOpen] = useState<string | null>(null);
  const kinds = togetherByRule(props.kinds.filter(({ kind }) => kind === props.against));
  const nameOf = useNames(receiversIn(kinds.flatMap(({ from, to }) => [from, to])));
  if (kinds.length === 0) return <p>✓ {trial.same}</p>;
  const { columns } = trial;
  return (
    <table className="table" aria-label={trial.tabs[props.against]}>
      <TableHead names={[columns.from, columns.to, columns.rule, columns.count, columns.open]} />
      <tbody>
        {kinds.flatMap(({ from, to, rule, count }) => {
          const key = `${from} ${to} ${rule}`;
          const isOpen = open === key;
          const row = (
            <tr key={key} className={isOpen ? "row-at" : undefined}>
              <th scope="row">{sayReceiver(from, words, nameOf)}</th>
              <td>→ {sayReceiver(to, words, nameOf)}</td>
              <td>{sayRule(rule, words)}</td>
              <td className="number">{words.proof.matters(count)}</td>
              <td>
                <button
                  type="button"
                  className="link-button"
                  aria-expanded={isOpen}
                  onClick={() => setOpen(isOpen ? null : key)}
                >
                  {isOpen ? trial.close : trial.open(count)}
                </button>
              </td>
            </tr>
          );
          if (!isOpen) return [row];
          return [
            row,
            <tr key={`${key} cases`} className="row-cases">
              <td colSpan={5}>
                <DifferenceList errand={props.errand} wanted={{ kind: props.against, from, to, rule }} />
              </td>
            </tr>,
          ];
        })}
      </tbody>
    </table>
  );
}
