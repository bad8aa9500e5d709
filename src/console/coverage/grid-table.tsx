import type { Answered } from "../client/call.ts";
import { useLanguage } from "../client/language.tsx";
import { mayAsk, useSession } from "../client/session.ts";
import { useNames } from "../parts/naming/use-names.ts";
import { TableHead } from "../parts/table-head.tsx";

type Grid = Answered<"GET /coverage">["grids"][number];
type Step = Grid["chain"][number];

/** Grids with the people who get what comes from them, one after the other, each with what keeps a message from them. */
export function GridTable({ grids }: { readonly grids: readonly Grid[] }) {
  const { words, times } = useLanguage();
  const { coverage, proof } = words;
  const { columns } = coverage;
  const { me } = useSession();
  const stations = [...new Set(grids.flatMap(({ station }) => station ?? []))].sort();
  const nameOf = useNames(mayAsk(me, "POST /codes/names") && stations.length > 0 ? { station: stations } : {});
  return (
    <table className="table cards" aria-label={coverage.title}>
      <TableHead names={Object.values(columns)} />
      <tbody>
        {grids.map((grid) => (
          <tr key={grid.grid} className={grid.chain.length === 0 ? "row-nobody" : undefined}>
            <th scope="row">
              {grid.name} <span className="small">{grid.grid}</span>
              <span className="small block">{grid.township}</span>
            </th>
            <td data-label={columns.station}>
              {grid.station === null ? coverage.noStation : (nameOf("station", grid.station) ?? grid.station)}
            </td>
            <td data-label={columns.chain}>
              {grid.rule === null ? null : <span className="small block">{coverage.rule(grid.rule)}</span>}
              {grid.chain.length === 0 ? (
                <strong className="mark-danger-text">{coverage.noChain}</strong>
              ) : (
                <ol className="chain">
                  {grid.chain.map((step, at) => (
                    <ChainStep key={step.deputy} step={step} at={at + 1} isNow={step.deputy === grid.now} />
                  ))}
                  <li className="small">{coverage.thenOffice}</li>
                </ol>
              )}
              {grid.now === "office" && grid.chain.length > 0 ? (
                <span className="mark mark-late">
                  {coverage.now} {proof.office}
                </span>
              ) : null}
            </td>
            <td data-label={columns.until}>
              {grid.chain.length === 0
                ? words.shell.nothing
                : grid.personUntil === null
                  ? coverage.open
                  : times.day(grid.personUntil)}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function ChainStep({ step, at, isNow }: { readonly step: Step; readonly at: number; readonly isNow: boolean }) {
  const { words, times } = useLanguage();
  const { coverage } = words;
  const { name, as, hasChat, awayUntil, untilOn } = step;
  return (
    <li>
      {at}. {isNow ? <strong>{name}</strong> : name} <span className="small">{coverage.steps[as]}</span>
      {isNow ? <span className="mark mark-closed"> ✓ {coverage.now}</span> : null}
      {hasChat ? null : <span className="mark mark-late">{coverage.phoneOnly}</span>}
      {awayUntil === null ? null : (
        <span className="mark mark-late">{coverage.awayUntil(times.moment(awayUntil))}</span>
      )}
      {untilOn === null ? null : <span className="small"> {coverage.termUntil(times.day(untilOn))}</span>}
    </li>
  );
}
