import { and, asc, count, eq, gt, inArray, isNull, type SQL, sql } from "drizzle-orm";
import type { Database, Transaction } from "../../../db/database.ts";
import { caseClocks, caseEvents, cases } from "../../../db/schema/cases.ts";
import { caseLinks } from "../../../db/schema/console.ts";
import { eventLinks, eventsToLink } from "../../../db/schema/ledger.ts";
import { deputies, units } from "../../../db/schema/people.ts";
import { grids, stations } from "../../../db/schema/places.ts";
import { consequenceLinks, topics } from "../../../db/schema/topics.ts";
import { clocksText, type ReplayedClock } from "../../domain/case/case-clocks.ts";
import { type ReplayedCase, replay, type WrittenEvent } from "../../domain/case/replay.ts";
import type { Advance, Report } from "./findings.ts";
import { reportUnlinked } from "./findings.ts";

const PAGE = 200;

/** The number of cases of a county. */
export async function countCases(database: Database, jurisdictionId: string): Promise<number> {
  const [counted] = await database.inCounty(jurisdictionId, (tx) => tx.select({ cases: count() }).from(cases));
  return counted?.cases ?? 0;
}

/**
 * Replays every case from its events and compares the result with its row.
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
    const page = await replayCases(database, jurisdictionId, { which: gt(cases.number, after), most: PAGE, report });
    after = page.at(-1)?.number ?? after;
    checked += page.length;
    await advance(page.length);
    if (page.length < PAGE) return checked;
  }
}

/** A case that was made again. */
type Replayed = { readonly id: string; readonly number: string };

/**
 * Replays the next cases by number, fewer than `most` at the end, and checks whether each of their events has a link.
 */
export async function replayNext(
  database: Database,
  jurisdictionId: string,
  { after, most, report }: { readonly after: string; readonly most: number; readonly report: Report },
): Promise<readonly Replayed[]> {
  const which = gt(cases.number, after);
  const page = await replayCases(database, jurisdictionId, { which, most: Math.min(most, PAGE), report });
  const ids = page.map(({ id }) => id);
  await checkLinked(database, jurisdictionId, ids, report);
  return page;
}

/** Replays these cases, and checks whether each of their events has a link. */
export async function replayThese(
  database: Database,
  jurisdictionId: string,
  ids: readonly string[],
  report: Report,
): Promise<void> {
  for (let from = 0; from < ids.length; from += PAGE) {
    const some = ids.slice(from, from + PAGE);
    await replayCases(database, jurisdictionId, { which: inArray(cases.id, some), most: PAGE, report });
    await checkLinked(database, jurisdictionId, some, report);
  }
}

async function replayCases(
  database: Database,
  jurisdictionId: string,
  { which, most, report }: { readonly which: SQL; readonly most: number; readonly report: Report },
): Promise<readonly Replayed[]> {
  const page = await database.inCounty(jurisdictionId, (tx) => casesWithEvents(tx, which, most));
  for (const { id: _, events, ...row } of page) {
    const said = differenceOf(row, events);
    if (said === null) continue;
    const text = `case ${row.number}: ${said}`;
    report({ kind: "case-differs", position: null, event: null, case: row.number, text });
  }
  return page;
}

/** An event of a case that is in the chain as little as on the way there was slipped in, or its link was deleted. */
async function checkLinked(
  database: Database,
  jurisdictionId: string,
  ids: readonly string[],
  report: Report,
): Promise<void> {
  const unlinked = await database.inCounty(jurisdictionId, (tx) =>
    tx
      .select({ seq: caseEvents.seq, type: caseEvents.type, number: cases.number })
      .from(caseEvents)
      .innerJoin(cases, eq(cases.id, caseEvents.caseId))
      .leftJoin(eventLinks, eq(eventLinks.eventSeq, caseEvents.seq))
      .leftJoin(eventsToLink, eq(eventsToLink.eventSeq, caseEvents.seq))
      .where(and(inArray(caseEvents.caseId, [...ids]), isNull(eventLinks.position), isNull(eventsToLink.eventSeq)))
      .orderBy(asc(caseEvents.seq)),
  );
  for (const { seq, type, number } of unlinked) reportUnlinked(report, { seq, type, number });
}

/** The row of a case in the terms of `replay`, and its events, as they are in one moment: one statement. */
async function casesWithEvents(
  tx: Transaction,
  which: SQL,
  most: number,
): Promise<(ReplayedCase & { id: string; events: WrittenEvent[] })[]> {
  const page = tx.select().from(cases).where(which).orderBy(asc(cases.number)).limit(most).as("page");
  const rows = await tx
    .select({
      id: page.id,
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
      dueWithin: page.dueWithin,
      closedAt: page.closedAt,
      answeredBy: page.answeredBy,
      rating: page.rating,
      reopenings: page.reopenings,
      escalation: page.escalation,
      minor: page.minor,
      petition: page.petition,
      unnamed: page.unnamed,
      clocks: sql<ReplayedClock[]>`(
        select coalesce(jsonb_agg(jsonb_build_object('kind', c.kind, 'rule', c.rule_id, 'startedAt', c.started_at, 'dueAt', c.due_at,
          'dueWithin', c.due_within, 'pausedSince', c.paused_since, 'pausedDays', c.paused_days, 'state', c.state,
          'settledAt', c.settled_at)), '[]')
        from ${caseClocks} c where c.case_id = ${page.id})`,
      mergedInto: sql<string | null>`(
        select ahead.number from ${caseLinks} l join ${cases} ahead on ahead.id = l.leading_id where l.case_id = ${page.id})`,
      topic: sql<string | null>`(
        select t.number from ${consequenceLinks} l join ${topics} t on t.id = l.to_id
        where l.from_id = ${page.id} and l.to_kind = 'topic' and l.ended_at is null)`,
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
    clocks: row.clocks.map((clock) => ({
      ...clock,
      startedAt: utc(clock.startedAt),
      dueAt: utc(clock.dueAt),
      pausedSince: clock.pausedSince && utc(clock.pausedSince),
      settledAt: clock.settledAt && utc(clock.settledAt),
    })),
  }));
}

function differenceOf(row: ReplayedCase, events: readonly WrittenEvent[]): string | null {
  const replayed = replay(events);
  if (!replayed.ok) return `its events make no case: ${replayed.reason}`;
  const fields = Object.keys(row) as (keyof ReplayedCase)[];
  const differences = fields
    .filter((field) => told(row[field]) !== told(replayed.case[field]))
    .map((field) => `${field} is ${told(row[field])}, by its events ${told(replayed.case[field])}`);
  return differences.length === 0 ? null : differences.join("; ");
}

function told(value: ReplayedCase[keyof ReplayedCase]): string {
  if (typeof value === "object" && value !== null) return clocksText(value) || "empty";
  return value === null ? "empty" : String(value);
}

function utc(moment: string): string {
  return new Date(moment).toISOString();
}
