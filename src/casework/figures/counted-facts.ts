import { type SQL, sql } from "drizzle-orm";
import { cases } from "../../../db/schema/cases.ts";
import { type CaseFacts, CLAIMS, type Facet, SAYERS } from "../../domain/figures/facts.ts";
import { WAYS } from "../../domain/routing/route.ts";
import { isCorrected, isInTopic, isSilent, lastWay, reached, refusedBy } from "../cases/facts.ts";
import type { ListDay } from "../staff/case-conditions.ts";

/** The columns that a facet is counted by, and the facts that their values are. */
type CountedFacet = {
  readonly columns: readonly ((day: ListDay) => SQL)[];
  /** Whether a column looks at `f`, the events of the case. */
  readonly isOfEvents: boolean;
  /** Whether a column looks at `t`, the topic of the case. */
  readonly isOfTopic: boolean;
  /** Whether a column looks at the working days up to the days of the case. */
  readonly isOfDays: boolean;
  readonly read: (values: readonly unknown[]) => Partial<CaseFacts>;
};

const isOpen = sql`${cases.closedAt} is null`;
const wasClosed = sql`(${cases.closedAt} is not null or ${cases.reopenings} > 0)`;
const isSolved = sql`${cases.outcome} = 'solved'`;

/** Working days to one of its days from when somebody had it; where that was later, or nobody had, from when it came. */
const since = (moment: SQL, to: SQL) =>
  sql`(case when ${moment} is not null then greatest(${to} - case when f.handed_at <= ${moment} then handed.n else came.n end, 0) end)`;

/** The way in which the facts of each facet are read from rows of `cases`: the same that the conditions of lists are made of. */
export const COUNTED_FACTS: Readonly<Record<Facet, CountedFacet>> = {
  state: facet(
    [isOpen, sql`${cases.outcome}`, wasClosed, sql`${cases.reopenings} > 0`],
    ([open, outcome, closed, reopened]) => ({
      isOpen: open === true,
      outcome: outcome as CaseFacts["outcome"],
      wasClosed: closed === true,
      isReopened: reopened === true,
    }),
  ),
  firstWord: facet(
    [isOpen, since(sql`f.word_at`, sql`word.n`)],
    ([open, days]) => ({ isOpen: open === true, firstWordDays: days as number | null }),
    { events: true, days: true },
  ),
  solution: facet(
    [sql`(case when ${isSolved} then ${since(sql`${cases.closedAt}`, sql`shut.n`)} end)`],
    ([days]) => ({ solutionDays: days as number | null }),
    { events: true, days: true },
  ),
  waiting: facet(
    [sql`(case when f.handed_at > f.opened_at then greatest(handed.n - came.n, 0) end)`],
    ([days]) => ({ waitedDays: days as number | null }),
    { events: true, days: true },
  ),
  claims: facet(
    [
      sql`f.said_done`,
      ...[sql`f.unit_said`, sql`f.deputy_checked`, sql`f.deputy_closed`],
      ...[sql`f.agrees`, sql`f.disagrees`, isSilent],
    ],
    ([done, ...others]) => ({
      isSaidDone: done === true,
      saidBy: SAYERS.filter((_, at) => others[at] === true),
      claims: CLAIMS.filter((_, at) => others[SAYERS.length + at] === true),
    }),
    { events: true },
  ),
  refusals: facet([refusedBy], ([by]) => ({ refusedBy: by as CaseFacts["refusedBy"] }), { events: true }),
  atOnce: facet(
    [wasClosed, sql`f.at_once`],
    ([closed, atOnce]) => ({ wasClosed: closed === true, atOnce: atOnce as CaseFacts["atOnce"] }),
    { events: true },
  ),
  routing: facet(
    [lastWay, isCorrected],
    ([way, corrected]) => ({ way: WAYS.find((one) => one === way) ?? null, isCorrected: corrected === true }),
    { events: true },
  ),
  topics: facet(
    [isInTopic, sql`t.is_first`, sql`t.is_first_of_person`],
    ([isIn, first, person]) => ({
      isInTopic: isIn === true,
      isFirstOfTopic: first === true,
      isFirstOfPerson: person === true,
    }),
    { topic: true },
  ),
  topicAnswer: facet(
    [sql`(case when t.is_first and t.answered_at is not null then greatest(topic_answered.n - topic_opened.n, 0) end)`],
    ([days]) => ({ topicAnswerDays: days as number | null }),
    { events: true, days: true, topic: true },
  ),
  topicClaims: facet(
    [isInTopic, sql`f.said_done`, sql`f.agrees`, sql`f.disagrees`, isSilent],
    ([isIn, done, ...others]) => ({
      isInTopic: isIn === true,
      isSaidDone: done === true,
      claims: CLAIMS.filter((_, at) => others[at] === true),
    }),
    { events: true },
  ),
  delivery: facet([reached], ([reach]) => ({ reached: reach as CaseFacts["reached"] })),
  verdicts: facet(
    [wasClosed, sql`f.verdict`],
    ([closed, verdict]) => ({ wasClosed: closed === true, verdict: verdict as CaseFacts["verdict"] }),
    { events: true },
  ),
};

function facet(
  columns: readonly (SQL | ((day: ListDay) => SQL))[],
  read: CountedFacet["read"],
  {
    events = false,
    days = false,
    topic = false,
  }: { readonly events?: boolean; readonly days?: boolean; readonly topic?: boolean } = {},
): CountedFacet {
  return {
    columns: columns.map((column) => (typeof column === "function" ? column : () => column)),
    isOfEvents: events,
    isOfDays: days,
    isOfTopic: topic,
    read,
  };
}
