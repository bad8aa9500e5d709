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
import { type CountingPace, type Days, dayPages, receivedIn } from "./day-pages.ts";
import { type FigureBy, isBelowCounty, keyOf } from "./groups.ts";

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

/**
 * Tallies the facts of the cases that exist for a reader, some days after others; what is sealed is in none of it. What is kept meanwhile
 * grows with the groups and with what cases may be, not with how many there are.
 */
export async function readTallies(
  tx: Transaction,
  reader: Reader,
  question: TallyQuestion,
  day: ListDay,
  pace?: CountingPace,
): Promise<GroupTally[]> {
  const spans = [];
  for (const span of ["now", "before"] as const)
    spans.push({ span, pages: await dayPages(tx, question[span], day.timeZone, pace?.most) });
  const total = spans.flatMap(({ pages }) => pages).reduce((all, { count }) => all + count, 0);
  const sums = createSums(question.facets);
  let done = 0;
  for (const { span, pages } of spans)
    for (const page of pages) {
      pace?.signal?.throwIfAborted();
      pace?.progress?.(done, total);
      for (const row of await tx.execute<TallyRow>(tallyQuery(reader, question, day, page))) sums.add(span, row);
      done += page.count;
    }
  pace?.progress?.(total, total);
  return sums.tallies();
}

/** A row of the statement that tallies: the place of its facet in the question, and what its columns hold, as JSON. */
type TallyRow = { readonly key: string | null; readonly facet: number; readonly facts: string; readonly count: number };

/** Adds tallies of different days: those that are alike become one, and alike facts are read and kept once for all groups. */
function createSums(facets: readonly Facet[]) {
  type Known = { readonly facet: Facet; readonly facts: CaseFacts };
  const known = facets.map(() => new Map<string, Known>());
  const groups = {
    now: new Map<string | null, Map<Known, number>>(),
    before: new Map<string | null, Map<Known, number>>(),
  };
  const knownOf = (row: TallyRow): Known | null => {
    const facet = facets[row.facet];
    const ofFacet = known[row.facet];
    if (facet === undefined || ofFacet === undefined) return null;
    const found = ofFacet.get(row.facts);
    if (found !== undefined) return found;
    const facts = { ...NO_FACTS, ...COUNTED_FACTS[facet].read(JSON.parse(row.facts) as unknown[]) };
    const one = { facet, facts };
    ofFacet.set(row.facts, one);
    return one;
  };
  return {
    add(span: GroupTally["span"], row: TallyRow): void {
      const one = knownOf(row);
      if (one === null) return;
      const group = groups[span].get(row.key) ?? new Map<Known, number>();
      groups[span].set(row.key, group);
      group.set(one, (group.get(one) ?? 0) + row.count);
    },
    tallies: (): GroupTally[] =>
      (["now", "before"] as const).flatMap((span) =>
        [...groups[span]].flatMap(([key, group]) =>
          [...group].map(([one, count]) => ({ span, key, tally: { ...one, count } })),
        ),
      ),
  };
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

/** Reads the cases of the span itself, some days after others, each with its facts: what the tallies are of. */
export async function* casesBehind(
  tx: Transaction,
  reader: Reader,
  question: TallyQuestion,
  day: ListDay,
): AsyncGenerator<CaseBehind> {
  for (const page of await dayPages(tx, question.now, day.timeZone)) {
    const rows = await tx.execute<Readonly<Record<string, unknown>>>(
      sql`${factsOf(reader, question, day, page)} select * from facts`,
    );
    for (const row of rows)
      yield {
        number: String(row.number),
        key: row.key as string | null,
        facts: Object.assign({}, NO_FACTS, ...question.facets.map((facet) => readFacts(facet, row))) as CaseFacts,
      };
  }
}

/** The statement that tallies: one look at each case, grouped once for each facet. */
function tallyQuery(reader: Reader, question: TallyQuestion, day: ListDay, page: Days): SQL {
  const { facets } = question;
  const sets = facets.map((facet) => sql`(key, ${list(namesOf(facet))})`);
  const byFacet = (what: (facet: Facet, at: number) => SQL) =>
    sql`case ${sql.join(
      facets.map((facet, at) => sql`when grouping(${namesOf(facet)[0]}) = 0 then ${what(facet, at)}`),
      sql` `,
    )} end`;
  return sql`${factsOf(reader, question, day, page)}
    select key, ${byFacet((_, at) => sql.raw(String(at)))} as facet,
      ${byFacet((facet) => sql`jsonb_build_array(${list(namesOf(facet))})::text`)} as facts, count(*)::int as count
    from facts group by grouping sets (${list(sets)})`;
}

function readFacts(facet: Facet, row: Readonly<Record<string, unknown>>): Partial<CaseFacts> {
  const { columns, read } = COUNTED_FACTS[facet];
  return read(columns.map((_, at) => row[`${facet}_${at}`]));
}

function namesOf(facet: Facet): SQL[] {
  return COUNTED_FACTS[facet].columns.map((_, at) => sql.raw(`"${facet}_${at}"`));
}

/** The facts of each case of these days by itself, to be selected from. */
function factsOf(reader: Reader, question: TallyQuestion, day: ListDay, page: Days): SQL {
  const { facets, filter, by } = question;
  const { timeZone } = day;
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
      where ${receivedIn(page, timeZone)} and ${inList(reader, filter, day)}
        and ${isBelowCounty(by, filter) ? sql`not ${cases.minor}` : sql`true`})`;
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
