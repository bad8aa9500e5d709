import { sql } from "drizzle-orm";
import type { Transaction } from "../../../db/database.ts";
import { cases } from "../../../db/schema/cases.ts";
import type { Reader } from "../../domain/access/may-see.ts";
import { inList } from "../staff/case-conditions.ts";
import { type CaseRow, caseRows } from "../staff/case-rows.ts";
import type { FoundDeputy } from "./find-deputy.ts";
import type { PeopleDay } from "./list-deputies.ts";

/** So long after an absence what it moved is still worth a look. */
const LOOKED_AT_DAYS = 30;
const MOST_CASES = 100;
const DAY_MS = 86_400_000;

/**
 * Lists the open cases that somebody else has because a deputy is or was away when they were last decided, oldest first: of
 * absences that hold or ended lately. Nothing of it moves back by itself.
 *
 * @returns those that exist for the reader; null for whoever sees no case
 */
export async function movedMeanwhile(
  tx: Transaction,
  reader: Reader,
  deputy: Pick<FoundDeputy, "id" | "code">,
  { now, today, timeZone }: PeopleDay,
): Promise<CaseRow[] | null> {
  if (reader.role === "operator") return null;
  const since = new Date(now.getTime() - LOOKED_AT_DAYS * DAY_MS).toISOString();
  const lately = sql`b.deputy_id = ${deputy.id} and b.from_at <= ${now.toISOString()}::timestamptz and b.until_at > ${since}::timestamptz`;
  const [one] = await tx.execute(sql`select from absences b where ${lately} and b.from_at < b.until_at limit 1`);
  if (one === undefined) return [];
  const passed = JSON.stringify([{ deputy: deputy.code, why: "away" }]);
  const rows = await tx.execute<{ id: string }>(sql`
    select ${cases.id} as id from ${cases}
      cross join lateral (select d.at, d.decision from decisions d where d.case_id = ${cases.id}
        order by d.at desc, d.id desc limit 1) last
    where ${inList(reader, { open: true }, { today, timeZone })} and ${cases.deputyId} is distinct from ${deputy.id}
      and exists (select from absences b where ${lately} and last.at between b.from_at and b.until_at) and last.decision -> 'passedOver' @> ${passed}::jsonb
    order by ${cases.receivedAt}, ${cases.number} limit ${MOST_CASES}`);
  return caseRows(
    tx,
    rows.map(({ id }) => id),
    today,
  );
}
