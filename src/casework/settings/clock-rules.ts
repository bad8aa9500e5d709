import { sql } from "drizzle-orm";
import { v7 as newId } from "uuid";
import type { Transaction } from "../../../db/database.ts";
import { clockRules } from "../../../db/schema/cases.ts";
import { type Checked, checkRules, type WrittenRule } from "../../domain/clocks/check.ts";
import { defaultRules } from "../../domain/clocks/defaults.ts";
import { type RuleInForce, rulesOn } from "../../domain/clocks/rule.ts";
import { DEFAULTS, readCounty } from "../county/settings.ts";
import { isSamePerson, personName } from "../rules/author.ts";
import { catalogueOf } from "../rules/category-model.ts";

/** Only one change of a county's rules of deadlines at a time. */
const LOCK = 7_204_113_928;

/** A rule of deadlines as people see it: who wrote and who reviewed it, null of one that the service brings along. */
export type ListedRule = RuleInForce & { readonly author: string | null; readonly reviewer: string | null };

/** Lists the rules that clocks are set by on a day, and those that begin later. @param today YYYY-MM-DD */
export async function listClockRules(tx: Transaction, today: string): Promise<ListedRule[]> {
  const { settings } = await readCounty(tx);
  const own = await tx.select().from(clockRules);
  const brought = defaultRules({ ...DEFAULTS, ...settings }.workingDays).map((rule) => ({
    ...rule,
    author: null,
    reviewer: null,
  }));
  const all: ListedRule[] = [...own, ...brought];
  const now = rulesOn(all, today);
  return all
    .filter((rule) => now.includes(rule) || rule.fromOn > today)
    .map(({ id, category, priority, kind, amount, unit, source, fromOn, author, reviewer }) => ({
      ...{ id, category, priority, kind, amount, unit, source, fromOn, author, reviewer },
    }))
    .toSorted((a, b) => orderOf(a).localeCompare(orderOf(b)));
}

/** Checks rows of a file against the county whose transaction this is; nothing changes. */
export async function checkClockRules(tx: Transaction, rows: readonly WrittenRule[], today: string): Promise<Checked> {
  const { topics } = await catalogueOf(tx);
  const rules = await tx.select().from(clockRules);
  return checkRules(rows, { categories: topics.map(({ code }) => code), rules, today });
}

/** The rows to be published, who wrote and who reviewed them, and the moment with its day. */
export type Publishing = {
  readonly rows: readonly WrittenRule[];
  readonly author: string;
  readonly reviewer: string;
  readonly now: Date;
  readonly today: string;
};

/**
 * Publishes rules of deadlines for the county whose transaction this is: all rows or none. Clocks that run keep their rule.
 * @returns how many there are now, or what is wrong, a sentence each
 */
export async function publishClockRules(
  tx: Transaction,
  jurisdictionId: string,
  { rows, now, today, ...people }: Publishing,
): Promise<
  { readonly ok: true; readonly published: number } | { readonly ok: false; readonly problems: readonly string[] }
> {
  const [author, reviewer] = [personName(people.author), personName(people.reviewer)];
  if (author === null || reviewer === null) {
    return { ok: false, problems: ["Author and reviewer are names of 1 to 100 characters."] };
  }
  if (isSamePerson(author, reviewer)) {
    return { ok: false, problems: [`${author} wrote them, so somebody else must review them.`] };
  }
  await lockClockRules(tx, jurisdictionId);
  const checked = await checkClockRules(tx, rows, today);
  if (!checked.ok) return checked;
  await tx
    .insert(clockRules)
    .values(
      checked.rules.map((rule) => ({ ...rule, id: newId(), jurisdictionId, author, reviewer, publishedAt: now })),
    );
  return { ok: true, published: checked.rules.length };
}

/** Keeps anybody else from changing rules of deadlines, or what is wanted of them, until the commit. */
export async function lockClockRules(tx: Transaction, jurisdictionId: string): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${jurisdictionId}, ${LOCK}))`);
}

function orderOf({ kind, category, priority, fromOn }: ListedRule): string {
  return [kind, category ?? "", priority ? 0 : 1, fromOn].join(" ");
}
