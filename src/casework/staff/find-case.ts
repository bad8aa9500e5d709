import { and, eq, sql } from "drizzle-orm";
import type { Transaction } from "../../../db/database.ts";
import { type CaseRecord, caseEvents, cases } from "../../../db/schema/cases.ts";
import type { Reader } from "../../domain/access/may-see.ts";
import { isLed, leadingNumber } from "../cases/led.ts";
import { countsAsSealed, visibleTo } from "../cases/visible-to.ts";
import { isUnheeded } from "../duty/unheeded.ts";

/** A case that exists for its reader, with its version; `isSealed` also where it may be part of an accusation. */
export type FoundCase = {
  readonly subject: CaseRecord;
  readonly isSealed: boolean;
  /** The number of the case with which it goes, and whether that is open. */
  readonly leading: string | null;
  readonly isLed: boolean;
  /** Whether it is a danger of which nobody has said yet that they see to it. */
  readonly isUnheeded: boolean;
  readonly etag: string;
};

/** Finds a case by its whole number; null where it is not, or not for this reader. */
export async function findCase(
  tx: Transaction,
  reader: Reader,
  number: string,
  today: string,
): Promise<FoundCase | null> {
  const [found] = await tx
    .select({
      subject: cases,
      isSealed: sql<boolean>`${countsAsSealed}`,
      leading: sql<string | null>`${leadingNumber}`,
      isLed: sql<boolean>`${isLed}`,
      isUnheeded: sql<boolean>`${isUnheeded}`,
      events: sql<number>`(select count(*)::int from case_events e where e.case_id = ${cases.id})`,
    })
    .from(cases)
    .where(and(eq(cases.number, number), visibleTo(reader, today)));
  if (found === undefined) return null;
  const { events, ...rest } = found;
  return { ...rest, etag: `c${events}` };
}

/** An event that happened to a case since somebody looked. */
export type Since = { readonly type: string; readonly at: string; readonly by: string };

/** Lists what happened to a case since a version; all of it where the version is none. */
export async function eventsSince(tx: Transaction, caseId: string, etag: string): Promise<Since[]> {
  const seen = /^c(\d{1,9})$/.exec(etag)?.[1];
  const rows = await tx
    .select({ type: caseEvents.type, at: caseEvents.at, by: caseEvents.by })
    .from(caseEvents)
    .where(eq(caseEvents.caseId, caseId))
    .orderBy(caseEvents.seq)
    .offset(Number(seen ?? 0));
  return rows.map(({ type, at, by }) => ({ type, at: at.toISOString(), by: by.replace(/^office:/, "") }));
}
