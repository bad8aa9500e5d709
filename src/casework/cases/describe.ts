import { and, eq, inArray, isNull, type SQL, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import { type CaseRecord, cases } from "../../../db/schema/cases.ts";
import { caseLinks } from "../../../db/schema/console.ts";
import { deputies } from "../../../db/schema/people.ts";
import { grids, stations } from "../../../db/schema/places.ts";
import { dayIn } from "../../domain/calendar/deadline.ts";
import { dueOf } from "../../domain/calendar/due.ts";
import type { NoticeFields } from "../../domain/messages/message.ts";
import type { RoutingFacts } from "../../domain/routing/route.ts";
import { quote, quotedExcerpt, quoteMasked } from "../../domain/text/quote.ts";
import type { CaseLine, DeputyCase, ToldLine, Understood } from "../../domain/wording/sentences.ts";
import type { Holder } from "../../domain/wording/who-answers.ts";
import { type Moment, servingAt } from "../county/deputies.ts";
import type { Turn } from "../turn/turn.ts";
import type { ThreadLine } from "./thread.ts";

/** The holders of these cases, as residents may know them, by the case's id. */
export async function holdersOf(
  { tx, today }: Pick<Moment, "tx" | "today">,
  subjects: readonly CaseRecord[],
): Promise<Map<string, Holder>> {
  const holders = new Map<string, Holder>(subjects.map((one) => [one.id, null]));
  const ordinary = subjects.filter((one) => !one.sealed).map((one) => one.id);
  if (ordinary.length === 0) return holders;
  const ahead = alias(cases, "ahead");
  // Who has the case with which it goes has it.
  const deputyId = sql`case when ${ahead.id} is null then ${cases.deputyId} else ${ahead.deputyId} end`;
  const stationId = sql`case when ${ahead.id} is null then ${cases.stationId} else ${ahead.stationId} end`;
  const rows = await tx
    .select({ id: cases.id, deputy: deputies.name, station: stationOfHolder(stationId, today) })
    .from(cases)
    .leftJoin(caseLinks, eq(caseLinks.caseId, cases.id))
    .leftJoin(ahead, and(eq(ahead.id, caseLinks.leadingId), isNull(ahead.closedAt)))
    .innerJoin(deputies, eq(deputies.id, deputyId))
    .leftJoin(stations, eq(stations.id, stationId))
    .where(inArray(cases.id, ordinary));
  for (const row of rows) holders.set(row.id, { deputy: row.deputy, station: row.station });
  return holders;
}

/** The station of a case where its deputy answers there, else one that the deputy serves at. */
function stationOfHolder(stationId: SQL, today: string) {
  return sql<string | null>`case when exists (
      select from assignments here left join grids g on g.id = here.grid_id
      where here.deputy_id = ${deputies.id} and (here.station_id = ${stationId} or g.station_id = ${stationId})
    ) then ${stations.name} else (select s.name ${servingAt(sql`${deputies.id}`, today)}) end`;
}

/** The holder of one case, as its resident may know them. */
export async function holderOf(turn: Turn, subject: CaseRecord): Promise<Holder> {
  return (await holdersOf(turn, [subject])).get(subject.id) ?? null;
}

/** The cases as lines of a resident's list. */
export async function caseLines(turn: Turn, subjects: readonly CaseRecord[]): Promise<CaseLine[]> {
  const holders = await holdersOf(turn, subjects);
  return subjects.map((one) => ({
    number: one.number,
    summary: quote(one.summary),
    state: one.state,
    outcome: one.outcome,
    holder: holders.get(one.id) ?? null,
    receivedOn: dayIn(one.receivedAt, turn.runtime.timeZone),
    dueOn: dueOf(one),
  }));
}

/** The cases as their deputy may see them, with the opening words. */
export async function deputyLines(
  { tx, today }: Pick<Moment, "tx" | "today">,
  subjects: readonly CaseRecord[],
): Promise<DeputyCase[]> {
  if (subjects.length === 0) return [];
  const rows = await tx
    .select({
      id: cases.id,
      place: sql<string>`coalesce(${grids.township} || ${grids.name}, ${stations.name}, '')`,
    })
    .from(cases)
    .leftJoin(grids, eq(grids.id, cases.gridId))
    .leftJoin(stations, eq(stations.id, cases.stationId))
    .where(
      inArray(
        cases.id,
        subjects.map((one) => one.id),
      ),
    );
  const places = new Map(rows.map((row) => [row.id, row.place]));
  return subjects.map((one) => ({
    number: one.number,
    text: quoteMasked(one.summary),
    place: places.get(one.id) ?? "",
    state: one.state,
    priority: one.priority,
    dueOn: dueOf(one),
    overdue: one.closedAt === null && one.dueOn < today,
    isByMinor: one.minor,
  }));
}

/** The fields of a notice outside the window about a case; null for a sealed one. */
export function noticeOf(subject: CaseRecord, holder: Holder): NoticeFields {
  return {
    number: subject.number,
    summary: subject.sealed ? "" : subject.summary,
    deputy: holder?.deputy ?? "",
    date: subject.dueWithin === null ? subject.dueOn : `${subject.dueWithin}个工作日内`,
  };
}

/** The words of all parties of a case, as a deputy may read them. */
export function toldLines(thread: readonly ThreadLine[]): ToldLine[] {
  return thread.map(({ party, text, at }) => ({ party, text: quoteMasked(text), at }));
}

/** A case as its deputy may see it; `text` is what its resident said. */
export function deputyCase(subject: CaseRecord, text: string, place: string, today: string): DeputyCase {
  return {
    number: subject.number,
    text: quoteMasked(text),
    place,
    state: subject.state,
    priority: subject.priority,
    dueOn: dueOf(subject),
    overdue: subject.closedAt === null && subject.dueOn < today,
    isByMinor: subject.minor,
  };
}

/** So much of a resident's own words stands in their receipt. */
const MATTER_LENGTH = 30;

/** The part of a receipt that says what was understood of a case, by its latest decision. */
export function understood(subject: CaseRecord, facts: RoutingFacts): Understood {
  const matter = quotedExcerpt(quote(subject.summary), MATTER_LENGTH);
  const { placeBy } = facts;
  const sides = [facts, ...(facts.border == null ? [] : [facts.border])].map(placeName).filter((name) => name !== "");
  if (sides.length === 0) return { place: null, matter };
  const by = placeBy === "scene" || placeBy === "home" ? placeBy : "told";
  const label = sides.join("、");
  const called = placeBy === "name" || placeBy === "answer" ? calledIn(facts, label) : "";
  return { place: { label: called === "" ? label : `${label}（${called}）`, by }, matter };
}

/** The name by which a resident called a place, where it says more than the label. */
function calledIn({ placeEvidence, grid }: RoutingFacts, label: string): string {
  const names = placeEvidence.split("、").map((name) => /[(（](.+)[)）]$/u.exec(name)?.[1] ?? name);
  const isSaid = names.some((name) => label.includes(name) || (grid !== null && name.endsWith(grid.name)));
  return isSaid ? "" : (names.at(-1) ?? "");
}

/** The place in words: township and grid, or the station. */
export function placeName(facts: Pick<RoutingFacts, "grid" | "station">): string {
  if (facts.grid !== null) return `${facts.grid.township}${facts.grid.name}`;
  return facts.station?.name ?? "";
}
