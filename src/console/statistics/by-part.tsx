import { Link } from "@tanstack/react-router";
import { useLanguage } from "../client/language.tsx";
import { Asked } from "../parts/asking/asked.tsx";
import { TableHead } from "../parts/table-head.tsx";
import { type Definition, ValueCell } from "./cells.tsx";
import { figuresQuery, type Part, type StatisticsParams, valueOfPart } from "./params.ts";
import { CountingNote, useFigures } from "./use-figures.tsx";

const SHOWN = [
  ...["received", "open", "closed-solved", "first-word-median", "solution-median"],
  ...["unit-said-done", "resident-confirmed", "disagreement", "reopened"],
];

/** The figures of each part side by side; the name of a part narrows the page to it. */
export function ByPart(props: {
  readonly by: Part;
  readonly params: StatisticsParams;
  readonly period: string;
  readonly definitions: readonly Definition[];
}) {
  const { words } = useLanguage();
  const { statistics } = words;
  const { by, params, period } = props;
  const query = { ...figuresQuery(params, period), by, codes: SHOWN.join(), period };
  const asked = useFigures(query);
  const columns = SHOWN.flatMap((code) => props.definitions.find((one) => one.code === code) ?? []);
  const named = ({ key, name }: { readonly key: string | null; readonly name: string | null }) =>
    key === null ? statistics.nobody : (name ?? (by === "channel" ? words.ruleSentence.channels[key] : null) ?? key);
  return (
    <section className="figures" aria-labelledby="figures-by">
      <h2 id="figures-by">{statistics.byTitle(statistics.parts[by])}</h2>
      <CountingNote counting={asked.counting} />
      <Asked asked={asked} rows={4} />
      {asked.data === undefined ? null : (
        <div className="wide">
          <table className="table" aria-labelledby="figures-by">
            <TableHead
              names={[
                statistics.parts[by],
                ...columns.map(({ name, groupName, unit }) => (unit === "cases" ? name : `${groupName} · ${name}`)),
              ]}
            />
            <tbody>
              {asked.data.groups.map((group) => (
                <tr key={valueOfPart(group.key)}>
                  <th scope="row">
                    {group.key === null && by !== "category" ? (
                      named(group)
                    ) : (
                      <Link to="/statistics" search={narrowedTo(params, by, group.key)}>
                        {named(group)}
                      </Link>
                    )}
                    {group.name === null ? null : <span className="small"> {group.key}</span>}
                  </th>
                  {columns.map((definition) => {
                    const figure = group.figures.find(({ code }) => code === definition.code);
                    return (
                      <td key={definition.code} className="number">
                        {figure === undefined ? null : <ValueCell figure={figure} definition={definition} />}
                      </td>
                    );
                  })}
                </tr>
              ))}
            </tbody>
          </table>
          {asked.data.groupsLeftOut === 0 ? null : (
            <p className="small">{statistics.leftOut(asked.data.groupsLeftOut)}</p>
          )}
        </div>
      )}
    </section>
  );
}

function narrowedTo({ by: _by, ...params }: StatisticsParams, part: Part, key: string | null): StatisticsParams {
  return { ...params, [part]: valueOfPart(key) };
}
