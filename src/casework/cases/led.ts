import { type AnyColumn, and, asc, eq, isNull, not, type SQL, sql } from "drizzle-orm";
import { type CaseRecord, cases } from "../../../db/schema/cases.ts";
import { caseLinks } from "../../../db/schema/console.ts";
import type { Turn } from "../turn/turn.ts";
import { countsAsSealed } from "./visible-to.ts";

/** The time for which a merge can be taken back. */
export const UNMERGE_MS = 30 * 86_400_000;

/** The time for which a proposal to unseal a case holds. */
export const UNSEAL_MS = 7 * 86_400_000;

/** The condition that a row of `cases` goes with another case that is open: what is done there is done for it. */
export const isLed: SQL = sql`exists (select from case_links l join cases ahead on ahead.id = l.leading_id
  where l.case_id = ${cases.id} and ahead.closed_at is null)`;

/** The number of the case with which a row of `cases` goes, whether that is open or not. */
export const leadingNumber: SQL = sql`(select ahead.number from case_links l join cases ahead on ahead.id = l.leading_id
  where l.case_id = ${cases.id})`;

/** The id of the open case with which a case goes; null for one that stands by itself. @param id of the case */
export function leaderId(id: AnyColumn | SQL): SQL {
  return sql`(select ahead.id from case_links l join cases ahead on ahead.id = l.leading_id
    where l.case_id = ${id} and ahead.closed_at is null)`;
}

/** The open case with which this one goes; null where it stands by itself. It is not locked: words are only added to it. */
export async function leaderOf(turn: Turn, subject: CaseRecord): Promise<CaseRecord | null> {
  const [found] = await turn.tx
    .select({ leading: cases })
    .from(caseLinks)
    .innerJoin(cases, and(eq(cases.id, caseLinks.leadingId), isNull(cases.closedAt)))
    .where(eq(caseLinks.caseId, subject.id));
  return found?.leading ?? null;
}

/** The cases that went with this one and were closed with it, at that moment; locked in the order of their numbers. */
export async function closedWith(turn: Turn, subject: CaseRecord, closedAt: Date): Promise<CaseRecord[]> {
  const rows = await turn.tx
    .select({ led: cases })
    .from(cases)
    .innerJoin(caseLinks, eq(caseLinks.caseId, cases.id))
    .where(and(eq(caseLinks.leadingId, subject.id), eq(cases.closedAt, closedAt)))
    .orderBy(asc(cases.number))
    .for("no key update", { of: cases });
  return rows.map(({ led }) => led);
}

/**
 * The open cases that go with this one, locked in the order of their numbers, behind it; without those that count as sealed, for which the
 * office does everything by itself.
 */
export function ledBy(turn: Turn, subject: CaseRecord): Promise<CaseRecord[]> {
  return linkedTo(turn, subject, not(countsAsSealed));
}

/** The open cases that go with this one, locked as by {@link ledBy}, all of them: also those that count as sealed. */
export function allLedBy(turn: Turn, subject: CaseRecord): Promise<CaseRecord[]> {
  return linkedTo(turn, subject);
}

async function linkedTo(turn: Turn, subject: CaseRecord, more?: SQL): Promise<CaseRecord[]> {
  const rows = await turn.tx
    .select({ led: cases })
    .from(cases)
    .innerJoin(caseLinks, eq(caseLinks.caseId, cases.id))
    .where(and(eq(caseLinks.leadingId, subject.id), isNull(cases.closedAt), more))
    .orderBy(asc(cases.number))
    .for("no key update", { of: cases });
  return rows.map(({ led }) => led);
}
