import { desc, isNotNull, sql } from "drizzle-orm";
import type { Transaction } from "../../../db/database.ts";
import { rulesets } from "../../../db/schema/rulesets.ts";
import { addDays } from "../../domain/calendar/days.ts";
import { dayIn } from "../../domain/calendar/deadline.ts";
import { REHEARSAL_PREFIX } from "../../domain/case/rehearsal.ts";
import { isSameJson } from "../../domain/rules/compare.ts";
import { idOf, rulesIn } from "../../domain/rules/finding-place.ts";
import { dayOfLatest } from "../rules/past-matters.ts";
import { publishedRules } from "../rules/published.ts";

/** The use of one rule of the rules in force. */
export type RuleUse = {
  readonly rule: string;
  readonly order: number;
  readonly hits: number;
  /** Cases that a person moved away afterwards. */
  readonly movedAfter: number;
  readonly owner: string;
  readonly reason: string;
  readonly expires: string | null;
  /** The version in which it took its present form. */
  readonly changedIn: number;
};

/** A web process looks at no more matters than these, the latest; `since` of the answer says from when. */
const MOST_MATTERS = 20_000;
/** How many published versions are looked through for the last change of a rule. */
const VERSIONS = 50;

/**
 * Counts how often each rule in force decided first, of the ordinary cases of the last days, and how often a person moved the case away.
 * @param days 1 to 400; fewer count where there were too many matters
 */
export async function ruleUse(
  tx: Transaction,
  jurisdictionId: string,
  options: { readonly days: number; readonly now: Date; readonly timeZone: string },
): Promise<{ readonly version: number | null; readonly since: string; readonly rules: readonly RuleUse[] }> {
  const { days, now, timeZone } = options;
  const [published, latest] = await Promise.all([
    publishedRules(tx, jurisdictionId),
    dayOfLatest(tx, MOST_MATTERS, timeZone),
  ]);
  const first = addDays(dayIn(now, timeZone), -days);
  const since = latest === null || latest < first ? first : latest;
  if (published === null) return { version: null, since, rules: [] };
  const [counts, changed] = await Promise.all([countsSince(tx, since, timeZone), lastChanges(tx)]);
  const byRule = new Map(counts.map((one) => [one.rule, one]));
  const rules = published.rules.ruleset.rules.map(({ id, owner, reason, expires }, index) => ({
    ...{ rule: id, order: index + 1, owner, reason, expires },
    ...{ hits: byRule.get(id)?.hits ?? 0, movedAfter: byRule.get(id)?.moved ?? 0 },
    changedIn: changed.get(id) ?? published.version,
  }));
  return { version: published.version, since, rules };
}

async function countsSince(tx: Transaction, since: string, timeZone: string) {
  return tx.execute<{ rule: string; hits: number; moved: number }>(sql`
    select d.rule, count(*)::int as hits, count(*) filter (where c.moved_by is not null)::int as moved
    from cases c
    join lateral (
      select decision -> 'facts' -> 'target' ->> 'rule' as rule from decisions where case_id = c.id order by at, id limit 1
    ) d on d.rule is not null
    where c.received_at >= (${since}::date)::timestamp at time zone ${timeZone} and not c.sealed and not starts_with(c.number, ${REHEARSAL_PREFIX})
    group by 1`);
}

/** For each rule in force, the oldest version behind which it never changed until now. */
async function lastChanges(tx: Transaction): Promise<ReadonlyMap<string, number>> {
  const versions = await tx
    .select({ number: rulesets.number, content: rulesets.content })
    .from(rulesets)
    .where(isNotNull(rulesets.publishedAt))
    .orderBy(desc(rulesets.publishedAt))
    .limit(VERSIONS);
  const [current, ...older] = versions.map(({ number, content }) => ({
    number,
    rules: new Map(rulesIn(content).map((rule) => [idOf(rule), rule])),
  }));
  const changed = new Map<string, number>();
  for (const [id, rule] of current?.rules ?? []) {
    if (id === null || current === undefined) continue;
    const since = older.findIndex(({ rules }) => !isSameJson(rules.get(id), rule));
    const last = since === -1 ? older.at(-1) : older[since - 1];
    changed.set(id, (last ?? current).number);
  }
  return changed;
}
