import { sql } from "drizzle-orm";
import FlatQueue from "flatqueue";
import type { Database, Transaction } from "../../../db/database.ts";
import { weekday } from "../../domain/days.ts";
import { dayIn, hourIn } from "../../domain/deadline.ts";
import { decideThen, destinationOf, type NamedThen, type PastMatter } from "../../domain/dry-run.ts";
import { type DryRunReport, gatherDryRun } from "../../domain/dry-run-report.ts";
import type { Decision } from "../../domain/routing.ts";
import { type RuleFacts, ruleText } from "../../domain/rule-condition.ts";
import { compileRuleset } from "../../domain/rule-index.ts";
import type { Ruleset, RuleTarget } from "../../domain/ruleset.ts";
import { peopleThen } from "./people-then.ts";
import { publishedRules } from "./published.ts";

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

/**
 * Lets a draft decide the matters of the past, with the facts as they were then, and writes nothing: the database itself
 * refuses it. Memory does not grow with their number.
 *
 * @param options.since ISO day, the first that counts; all when left out
 * @param options.onProgress called with the matters done and how many there are
 */
export async function dryRun(
  database: Database,
  jurisdictionId: string,
  draft: Ruleset,
  options: {
    readonly timeZone: string;
    readonly since?: string;
    readonly onProgress?: (done: number, total: number) => void;
  },
): Promise<DryRunReport> {
  return database.inCounty(jurisdictionId, async (tx) => {
    await tx.execute(sql`set transaction read only`);
    const [published, people, [total]] = await Promise.all([
      publishedRules(tx, jurisdictionId),
      peopleThen(tx),
      tx.execute<{ count: number }>(sql`select count(*)::int as count from cases c where ${since(options)}`),
    ]);
    const ruling = { version: 0, rules: compileRuleset(draft) };
    const gathering = gatherDryRun(draft.rules.map((rule) => rule.id));
    const then = openThen();
    let done = 0;
    for await (const rows of pages(tx, options)) {
      for (const row of rows) {
        then.advance(row.receivedAt);
        const matter = matterFrom(row, then.ofPerson(row.conversation), options.timeZone);
        if (matter === null) gathering.leaveOut(1);
        else {
          const when = { on: matter.routing.on, at: row.receivedAt };
          const named = (target: RuleTarget): NamedThen =>
            recordedAnswer(matter, target) ?? people.named(target, when, then.ofDeputy);
          gathering.take(matter, decideThen(ruling, matter, named), decideThen(published, matter, named));
        }
        then.open(row);
      }
      done += rows.length;
      options.onProgress?.(done, total?.count ?? done);
    }
    return gathering.report();
  });
}

function matterFrom(row: PastRow, openCases: number, timeZone: string): PastMatter | null {
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

/** Whom a target named then, when the decision asked the same: nothing is known better. */
function recordedAnswer({ routing }: PastMatter, target: RuleTarget): NamedThen | null {
  const asked = routing.target;
  if (asked == null || JSON.stringify(asked.target) !== JSON.stringify(target)) return null;
  return { deputies: asked.deputies, substitutes: [], name: asked.name };
}

/** How many cases were open at each moment, as one walks through them in the order in which they came. */
function openThen() {
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

function since({ since: day, timeZone }: { readonly since?: string; readonly timeZone: string }) {
  return day === undefined ? sql`true` : sql`c.received_at >= (${day}::date)::timestamp at time zone ${timeZone}`;
}

/** The first decision of each case, in the order in which the cases came. */
async function* pages(
  tx: Transaction,
  options: { readonly since?: string; readonly timeZone: string },
): AsyncGenerator<readonly PastRow[]> {
  await tx.execute(sql`
    declare past no scroll cursor for
    select c.number, c.conversation_id as conversation,
      (extract(epoch from c.received_at) * 1000)::float8 as "receivedAt",
      (extract(epoch from c.closed_at) * 1000)::float8 as "closedAt",
      c.category, a.channel, v.locale as language,
      case when c.sealed or c.priority then null else coalesce((
        select string_agg(m.text, E'\\n' order by m.at, m.id) from case_messages m
        where m.case_id = c.id and m.party = 'resident' and m.kind not in ('answer', 'rating') and m.at <= d.at), '') end as text,
      exists (select from case_messages m where m.case_id = c.id and m.kind = 'image' and m.at <= d.at) as "hasPhoto",
      case when c.sealed or c.priority then null else d.decision -> 'facts' end as facts,
      d.decision -> 'chosen' as chosen
    from cases c
    join conversations v on v.id = c.conversation_id join channel_accounts a on a.id = v.account_id
    join lateral (
      select decision, at from decisions where case_id = c.id order by at, id limit 1
    ) d on true
    where ${since(options)} order by c.received_at, c.id`);
  for (;;) {
    const rows = await tx.execute<PastRow>(sql.raw(`fetch ${PAGE} from past`));
    if (rows.length === 0) return;
    yield rows;
  }
}
