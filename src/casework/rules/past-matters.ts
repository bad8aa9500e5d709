import { type SQL, sql } from "drizzle-orm";
import FlatQueue from "flatqueue";
import type { Transaction } from "../../../db/database.ts";
import { weekday } from "../../domain/calendar/days.ts";
import { dayIn, hourIn } from "../../domain/calendar/deadline.ts";
import { REHEARSAL_PREFIX } from "../../domain/case/rehearsal.ts";
import type { Decision, RoutingFacts, TargetFacts } from "../../domain/routing/route.ts";
import { destinationOf, isNobody, type PastMatter, THE_PLACE } from "../../domain/rule-trials/dry-run.ts";
import { type RuleFacts, ruleText } from "../../domain/rules/condition.ts";
import type { RuleTarget } from "../../domain/rules/ruleset.ts";

/** Rows that are read at once; with more of them the garbage of a page outlives the young generation. */
const PAGE = 500;

type PastRow = {
  readonly id: string;
  readonly number: string;
  readonly conversation: string;
  readonly receivedAt: number;
  readonly closedAt: number | null;
  readonly category: string | null;
  readonly channel: string;
  readonly language: string;
  readonly hasPhoto: boolean;
  /** Whether it exists for whoever asks; what does not counts for nothing but how many matters were open. */
  readonly isThere: boolean;
  /** Null for what rules are not asked about: sealed, or urgent. */
  readonly text: string | null;
  readonly chosen: Decision["chosen"];
  readonly way: Decision["way"] | null;
  readonly rule: string;
  /** The day of the decision, YYYY-MM-DD. */
  readonly on: string;
  readonly grid: RoutingFacts["grid"];
  /** The code of its station. */
  readonly station: string | null;
  /** What the rules of that time named and looked at; null where there were none. */
  readonly target: RuleTarget | null;
  readonly message: TargetFacts["message"] | null;
  readonly byHand: boolean;
  readonly scanned: boolean;
};

/** The condition for cases received from a day on, YYYY-MM-DD in the county's time zone; all when it is left out. */
export function receivedSince({ since: day, timeZone }: { readonly since?: string; readonly timeZone: string }) {
  const isReal = sql`not starts_with(c.number, ${REHEARSAL_PREFIX})`;
  return day === undefined
    ? isReal
    : sql`${isReal} and c.received_at >= (${day}::date)::timestamp at time zone ${timeZone}`;
}

/** The condition that a case `c` is one to try rules on. @param only a query of the ids of those that are; all of them when left out */
export function countedOf(only: SQL | undefined): SQL {
  return only === undefined ? sql`true` : sql`c.id in (${only})`;
}

/** The first whole day behind the latest `most` matters, YYYY-MM-DD in the county's time zone; null where there are no more. */
export async function dayOfLatest(tx: Transaction, most: number, timeZone: string): Promise<string | null> {
  const [row] = await tx.execute<{ day: string }>(sql`
    select to_char((received_at at time zone ${timeZone})::date + 1, 'YYYY-MM-DD') as day from cases
    order by received_at desc offset ${most} limit 1`);
  return row?.day ?? null;
}

/**
 * The first decision of each case, in pages, in the order in which the cases came; of its facts only what rules look
 * at.
 *
 * The facts of a decision are large, and few of them are needed: {@link factsThen} reads those.
 */
export async function* pastPages(
  tx: Transaction,
  options: { readonly since?: string; readonly timeZone: string; readonly only?: SQL },
): AsyncGenerator<readonly PastRow[]> {
  await tx.execute(sql`
    declare past no scroll cursor for
    select c.id, c.number, coalesce(v.person_id, c.conversation_id) as conversation,
      (extract(epoch from c.received_at) * 1000)::float8 as "receivedAt",
      (extract(epoch from c.closed_at) * 1000)::float8 as "closedAt",
      c.category, a.channel, v.locale as language, w.text, coalesce(w."hasPhoto", false) as "hasPhoto", ${countedOf(options.only)} as "isThere",
      x.chosen, x.way, x.rule, x.facts ->> 'on' as on, x.facts -> 'grid' as grid,
      x.facts -> 'station' ->> 'code' as station,
      x.facts -> 'target' -> 'target' as target, x.facts -> 'target' -> 'message' as message,
      coalesce(x.facts -> 'byHand', 'null') <> 'null' as "byHand",
      coalesce(x.facts -> 'scannedDeputy', 'null') <> 'null' as scanned
    from cases c
    join conversations v on v.id = c.conversation_id join channel_accounts a on a.id = v.account_id
    join lateral (
      select decision, at from decisions where case_id = c.id order by at, id limit 1
    ) d on true
    cross join lateral jsonb_to_record(d.decision) as x(facts jsonb, chosen jsonb, way text, rule text)
    left join lateral (
      select bool_or(m.kind = 'image') as "hasPhoto", coalesce(string_agg(m.text, chr(10) order by m.at, m.id)
        filter (where m.party = 'resident' and m.kind not in ('answer', 'rating')), '') as text
      from case_messages m where m.case_id = c.id and m.at <= d.at and not c.sealed and not c.priority
    ) w on not c.sealed and not c.priority
    where ${receivedSince(options)} order by c.received_at, c.id`);
  // A query of drizzle runs each time that somebody waits for it: the promise of a function runs once.
  const fetch = async () => tx.execute<PastRow>(sql.raw(`fetch ${PAGE} from past`));
  let next = fetch();
  for (let rows = await next; rows.length > 0; rows = await next) {
    // The database reads the next page while this one is decided; whoever stops before never asks what came of it.
    next = fetch();
    next.catch(() => undefined);
    yield rows;
  }
}

/** The facts of the first decision of each of these cases, by their ids. */
export async function factsThen(tx: Transaction, ids: readonly string[]): Promise<ReadonlyMap<string, RoutingFacts>> {
  if (ids.length === 0) return new Map();
  const wanted = `{${ids.join()}}`;
  const rows = await tx.execute<{ id: string; facts: RoutingFacts }>(sql`
    select distinct on (case_id) case_id as id, decision -> 'facts' as facts from decisions
    where case_id = any(${wanted}::uuid[]) order by case_id, at, id`);
  return new Map(rows.map(({ id, facts }) => [id, facts]));
}

/** A past case as the rules would be asked about it; null for one that they are not asked about. */
export function matterFrom(row: PastRow, openCases: number, timeZone: string): PastMatter | null {
  const { text, chosen, on, grid, station, message, byHand } = row;
  if (text === null) return null;
  const received = new Date(row.receivedAt);
  const known: Omit<RuleFacts, "text"> = message ?? {
    category: row.category,
    channel: row.channel,
    language: row.language,
    hour: hourIn(received, timeZone),
    weekday: weekday(dayIn(received, timeZone)),
    hasPhoto: row.hasPhoto,
    grid: grid === null ? null : { ...grid, station },
    resident: { openCases },
  };
  const decision = { chosen, rule: row.rule, ...(row.way === null ? {} : { way: row.way }) };
  return {
    case: row.number,
    facts: { ...known, text: ruleText(text) },
    on,
    decided: {
      target: byHand ? null : (row.target ?? THE_PLACE),
      to: destinationOf(chosen, byHand ? null : row.target),
      rule: row.rule,
      isNobody: isNobody(decision),
    },
  };
}

/** A counter of the cases that were open at each moment, for a walk through them in the order in which they came. */
export function openThen() {
  const closings = new FlatQueue<Pick<PastRow, "conversation" | "chosen">>();
  const [persons, deputies] = [new Map<string, number>(), new Map<string, number>()];
  const add = (counts: Map<string, number>, key: string, by: number) => {
    const count = (counts.get(key) ?? 0) + by;
    if (count === 0) counts.delete(key);
    else counts.set(key, count);
  };
  const count = ({ conversation, chosen }: Pick<PastRow, "conversation" | "chosen">, by: number) => {
    add(persons, conversation, by);
    if (chosen.kind === "deputy") add(deputies, chosen.deputy, by);
  };
  return {
    advance(now: number) {
      while ((closings.peekValue() ?? Number.POSITIVE_INFINITY) <= now) {
        const closed = closings.pop();
        if (closed !== undefined) count(closed, -1);
      }
    },
    open(row: PastRow) {
      count(row, 1);
      // What it said is not needed any more: only who has it is kept until it closes.
      const { conversation, chosen } = row;
      if (row.closedAt !== null) closings.push({ conversation, chosen }, row.closedAt);
    },
    ofPerson: (conversation: string) => persons.get(conversation) ?? 0,
    ofDeputy: (code: string) => deputies.get(code) ?? 0,
  };
}
