import { and, asc } from "drizzle-orm";
import type { Transaction } from "../../../db/database.ts";
import { cases } from "../../../db/schema/cases.ts";
import type { Caller } from "../access/caller.ts";
import { countsAsOrdinary, visibleTo } from "../cases/visible-to.ts";
import { isUnheeded } from "../duty/unheeded.ts";
import { type CaseRow, caseRows } from "../staff/case-rows.ts";

const MOST_URGENT = 20;

/** Lists the urgent cases to which nobody says that they see, oldest first, as far as they exist for somebody without a reason. */
export async function unheededCases(tx: Transaction, caller: Caller, today: string): Promise<CaseRow[]> {
  const found = await tx
    .select({ id: cases.id })
    .from(cases)
    .where(and(isUnheeded, countsAsOrdinary, visibleTo(caller, today)))
    .orderBy(asc(cases.receivedAt), asc(cases.id))
    .limit(MOST_URGENT);
  return caseRows(
    tx,
    found.map(({ id }) => id),
    today,
  );
}
