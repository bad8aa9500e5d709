import { sql } from "drizzle-orm";
import type { Database } from "../../../db/database.ts";
import { jurisdictions } from "../../../db/schema/county.ts";
import { addDays } from "../../domain/calendar/days.ts";
import { checkRuleset } from "../../domain/rule-trials/check.ts";
import { countMatters } from "../../domain/rule-trials/check-load.ts";
import { compileRuleset } from "../../domain/rules/compile.ts";
import { readContent } from "../../domain/rules/content.ts";
import type { Finding } from "../../domain/rules/ruleset.ts";
import { snapshotOf } from "./county-snapshot.ts";
import { matterFrom, openThen, pastPages } from "./past-matters.ts";
import { showRuleset } from "./versions.ts";

type Services = { readonly database: Database; readonly now: () => Date; readonly timeZone: string };

/** The result of a check of rules; `ok` when nothing was found. */
export type RulesCheck = { readonly ok: boolean; readonly findings: readonly Finding[] };

const PAST_DAYS = 90;

/**
 * Checks a rule set against a county as it is now and against its last 90 days; writes nothing, for the database refuses it.
 *
 * @param content the JSON of a rule set, of any shape; one that cannot be read is `invalid`
 * @param options.mostShare what one person may get of all matters, 0 to 1; the county's own setting when left out
 */
export async function checkRules(
  { database, now, timeZone }: Services,
  jurisdictionId: string,
  content: unknown,
  options: { readonly mostShare?: number } = {},
): Promise<RulesCheck> {
  const read = readContent(content);
  if (!read.ok) return { ok: false, findings: read.findings };
  const compiled = compileRuleset(read.ruleset);
  const { snapshot, past, share } = await database.inCounty(jurisdictionId, async (tx) => {
    await tx.execute(sql`set transaction read only`);
    const [seen, [county]] = await Promise.all([
      snapshotOf(tx, now(), timeZone),
      tx.select({ settings: jurisdictions.settings }).from(jurisdictions),
    ]);
    const counted = countMatters(compiled, seen.on);
    const since = addDays(seen.on, -PAST_DAYS);
    const then = openThen();
    for await (const rows of pastPages(tx, { since, timeZone })) {
      for (const row of rows) {
        then.advance(row.receivedAt);
        const matter = matterFrom(row, then.ofPerson(row.conversation), timeZone);
        if (matter !== null && !row.scanned) counted.add(matter.facts);
        then.open(row);
      }
    }
    return { snapshot: seen, past: counted, share: county?.settings.overloadShare };
  });
  const findings = checkRuleset(compiled, snapshot, past, { mostShare: options.mostShare ?? share });
  return { ok: findings.length === 0, findings };
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
