import { sql } from "drizzle-orm";
import type { Database, Transaction } from "../../../db/database.ts";
import { DEFAULT_RULESET } from "../../domain/routing/route.ts";
import { type Coverage, coverageOf } from "../../domain/rule-trials/coverage.ts";
import { compileRuleset } from "../../domain/rules/compile.ts";
import type { Ruleset } from "../../domain/rules/ruleset.ts";
import { snapshotOf } from "./county-snapshot.ts";
import { publishedRules } from "./published.ts";

/** The certificate of a county's coverage, with the version of its rules under which it was given. */
export type CountyCoverage = Coverage & {
  /** Null while the county has published none: what comes from a grid goes to the grid's own deputies. */
  readonly ruleset: { readonly version: number; readonly name: string } | null;
};

/** The certificate of the county as it is now, under the rules that hold now. */
export function coverageNow(
  { database, now, timeZone }: { readonly database: Database; readonly now: () => Date; readonly timeZone: string },
  jurisdictionId: string,
): Promise<CountyCoverage> {
  return database.inCounty(jurisdictionId, async (tx) => {
    await tx.execute(sql`set transaction read only`);
    return coverageIn(tx, jurisdictionId, { now: now(), timeZone });
  });
}

/**
 * The certificate of the county whose transaction this is.
 * @param options.on a day to come, with what is planned until then; today when left out
 * @param options.grid the code of the only grid that is wanted
 * @param options.version instead of the one that is published, with its rules
 */
export async function coverageIn(
  tx: Transaction,
  jurisdictionId: string,
  options: {
    readonly now: Date;
    readonly timeZone: string;
    readonly on?: string;
    readonly grid?: string;
    readonly version?: { readonly number: number; readonly ruleset: Ruleset };
  },
): Promise<CountyCoverage> {
  const { now, timeZone, on, grid, version } = options;
  const [whole, published] = await Promise.all([
    snapshotOf(tx, now, timeZone, on),
    version === undefined ? publishedRules(tx, jurisdictionId) : null,
  ]);
  const snapshot = grid === undefined ? whole : { ...whole, grids: whole.grids.filter(({ code }) => code === grid) };
  if (version !== undefined) {
    const { number, ruleset } = version;
    return { ruleset: { version: number, name: ruleset.name }, ...coverageOf(snapshot, compileRuleset(ruleset)) };
  }
  if (published === null) {
    const builtIn = compileRuleset({ name: DEFAULT_RULESET, rules: [], otherwise: { kind: "grid" } });
    return { ruleset: null, ...coverageOf(snapshot, builtIn) };
  }
  const { rules } = published;
  return { ruleset: { version: published.version, name: rules.ruleset.name }, ...coverageOf(snapshot, rules) };
}
