import { and, inArray, not, type SQL, sql } from "drizzle-orm";
import type { Transaction } from "../../../db/database.ts";
import { type CaseRecord, cases } from "../../../db/schema/cases.ts";
import type { Caller } from "../access/caller.ts";
import { isLed, UNMERGE_MS, UNSEAL_MS } from "../cases/led.ts";
import { isRehearsed } from "../cases/rehearsed.ts";
import { countsAsOrdinary, countsAsSealed, visibleTo } from "../cases/visible-to.ts";

/** The cases with which one goes: the leading one, and those that it leads; as far as they exist for the reader. */
export type CaseLinks = {
  readonly leading: string | null;
  readonly merged: readonly {
    readonly id: string;
    readonly number: string;
    readonly since: string;
    /** Until when it can be taken apart again. */
    readonly until: string;
  }[];
};

/** A case near and recent about the same trouble. */
export type SimilarCase = {
  readonly number: string;
  readonly summary: string;
  readonly days: number;
  readonly isSameCategory: boolean;
};

/** A proposal to unseal a case, for the one who proposed it and for all others of the office. */
export type Unsealing = { readonly by: string; readonly isOwn: boolean; readonly at: string; readonly until: string };

const NEAR_DAYS = 14;
const SIMILAR = 5;

/** Finds with which others a case goes. */
export async function linksOf(tx: Transaction, reader: Caller, subject: CaseRecord, today: string): Promise<CaseLinks> {
  const seen = sql`${visibleTo(reader, today)} and ${countsAsOrdinary}`;
  const [leading] = await tx.execute<{ number: string }>(sql`
    select ${cases.number} as number from case_links l join ${cases} on ${cases.id} = l.leading_id
    where l.case_id = ${subject.id} and ${seen}`);
  const merged = await tx.execute<{ id: string; number: string; since: string }>(sql`
    select ${cases.id} as id, ${cases.number} as number, l.at::text as since from case_links l join ${cases} on ${cases.id} = l.case_id
    where l.leading_id = ${subject.id} and ${seen} order by ${cases.number}`);
  return {
    leading: leading?.number ?? null,
    merged: merged.map(({ since, ...one }) => {
      const at = new Date(since);
      return { ...one, since: at.toISOString(), until: new Date(at.getTime() + UNMERGE_MS).toISOString() };
    }),
  };
}

const NUMBER = /^20\d{2}-\d{6}$/;

/** The events of a case, each without the number of the other case with which it went where that does not exist for the reader. */
export async function withoutUnseen<E extends { readonly details: Record<string, unknown> }>(
  tx: Transaction,
  reader: Caller,
  events: readonly E[],
  today: string,
): Promise<E[]> {
  const named = events.flatMap(({ details }) => namedIn(details));
  if (named.length === 0) return [...events];
  const rows = await tx
    .select({ number: cases.number })
    .from(cases)
    .where(and(inArray(cases.number, named), visibleTo(reader, today), not(countsAsSealed)));
  const seen = new Set(rows.map(({ number }) => number));
  return events.map((event) => {
    if (namedIn(event.details).every((number) => seen.has(number))) return event;
    const { into: _into, from: _from, ...details } = event.details;
    return { ...event, details };
  });
}

function namedIn({ into, from }: Record<string, unknown>): string[] {
  return [into, from].filter((one): one is string => typeof one === "string" && NUMBER.test(one));
}

/**
 * Finds open cases in the same grid that came within two weeks of this one, those of the same category first. Cases keep no
 * position: that they lie in one grid is all that is known of how near they are.
 */
export async function similarTo(
  tx: Transaction,
  reader: Caller,
  subject: CaseRecord,
  today: string,
): Promise<SimilarCase[]> {
  if (subject.gridId === null || subject.sealed) return [];
  const apart: SQL = sql`abs(extract(epoch from ${cases.receivedAt} - ${subject.receivedAt.toISOString()}::timestamptz) / 86400)`;
  const same = sql`coalesce(${cases.category} = ${subject.category}, false)`;
  return tx.execute<SimilarCase>(sql`
    select ${cases.number} as number, ${cases.summary} as summary, round(${apart})::int as days, ${same} as "isSameCategory"
    from ${cases}
    where ${cases.gridId} = ${subject.gridId} and ${cases.id} <> ${subject.id} and ${cases.closedAt} is null
      and ${cases.receivedAt} > ${subject.receivedAt.toISOString()}::timestamptz - make_interval(days => ${NEAR_DAYS})
      and ${cases.receivedAt} < ${subject.receivedAt.toISOString()}::timestamptz + make_interval(days => ${NEAR_DAYS})
      and (${same} or ${cases.category} is null or ${subject.category}::text is null)
      and not ${isLed} and not ${isRehearsed} and ${countsAsOrdinary} and ${visibleTo(reader, today)}
    order by ${same} desc, ${apart}, ${cases.number} limit ${SIMILAR}`);
}

/** The proposal to unseal a case that holds now; null where there is none. */
export async function unsealingOf(
  tx: Transaction,
  reader: Caller,
  subject: CaseRecord,
  now: Date,
): Promise<Unsealing | null> {
  const [row] = await tx.execute<{ by: string; isOwn: boolean; at: string }>(sql`
    select caller_name as by, caller_id = ${reader.id} as "isOwn", at::text as at from unseal_proposals where case_id = ${subject.id}`);
  if (row === undefined) return null;
  const at = new Date(row.at);
  const until = new Date(at.getTime() + UNSEAL_MS);
  return until > now ? { by: row.by, isOwn: row.isOwn, at: at.toISOString(), until: until.toISOString() } : null;
}
