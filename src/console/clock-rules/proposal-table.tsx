import { useLanguage } from "../client/language.tsx";
import { mayAsk, useSession } from "../client/session.ts";
import { RowDeed } from "../parts/row-deed.tsx";
import { TableHead } from "../parts/table-head.tsx";
import type { Decision } from "./decide-dialog.tsx";
import { type Proposal, sayAbout, sayPeriod, sayRule } from "./say-rule.ts";

/** Rules of deadlines that somebody wants, or wanted, as a table; what waits has its deeds. */
export function ProposalTable(props: {
  readonly proposals: readonly Proposal[];
  readonly name: string;
  readonly nameOf: (code: string) => string;
  /** Null for what was decided. */
  readonly onDecide: ((decision: Decision, proposal: Proposal) => void) | null;
}) {
  const { words, times } = useLanguage();
  const { clockRules, clocks } = words;
  const { columns } = clockRules;
  const { nameOf } = props;
  return (
    <table className="table cards" aria-label={props.name}>
      <TableHead names={Object.values(columns)} />
      <tbody>
        {props.proposals.map((one) => (
          <tr key={one.id}>
            <th scope="row">{clocks.kind[one.kind]}</th>
            <td data-label={columns.about}>{sayAbout(one, words, nameOf)}</td>
            <td data-label={columns.period}>{sayPeriod(one, words)}</td>
            <td data-label={columns.source}>{one.source}</td>
            <td data-label={columns.from}>{times.day(one.fromOn)}</td>
            <td data-label={columns.people} className="small">
              {clockRules.proposedBy(one.author, times.moment(one.proposedAt))}
            </td>
            <td data-label={columns.acts} className="acts">
              <Deeds one={one} onDecide={props.onDecide} said={sayRule(one, words, nameOf)} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** What this person can do about a rule that somebody wants, or what became of it. */
function Deeds(props: {
  readonly one: Proposal;
  readonly said: string;
  readonly onDecide: ((decision: Decision, proposal: Proposal) => void) | null;
}) {
  const { words, times } = useLanguage();
  const { clockRules } = words;
  const { me } = useSession();
  const { one, onDecide, said } = props;
  if (onDecide === null || one.state !== "waiting")
    return (
      <>
        {clockRules.state[one.state]}
        {one.decidedBy === null || one.decidedAt === null ? null : (
          <span className="small block">{clockRules.decidedBy(one.decidedBy, times.moment(one.decidedAt))}</span>
        )}
        {one.reason === null ? null : <span className="small block">{one.reason}</span>}
      </>
    );
  if (one.isOwn)
    return (
      <>
        <span className="small block">{clockRules.own}</span>
        <RowDeed does={clockRules.withdraw} row={said} onClick={() => onDecide("withdraw", one)} />
      </>
    );
  if (!mayAsk(me, "POST /clock-rules/proposals/{id}/publish")) return <>{clockRules.state.waiting}</>;
  return (
    <>
      <RowDeed does={clockRules.publish} row={said} onClick={() => onDecide("publish", one)} />
      <RowDeed does={clockRules.refuse} row={said} onClick={() => onDecide("refuse", one)} />
    </>
  );
}
