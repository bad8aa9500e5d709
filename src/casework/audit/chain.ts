import { createHash } from "node:crypto";
import { asc, desc, eq, sql } from "drizzle-orm";
import type { Database, Transaction } from "../../../db/database.ts";
import { caseEvents } from "../../../db/schema/cases.ts";
import { eventLinks, eventsToLink } from "../../../db/schema/ledger.ts";
import { listCounties } from "../county/counties.ts";
import { FIRST, sorted } from "./canonical.ts";
import { extendRecords } from "./records.ts";

/** The part of an event that its link in the chain covers. */
export type LinkedEvent = {
  readonly seq: number;
  readonly jurisdictionId: string;
  readonly caseId: string;
  readonly type: string;
  /** `YYYY-MM-DDTHH:MM:SS.ffffffZ`: as precise as the database keeps it. */
  readonly at: string;
  readonly by: string;
  readonly details: unknown;
};

const LINKS_AT_ONCE = 1000;
/** Any number will do, as long as every process takes the same. */
const LOCK = 720_411_391;
/** Stands in what is hashed, so that a later version can cover more. */
const FORMAT = "liaison-event-1";

/**
 * The hash of a link: SHA-256 over a JSON array of the format's name, the hash before it (hex), the county's id, the
 * position, and the event's seq, case, type, moment, author and details; keys of objects sorted, no spaces, UTF-8.
 */
export function linkHash(before: Uint8Array, position: number, event: LinkedEvent): Buffer {
  const { jurisdictionId, seq, caseId, type, at, by, details } = event;
  const content = [FORMAT, Buffer.from(before).toString("hex"), jurisdictionId, position, seq, caseId, type, at, by];
  return createHash("sha256")
    .update(JSON.stringify([...content, sorted(details)]))
    .digest();
}

/** The columns of an event that the chain covers, for a select. */
export const LINKED_EVENT = {
  seq: caseEvents.seq,
  jurisdictionId: caseEvents.jurisdictionId,
  caseId: caseEvents.caseId,
  type: caseEvents.type,
  at: sql<string>`to_char(${caseEvents.at} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`,
  by: caseEvents.by,
  details: sql<unknown>`${caseEvents.details}`,
};

/** Links the waiting events, readings and staff changes of every county. */
export async function extendChains(database: Database): Promise<void> {
  for (const county of await listCounties(database)) await extendChain(database, county.id);
}

/**
 * Links the events of a county that are committed and not in its chain yet, the oldest first.
 *
 * One process at a time does so per county; another one finds it busy and leaves it to that one.
 */
export async function extendChain(database: Database, jurisdictionId: string): Promise<void> {
  for (;;) {
    const linked = await database.inCounty(jurisdictionId, (tx) => linkSome(tx, jurisdictionId));
    if (linked < LINKS_AT_ONCE) break;
  }
  await extendRecords(database, jurisdictionId);
}

async function linkSome(tx: Transaction, jurisdictionId: string): Promise<number> {
  const waits = await tx.select({ seq: eventsToLink.eventSeq }).from(eventsToLink).limit(1);
  if (waits.length === 0) return 0;
  const [lock] = await tx.execute<{ isOurs: boolean }>(
    sql`select pg_try_advisory_xact_lock(${LOCK}, hashtext(${jurisdictionId})) as "isOurs"`,
  );
  if (lock?.isOurs !== true) return 0;
  const [head] = await tx.select().from(eventLinks).orderBy(desc(eventLinks.position)).limit(1);
  const events = await tx
    .select(LINKED_EVENT)
    .from(eventsToLink)
    .innerJoin(caseEvents, eq(caseEvents.seq, eventsToLink.eventSeq))
    .orderBy(asc(eventsToLink.eventSeq))
    .limit(LINKS_AT_ONCE);
  if (events.length === 0) return 0;
  let { position, hash } = head ?? { position: 0, hash: FIRST };
  const links = events.map((event) => {
    position += 1;
    hash = linkHash(hash, position, event);
    return { position, seq: event.seq, hash: Buffer.from(hash).toString("hex") };
  });
  const column = <T>(pick: (link: (typeof links)[number]) => T) => sql.param(links.map(pick));
  await tx.execute(sql`
    with linked as (
      insert into ${eventLinks} (jurisdiction_id, position, event_seq, hash)
      select ${jurisdictionId}::uuid, position, seq, decode(hash, 'hex')
      from unnest(${column((link) => link.position)}::bigint[], ${column((link) => link.seq)}::bigint[],
        ${column((link) => link.hash)}::text[]) as link (position, seq, hash)
      returning event_seq
    )
    delete from ${eventsToLink} where event_seq in (select event_seq from linked)`);
  return links.length;
}
