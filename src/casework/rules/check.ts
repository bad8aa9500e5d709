import { sql } from "drizzle-orm";
import type { Database, Transaction } from "../../../db/database.ts";
import { jurisdictions } from "../../../db/schema/county.ts";
import { addDays } from "../../domain/calendar/days.ts";
import { checkRuleset } from "../../domain/rule-trials/check.ts";
import { countMatters } from "../../domain/rule-trials/check-load.ts";
import { compileRuleset } from "../../domain/rules/compile.ts";
import { readContent } from "../../domain/rules/content.ts";
import type { Finding } from "../../domain/rules/finding.ts";
import type { Ruleset } from "../../domain/rules/ruleset.ts";
import { snapshotOf } from "./county-snapshot.ts";
import { dayOfLatest, matterFrom, openThen, pastPages } from "./past-matters.ts";
import { showRuleset } from "./versions.ts";

type Services = { readonly database: Database; readonly now: () => Date; readonly timeZone: string };

/** The result of a check of rules; `ok` when nothing was found. */
export type RulesCheck = { readonly ok: boolean; readonly findings: readonly Finding[] };

/** The result of a check of rules that could be read, with how many of the past matters each rule would have taken. */
type ReadCheck = RulesCheck & { readonly hits: Record<string, number>; readonly matters: number };

const PAST_DAYS = 90;

/** Beside what one person may get of all matters, 0 to 1: the county's own setting when left out. */
type CheckOptions = {
  readonly mostShare?: number;
  /** Of the last 90 days only as many of the latest, in whole days. */
  readonly mostMatters?: number;
};

/**
 * Checks a rule set against a county as it is now and against its last 90 days; writes nothing, for the database refuses it.
 *
 * @param content the JSON of a rule set, of any shape; one that cannot be read is `invalid`
 */
export async function checkRules(
  { database, now, timeZone }: Services,
  jurisdictionId: string,
  content: unknown,
  options: CheckOptions = {},
): Promise<RulesCheck> {
  const read = readContent(content);
  if (!read.ok) return { ok: false, findings: read.findings };
  return database.inCounty(jurisdictionId, async (tx) => {
    const { ok, findings } = await checkRead(tx, { now, timeZone }, read.ruleset, options);
    return { ok, findings };
  });
}

/** Checks a rule set that was read in the transaction of its county, which writes nothing from then on. */
export async function checkRead(
  tx: Transaction,
  { now, timeZone }: Pick<Services, "now" | "timeZone">,
  ruleset: Ruleset,
  options: CheckOptions = {},
): Promise<ReadCheck> {
  await tx.execute(sql`set transaction read only`);
  const compiled = compileRuleset(ruleset);
  const [snapshot, [county]] = await Promise.all([
    snapshotOf(tx, now(), timeZone),
    tx.select({ settings: jurisdictions.settings }).from(jurisdictions),
  ]);
  const past = countMatters(compiled, snapshot.on);
  const first = addDays(snapshot.on, -PAST_DAYS);
  const latest = options.mostMatters === undefined ? null : await dayOfLatest(tx, options.mostMatters, timeZone);
  const since = latest === null || latest < first ? first : latest;
  const then = openThen();
  for await (const rows of pastPages(tx, { since, timeZone })) {
    for (const row of rows) {
      then.advance(row.receivedAt);
      const matter = matterFrom(row, then.ofPerson(row.conversation), timeZone);
      if (matter !== null && !row.scanned) past.add(matter.facts);
      then.open(row);
    }
  }
  const mostShare = options.mostShare ?? county?.settings.overloadShare;
  const findings = checkRuleset(compiled, snapshot, past, { mostShare });
  const hits: Record<string, number> = Object.fromEntries(ruleset.rules.map(({ id }) => [id, 0]));
  for (const { rule, count } of past.taken()) if (rule !== null) hits[rule] = (hits[rule] ?? 0) + count;
  return { ok: findings.length === 0, findings, hits, matters: past.total() };
}

/**
 * Checks a version of a county's rule set, for whoever is about to publish it or just did: findings refuse nothing, for
 * its codes may be imported later, and what has no taker falls through to the place's deputies.
 *
 * @param mostRules a version with more is not checked
 * @returns null where it was not checked, also where there is no such version
 */
export async function checkVersion(
  services: Services,
  jurisdictionId: string,
  number: number,
  mostRules = Number.POSITIVE_INFINITY,
): Promise<RulesCheck | null> {
  const found = await services.database.inCounty(jurisdictionId, (tx) => showRuleset(tx, number));
  const read = found === null ? null : readContent(found.content);
  if (found === null || (read?.ok && read.ruleset.rules.length > mostRules)) return null;
  return checkRules(services, jurisdictionId, found.content);
}
