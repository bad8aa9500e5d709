import { sql } from "drizzle-orm";
import FlatQueue from "flatqueue";
import type { Transaction } from "../../../db/database.ts";
import { weekday } from "../../domain/days.ts";
import { dayIn, hourIn } from "../../domain/deadline.ts";
import { destinationOf, type PastMatter } from "../../domain/dry-run.ts";
import type { Decision } from "../../domain/routing.ts";
import { type RuleFacts, ruleText } from "../../domain/rule-condition.ts";

/** Rows that are read at once; with more, memory grows, and nothing becomes faster. */
const PAGE = 2_000;

type PastRow = {
  readonly number: string;
  readonly conversation: string;
  readonly receivedAt: number;
  readonly closedAt: number | null;
  readonly category: string | null;
  readonly channel: string;
  readonly language: string;
  readonly hasPhoto: boolean;
  /** Null for what rules are not asked about: sealed, or urgent. */
  readonly text: string | null;
  readonly facts: Decision["facts"] | null;
  readonly chosen: Decision["chosen"] | null;
};

/** The cases from a day on, YYYY-MM-DD in the county's time zone; all when it is left out. */
export function receivedSince({ since: day, timeZone }: { readonly since?: string; readonly timeZone: string }) {
  return day === undefined ? sql`true` : sql`c.received_at >= (${day}::date)::timestamp at time zone ${timeZone}`;
}

/** The first decision of each case, in the order in which the cases came. */
export async function* pastPages(
  tx: Transaction,
  options: { readonly since?: string; readonly timeZone: string },
): AsyncGenerator<readonly PastRow[]> {
  await tx.execute(sql`
    declare past no scroll cursor for
    select c.number, c.conversation_id as conversation,
      (extract(epoch from c.received_at) * 1000)::float8 as "receivedAt",
      (extract(epoch from c.closed_at) * 1000)::float8 as "closedAt",
      c.category, a.channel, v.locale as language, w.text, coalesce(w."hasPhoto", false) as "hasPhoto",
      case when c.sealed or c.priority then null else d.decision -> 'facts' end as facts,
      d.decision -> 'chosen' as chosen
    from cases c
    join conversations v on v.id = c.conversation_id join channel_accounts a on a.id = v.account_id
    join lateral (
      select decision, at from decisions where case_id = c.id order by at, id limit 1
    ) d on true
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

/** A past case as the rules would be asked about it; null for one that they are not asked about. */
export function matterFrom(row: PastRow, openCases: number, timeZone: string): PastMatter | null {
  const { text, facts, chosen } = row;
  if (text === null || facts === null || chosen === null) return null;
  const { grid, station, target } = facts;
  const received = new Date(row.receivedAt);
  const known: Omit<RuleFacts, "text"> = target?.message ?? {
    category: row.category,
    channel: row.channel,
    language: row.language,
    hour: hourIn(received, timeZone),
    weekday: weekday(dayIn(received, timeZone)),
    hasPhoto: row.hasPhoto,
    grid: grid === null ? null : { ...grid, station: station?.code ?? null },
    resident: { openCases },
  };
  return {
    case: row.number,
    facts: { ...known, text: ruleText(text) },
    routing: facts,
    from: destinationOf({ chosen, facts }),
  };
}

/** How many cases were open at each moment, as one walks through them in the order in which they came. */
export function openThen() {
  const closings = new FlatQueue<PastRow>();
  const [persons, deputies] = [new Map<string, number>(), new Map<string, number>()];
  const add = (counts: Map<string, number>, key: string, by: number) => {
    const count = (counts.get(key) ?? 0) + by;
    if (count === 0) counts.delete(key);
    else counts.set(key, count);
  };
  const count = ({ conversation, chosen }: PastRow, by: number) => {
    add(persons, conversation, by);
    if (chosen?.kind === "deputy") add(deputies, chosen.deputy, by);
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
      if (row.closedAt !== null) closings.push({ ...row, text: null, facts: null }, row.closedAt);
    },
    ofPerson: (conversation: string) => persons.get(conversation) ?? 0,
    ofDeputy: (code: string) => deputies.get(code) ?? 0,
  };
}
