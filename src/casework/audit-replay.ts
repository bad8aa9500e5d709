import { asc, count, eq, gt, sql } from "drizzle-orm";
import type { Database, Transaction } from "../../db/database.ts";
import { caseEvents, cases } from "../../db/schema/cases.ts";
import { deputies, units } from "../../db/schema/people.ts";
import { grids, stations } from "../../db/schema/places.ts";
import { type ReplayedCase, replay, type WrittenEvent } from "../domain/replay.ts";
import type { Advance, Report } from "./audit.ts";

const PAGE = 200;

/** How many cases a county has. */
export async function countCases(database: Database, jurisdictionId: string): Promise<number> {
  const [counted] = await database.inCounty(jurisdictionId, (tx) => tx.select({ cases: count() }).from(cases));
  return counted?.cases ?? 0;
}

/**
 * Makes every case again from its events and compares it with what stands in its row.
 * @returns how many cases there are
 */
export async function checkReplays(
  database: Database,
  jurisdictionId: string,
  { report, advance }: { readonly report: Report; readonly advance: Advance },
): Promise<number> {
  let checked = 0;
  let after = "";
  for (;;) {
    const page = await database.inCounty(jurisdictionId, (tx) => casesAfter(tx, after));
    for (const { events, ...row } of page) {
      after = row.number;
      const said = differenceOf(row, events);
      if (said === null) continue;
      report({
        kind: "case-differs",
        position: null,
        event: null,
        case: row.number,
        text: `case ${row.number}: ${said}`,
      });
    }
    checked += page.length;
    await advance(page.length);
    if (page.length < PAGE) return checked;
  }
}

/** The row of a case in the terms of `replay`, and its events, as they are in one moment: one statement. */
async function casesAfter(tx: Transaction, number: string): Promise<(ReplayedCase & { events: WrittenEvent[] })[]> {
  const page = tx
    .select()
    .from(cases)
    .where(gt(cases.number, number))
    .orderBy(asc(cases.number))
    .limit(PAGE)
    .as("page");
  const rows = await tx
    .select({
      number: page.number,
      state: page.state,
      outcome: page.outcome,
      category: page.category,
      priority: page.priority,
      sealed: page.sealed,
      grid: grids.code,
      station: stations.code,
      deputy: deputies.code,
      unit: units.code,
      receivedAt: page.receivedAt,
      dueOn: page.dueOn,
      closedAt: page.closedAt,
      rating: page.rating,
      reopenings: page.reopenings,
      events: sql<WrittenEvent[]>`(
        select coalesce(jsonb_agg(jsonb_build_object('type', e.type, 'at', e.at, 'details', e.details) order by e.seq), '[]')
        from ${caseEvents} e where e.case_id = ${page.id})`,
    })
    .from(page)
    .leftJoin(grids, eq(grids.id, page.gridId))
    .leftJoin(stations, eq(stations.id, page.stationId))
    .leftJoin(deputies, eq(deputies.id, page.deputyId))
    .leftJoin(units, eq(units.id, page.unitId))
    .orderBy(asc(page.number));
  return rows.map((row) => ({
    ...row,
    receivedAt: row.receivedAt.toISOString(),
    closedAt: row.closedAt?.toISOString() ?? null,
  }));
}

function differenceOf(row: ReplayedCase, events: readonly WrittenEvent[]): string | null {
  const replayed = replay(events);
  if (!replayed.ok) return `its events make no case: ${replayed.reason}`;
  const fields = Object.keys(row) as (keyof ReplayedCase)[];
  const differences = fields
    .filter((field) => row[field] !== replayed.case[field])
    .map((field) => `${field} is ${told(row[field])}, by its events ${told(replayed.case[field])}`);
  return differences.length === 0 ? null : differences.join("; ");
}

function told(value: ReplayedCase[keyof ReplayedCase]): string {
  return value === null ? "empty" : String(value);
}
