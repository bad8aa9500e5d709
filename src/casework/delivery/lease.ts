import { type SQL, sql } from "drizzle-orm";
import { outbox } from "../../../db/schema/outbox.ts";

/*
 * A call that is out has a lease; when it is over, another process may go on. Leases run by the database's clock, for the
 * clocks of two processes may differ, and a lease that one of them ends too early lets a later message overtake.
 */

/** The end of a lease that begins now. */
export function leaseFor(ms: number): SQL {
  return sql`clock_timestamp() + make_interval(secs => ${ms / 1000})`;
}

/** The rest of a row's lease in milliseconds, for a select; not more than 0 when it is over, null without one. */
export const leaseLeftMs = sql<
  number | null
>`(extract(epoch from ${outbox.leaseUntil} - clock_timestamp()) * 1000)::float8`;

/** The condition that a row has a lease that is over. */
export const leaseIsOver = sql`${outbox.leaseUntil} <= now()`;

/** The condition that a row's lease has been over for longer than this, or that it has none. */
export function leaseIsOverSince(ms: number): SQL {
  return sql`coalesce(${outbox.leaseUntil} <= now() - make_interval(secs => ${ms / 1000}), true)`;
}
