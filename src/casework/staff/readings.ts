import { and, desc, eq, gt, isNotNull, sql } from "drizzle-orm";
import type { Transaction } from "../../../db/database.ts";
import { readings } from "../../../db/schema/console.ts";
import type { ReaderRole } from "../../domain/access/roles.ts";
import type { Caller } from "../access/caller.ts";

/** A reader: somebody of the staff, a program, or a deputy on a page of theirs. */
type ReadingCaller = Pick<Caller, "id" | "name" | "jurisdictionId"> & { readonly role: ReaderRole };

/** A reading of residents' words: who read what, when and in which request. */
export type Reading = {
  readonly caller: ReadingCaller;
  readonly caseId: string;
  readonly now: Date;
  readonly request: string;
};

/** The time for which a reason for reading a sealed case holds. */
export const PASS_MS = 10 * 60_000;

/** Writes down that somebody read an ordinary case: once a person, case and day. */
export async function noteCaseReading(tx: Transaction, { caller, caseId, now, request }: Reading, day: string) {
  await tx.execute(sql`
    insert into readings (jurisdiction_id, caller_id, caller_name, role, what, case_id, at, day, request_id)
    select ${caller.jurisdictionId}, ${caller.id}, ${caller.name}, ${caller.role}, 'case', ${caseId}, ${now.toISOString()}::timestamptz,
      ${day}, ${request}
    where not exists (select from readings where caller_id = ${caller.id} and case_id = ${caseId} and day = ${day})`);
}

/** Writes down that somebody looked at messages that became no case, or at those that were understood wrongly: once a person and day. */
export async function noteUnreadReading(
  tx: Transaction,
  { caller, now, request }: Omit<Reading, "caseId">,
  day: string,
  reason: "unread" | "corrections" = "unread",
): Promise<void> {
  await tx.execute(sql`
    insert into readings (jurisdiction_id, caller_id, caller_name, role, what, reason, at, day, request_id)
    select ${caller.jurisdictionId}, ${caller.id}, ${caller.name}, ${caller.role}, 'case', ${reason}, ${now.toISOString()}::timestamptz,
      ${day}, ${request}
    where not exists (select from readings where caller_id = ${caller.id} and case_id is null and day = ${day} and reason = ${reason})`);
}

/** Writes down a reading that is written down each time: of originals, of a sealed case, of a telephone number, of a case by a deputy's page. */
export async function noteReading(
  tx: Transaction,
  { caller, caseId, now, request }: Reading,
  what: "case" | "original" | "sealed" | "phone",
  why: { readonly reason: string | null; readonly note: string | null },
): Promise<void> {
  const { id: callerId, name: callerName, role, jurisdictionId } = caller;
  const row = { jurisdictionId, callerId, callerName, role, what, caseId, ...why, at: now, requestId: request };
  await tx.insert(readings).values(row);
}

/** Writes down that somebody took records along as a file. @param note how many cases there are, and by which conditions */
export async function noteExport(
  tx: Transaction,
  { caller, now, request }: Omit<Reading, "caseId">,
  note: string | null = null,
): Promise<void> {
  const { id: callerId, name: callerName, role, jurisdictionId } = caller;
  const who = { jurisdictionId, callerId, callerName, role } as const;
  const row = { ...who, what: "export", note, at: now, requestId: request } as const;
  await tx.insert(readings).values(row);
}

/** The reason that somebody gave for reading a sealed case within the last ten minutes; null where there is none. */
export async function passFor(tx: Transaction, { caller, caseId, now }: Reading): Promise<string | null> {
  const since = new Date(now.getTime() - PASS_MS);
  // A reading by a pass has no note: only whoever gave one begins the ten minutes.
  const [given] = await tx
    .select({ reason: readings.reason })
    .from(readings)
    .where(
      and(
        eq(readings.caseId, caseId),
        eq(readings.callerId, caller.id),
        eq(readings.what, "sealed"),
        isNotNull(readings.note),
        gt(readings.at, since),
      ),
    )
    .orderBy(desc(readings.seq))
    .limit(1);
  return given?.reason ?? null;
}
