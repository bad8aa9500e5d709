import { sql } from "drizzle-orm";
import type { Transaction } from "../../../db/database.ts";
import { cases } from "../../../db/schema/cases.ts";
import type { Caller } from "../access/caller.ts";
import { inList, type ListDay } from "../staff/case-conditions.ts";
import { type CaseRow, caseRows } from "../staff/case-rows.ts";

/** An open case that may be about the same matter, and how far away its place is at least. */
type SimilarCase = { readonly row: CaseRow; readonly metres: number; readonly days: number };

const MOST = 5;
const LATELY_DAYS = 90;
const DAY_MS = 86_400_000;

/** Finds open cases that exist for somebody, lie near and are about the same thing; the newest first. */
export async function similarCases(
  tx: Transaction,
  caller: Caller,
  about: {
    readonly around: ReadonlyMap<string, number>;
    readonly category: string | null;
    readonly not: string;
  },
  { today, timeZone, now }: ListDay & { readonly now: Date },
): Promise<SimilarCase[]> {
  const { around, category, not } = about;
  if (around.size === 0) return [];
  const filter = { open: true, grid: [...around.keys()], ...(category === null ? {} : { category: [category, null] }) };
  const since = new Date(now.getTime() - LATELY_DAYS * DAY_MS).toISOString();
  const found = await tx.execute<{ id: string }>(sql`
    select ${cases.id} as id from ${cases}
    where ${inList(caller, filter, { today, timeZone })} and ${cases.id} <> ${not}
      and ${cases.receivedAt} > ${since}::timestamptz
    order by ${cases.receivedAt} desc, ${cases.id} desc limit ${MOST}`);
  const rows = await caseRows(
    tx,
    found.map(({ id }) => id),
    today,
  );
  return rows.map((row) => ({
    row,
    metres: around.get(row.place.grid ?? "") ?? 0,
    days: Math.floor((now.getTime() - new Date(row.receivedAt).getTime()) / DAY_MS),
  }));
}
