import { sql } from "drizzle-orm";
import type { Database } from "../../../db/database.ts";
import { DEFAULT_RULESET } from "../../domain/routing/route.ts";
import { type Coverage, coverageOf } from "../../domain/rule-trials/coverage.ts";
import { compileRuleset } from "../../domain/rules/compile.ts";
import { snapshotOf } from "./county-snapshot.ts";
import { publishedRules } from "./published.ts";

/** The certificate of a county's coverage, with the version of its rules under which it was given. */
export type CountyCoverage = Coverage & {
  /** Null while the county has published none: what comes from a grid goes to the grid's own deputies. */
  readonly ruleset: { readonly version: number; readonly name: string } | null;
};

/** The certificate of the county as it is now, under the rules that hold now. */
export async function coverageNow(
  { database, now, timeZone }: { readonly database: Database; readonly now: () => Date; readonly timeZone: string },
  jurisdictionId: string,
): Promise<CountyCoverage> {
  const { snapshot, published } = await database.inCounty(jurisdictionId, async (tx) => {
    await tx.execute(sql`set transaction read only`);
    const [seen, rules] = await Promise.all([snapshotOf(tx, now(), timeZone), publishedRules(tx, jurisdictionId)]);
    return { snapshot: seen, published: rules };
  });
  if (published === null) {
    const builtIn = compileRuleset({ name: DEFAULT_RULESET, rules: [], otherwise: { kind: "grid" } });
    return { ruleset: null, ...coverageOf(snapshot, builtIn) };
  }
  const { version, rules } = published;
  return { ruleset: { version, name: rules.ruleset.name }, ...coverageOf(snapshot, rules) };
}
