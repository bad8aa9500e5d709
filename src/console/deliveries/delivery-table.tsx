import { Link } from "@tanstack/react-router";
import type { Answered } from "../client/call.ts";
import { useLanguage } from "../client/language.tsx";
import { mayAsk, useSession } from "../client/session.ts";
import type { Words } from "../words/zh-CN.ts";

/** An outgoing message in a list. */
export type Delivery = Answered<"GET /deliveries">["items"][number];

/** The kind of a message in words; kinds that have none stay codes. */
export function sayKind({ deliveries }: Words, kind: string): string {
  const kinds: Readonly<Record<string, string>> = deliveries.kind;
  return kinds[kind] ?? kind;
}

/** Says whom a message is for: a deputy by name where it may be known, a resident never. */
export function sayTo({ deliveries }: Words, { to }: Pick<Delivery, "to">): string {
  return to.party === "resident" ? deliveries.resident : [deliveries.deputy, to.name ?? ""].join(" ").trim();
}

/** Shows what has not arrived, one message a row, each with its status, its reason and who acts. */
export function DeliveryTable({ rows }: { readonly rows: readonly Delivery[] }) {
  const { words, times } = useLanguage();
  const { me } = useSession();
  const { deliveries } = words;
  const { columns } = deliveries;
  const opensCases = mayAsk(me, "GET /cases/{number}");
  return (
    <table className="table cards" aria-label={deliveries.title}>
      <thead>
        <tr>
          {Object.entries(columns).map(([code, name]) => (
            <th scope="col" key={code}>
              {name}
            </th>
          ))}
          <th scope="col">
            <span className="unseen">{deliveries.open}</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.id}>
            <th scope="row">
              {row.isDanger ? <span className="mark mark-danger">{deliveries.danger} </span> : null}
              {deliveries.status[row.status]}
              <span className="small block">
                {deliveries.reason[row.reason]}
                {row.settled === null ? "" : ` · ${deliveries.settled[row.settled]}`}
              </span>
            </th>
            <td data-label={columns.to}>{sayTo(words, row)}</td>
            <td data-label={columns.kind}>{sayKind(words, row.kind)}</td>
            <td data-label={columns.case} className="number">
              {row.case === null ? (
                words.shell.nothing
              ) : opensCases ? (
                <Link to="/cases/$number" params={{ number: row.case }}>
                  {row.case}
                </Link>
              ) : (
                row.case
              )}
            </td>
            <td data-label={columns.since} className="number">
              {times.moment(row.createdAt)}
            </td>
            <td data-label={columns.tried}>
              {row.lastTriedAt === null ? deliveries.tries(0) : times.moment(row.lastTriedAt)}
              {row.attempts > 1 ? <span className="small block">{deliveries.tries(row.attempts)}</span> : null}
            </td>
            <td data-label={columns.acts}>{deliveries.acts[row.acts]}</td>
            <td>
              <Link to="/deliveries/$id" params={{ id: row.id }}>
                {deliveries.open}
                <span className="unseen">
                  {" "}
                  {sayKind(words, row.kind)} {times.moment(row.createdAt)}
                </span>
              </Link>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
