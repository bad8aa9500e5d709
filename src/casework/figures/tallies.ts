import { type SQL, sql } from "drizzle-orm";
import type { Transaction } from "../../../db/database.ts";
import { cases } from "../../../db/schema/cases.ts";
import type { Reader } from "../../domain/access/may-see.ts";
import { type CalendarOverrides, isWorkday } from "../../domain/calendar/calendar-year.ts";
import { addDays } from "../../domain/calendar/days.ts";
import type { Tally } from "../../domain/figures/count.ts";
import { type CaseFacts, type Facet, NO_FACTS } from "../../domain/figures/facts.ts";
import { eventFacts, topicFacts } from "../cases/facts.ts";
import { type CaseFilter, inList, type ListDay } from "../staff/case-conditions.ts";
import { COUNTED_FACTS } from "./counted-facts.ts";
import { type FigureBy, isBelowCounty, keyOf } from "./groups.ts";

/** The days from which and until which cases came in, both included. */
export type Days = { readonly from: string; readonly until: string };

/** A question to the facts of cases: those received in one of two spans, within a filter, each span and group by itself. */
export type TallyQuestion = {
  readonly facets: readonly Facet[];
  readonly filter: CaseFilter;
  readonly by: FigureBy | null;
  readonly now: Days;
  readonly before: Days;
  readonly holidays: CalendarOverrides;
};

/** A tally of one group in one of the spans; the key is null for cases that have none. */
export type GroupTally = { readonly span: "now" | "before"; readonly key: string | null; readonly tally: Tally };

/** Tallies the facts of the cases that exist for a reader; what is sealed is in none of it. */
export async function readTallies(
  tx: Transaction,
  reader: Reader,
  question: TallyQuestion,
  day: ListDay,
): Promise<GroupTally[]> {
  const tallies: GroupTally[] = [];
  // Each by itself: a statement may take only so long.
  for (const span of ["now", "before"] as const) {
    const rows = await tx.execute<Readonly<Record<string, unknown>>>(tallyQuery(reader, question, { ...day, span }));
    for (const row of rows)
      for (const facet of question.facets.filter((one) => row[`${one}_apart`] === 0)) {
        const facts = { ...NO_FACTS, ...readFacts(facet, row) };
        const { key, count } = row as { key: string | null; count: number };
        tallies.push({ span, key, tally: { facet, facts, count } });
      }
  }
  return tallies;
}

/**
 * Whether more cases of the county came in within either span than can be counted while somebody waits: each is looked at by itself.
 * @param most so many can
 */
export async function areTooMany(
  tx: Transaction,
  spans: Pick<TallyQuestion, "now" | "before">,
  timeZone: string,
  most: number,
): Promise<boolean> {
  const [row] = await tx.execute<{ count: number }>(sql`select count(*)::int as count from (select from ${cases}
    where ${receivedIn(spans.now, timeZone)} or ${receivedIn(spans.before, timeZone)} limit ${most + 1}) received`);
  return (row?.count ?? 0) > most;
}

/** A case behind figures, with its facts. */
export type CaseBehind = { readonly number: string; readonly key: string | null; readonly facts: CaseFacts };

/** The cases of the span itself, each with its facts, by number: what the tallies are of. */
export async function casesBehind(
  tx: Transaction,
  reader: Reader,
  question: TallyQuestion,
  day: ListDay,
): Promise<CaseBehind[]> {
  const rows = await tx.execute<Readonly<Record<string, unknown>>>(
    sql`${factsOf(reader, question, { ...day, span: "now" })} select * from facts order by number`,
  );
  return rows.map((row) => ({
    number: String(row.number),
    key: row.key as string | null,
    facts: Object.assign({}, NO_FACTS, ...question.facets.map((facet) => readFacts(facet, row))) as CaseFacts,
  }));
}

/** The statement that tallies: one look at each case, grouped once for each facet. */
function tallyQuery(reader: Reader, question: TallyQuestion, day: SpanDay): SQL {
  const { facets } = question;
  const sets = facets.map((facet) => sql`(key, ${list(namesOf(facet))})`);
  const marks = facets.map((facet) => sql`grouping(${namesOf(facet)[0]}) as ${sql.raw(`"${facet}_apart"`)}`);
  return sql`${factsOf(reader, question, day)}
    select key, ${list(facets.flatMap(namesOf))}, ${list(marks)}, count(*)::int as count
    from facts group by grouping sets (${list(sets)})`;
}

function readFacts(facet: Facet, row: Readonly<Record<string, unknown>>): Partial<CaseFacts> {
  const { columns, read } = COUNTED_FACTS[facet];
  return read(columns.map((_, at) => row[`${facet}_${at}`]));
}

function namesOf(facet: Facet): SQL[] {
  return COUNTED_FACTS[facet].columns.map((_, at) => sql.raw(`"${facet}_${at}"`));
}

type SpanDay = ListDay & { readonly span: "now" | "before" };

/** The facts of each case of a span by itself, to be selected from. */
function factsOf(reader: Reader, question: TallyQuestion, day: SpanDay): SQL {
  const { facets, filter, by } = question;
  const { timeZone, span } = day;
  const columns = facets.flatMap((facet) =>
    COUNTED_FACTS[facet].columns.map((column, at) => sql`${column(day)} as ${namesOf(facet)[at]}`),
  );
  const needsEvents = facets.some((facet) => COUNTED_FACTS[facet].isOfEvents);
  const needsDays = facets.some((facet) => COUNTED_FACTS[facet].isOfDays);
  // Looked up by its place: a join of so many days would be made anew for each case.
  const upTo = (at: SQL) =>
    sql`(((select counts from days))[(${at} at time zone ${timeZone})::date - (select first from days) + 1])`;
  const topicDays = facets.includes("topicAnswer")
    ? sql`cross join lateral (select ${upTo(sql`t.opened_at`)} as n) topic_opened
        cross join lateral (select ${upTo(sql`t.answered_at`)} as n) topic_answered`
    : sql``;
  const topic = facets.some((facet) => COUNTED_FACTS[facet].isOfTopic)
    ? sql`cross join lateral ${topicFacts} t ${topicDays}`
    : sql``;
  const events = needsEvents ? sql`cross join lateral ${eventFacts} f` : sql``;
  const joined = needsDays
    ? sql`cross join lateral (select ${upTo(sql`${cases.receivedAt}`)} as n) came
        cross join lateral (select ${upTo(sql`f.handed_at`)} as n) handed
        cross join lateral (select ${upTo(sql`f.word_at`)} as n) word
        cross join lateral (select ${upTo(sql`${cases.closedAt}`)} as n) shut`
    : sql``;
  return sql`with ${needsDays ? sql`days(first, counts) as materialized (${workingDays(question, day)}),` : sql``}
    facts as (
      select ${cases.number} as number, ${keyOf(by)} as key, ${list(columns)}
      from ${cases} ${events} ${topic} ${joined}
      where ${receivedIn(question[span], timeZone)} and ${inList(reader, filter, day)}
        and ${isBelowCounty(by, filter) ? sql`not ${cases.minor}` : sql`true`})`;
}

/** The condition that a row of `cases` was received on one of these days. */
export function receivedIn({ from, until }: Days, timeZone: string): SQL {
  return sql`(${cases.receivedAt} >= (${from}::timestamp at time zone ${timeZone})
    and ${cases.receivedAt} < ((${until}::date + 1)::timestamp at time zone ${timeZone}))`;
}

/** The first day that may matter, and for it and each day behind it the number of working days up to it. */
function workingDays({ now, before, holidays }: TallyQuestion, { today }: ListDay): SQL {
  const first = before.from;
  const last = [now.until, today].toSorted().at(-1) ?? today;
  const counts: string[] = [];
  let sofar = 0;
  for (let at = first; at <= last; at = addDays(at, 1)) {
    if (isWorkday(at, holidays)) sofar += 1;
    counts.push(String(sofar));
  }
  return sql`select ${first}::date, ${sql.param(counts)}::text[]::int[]`;
}

function list(parts: readonly SQL[]): SQL {
  return sql.join([...parts], sql`, `);
}
