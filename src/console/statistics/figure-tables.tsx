import { useWords } from "../client/language.tsx";
import { TableHead } from "../parts/table-head.tsx";
import { Bar } from "./bar.tsx";
import { BeforeCell, type Definition, type Figure, ValueCell } from "./cells.tsx";

/** Figures group by group, each as a line of a table with a bar, the year before, and how it is computed. */
export function FigureTables(props: {
  readonly figures: readonly Figure[];
  readonly definitions: readonly Definition[];
}) {
  const { statistics } = useWords();
  const groups = [...new Set(props.definitions.map(({ group }) => group))];
  const figures = new Map(props.figures.map((one) => [one.code, one]));
  return (
    <>
      {groups.map((group) => {
        const lines = props.definitions.flatMap((definition) => {
          const figure = definition.group === group ? figures.get(definition.code) : undefined;
          return figure === undefined ? [] : [{ definition, figure }];
        });
        const [first] = lines;
        if (first === undefined) return null;
        const { groupName, question, leavesOut, source } = first.definition;
        return (
          <section key={group} className="figures" aria-labelledby={`figures-${group}`}>
            <h2 id={`figures-${group}`}>{groupName}</h2>
            <p className="small">
              {question} {group === "three-claims" ? <strong>{statistics.neverAdded}</strong> : null}
            </p>
            {group === "three-claims" ? <Claims lines={lines} /> : null}
            <table className="table cards figure-table" aria-labelledby={`figures-${group}`}>
              <TableHead names={Object.values(statistics.columns)} />
              <tbody>
                {lines.map(({ definition, figure }) => (
                  <tr key={figure.code}>
                    <th scope="row">{definition.name}</th>
                    <td data-label={statistics.columns.value} className="number">
                      <ValueCell figure={figure} definition={definition} />
                    </td>
                    <td data-label={statistics.columns.share}>
                      <Bar figure={figure} isCount={definition.unit === "cases"} />
                    </td>
                    <td data-label={statistics.columns.before} className="number">
                      <BeforeCell figure={figure} definition={definition} />
                    </td>
                    <td data-label={statistics.columns.how}>
                      <details className="how">
                        <summary>
                          {statistics.how}
                          <span className="unseen"> {definition.name}</span>
                        </summary>
                        <dl>
                          <dt>{statistics.note.counts}</dt>
                          <dd>{definition.counts}</dd>
                          {leavesOut === "" ? null : (
                            <>
                              <dt>{statistics.note.leavesOut}</dt>
                              <dd>{definition.leavesOut}</dd>
                            </>
                          )}
                          <dt>{statistics.note.source}</dt>
                          <dd>{source}</dd>
                        </dl>
                      </details>
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </section>
        );
      })}
    </>
  );
}

const CLAIMS: readonly string[] = ["unit-said-done", "deputy-checked", "resident-confirmed"];

/** The three claims side by side, as large as each other. */
function Claims({
  lines,
}: {
  readonly lines: readonly { readonly definition: Definition; readonly figure: Figure }[];
}) {
  return (
    <ul className="claims">
      {lines
        .filter(({ figure }) => CLAIMS.includes(figure.code))
        .map(({ definition, figure }) => (
          <li key={figure.code} className="card">
            {definition.name}
            <strong>
              <ValueCell figure={figure} definition={definition} />
            </strong>
          </li>
        ))}
    </ul>
  );
}
