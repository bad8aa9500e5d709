import { eq } from "drizzle-orm";
import type { Transaction } from "../../../db/database.ts";
import { rulesets } from "../../../db/schema/rulesets.ts";
import { type CompiledRuleset, compileRuleset } from "../../domain/rules/compile.ts";
import { readRuleset } from "../../domain/rules/ruleset.ts";

/** The published rule set of a county, compiled, by which messages are decided now. */
export type PublishedRules = { readonly version: number; readonly rules: CompiledRuleset };

/** What was published never changes, so that each process compiles it once; one set for each county is kept. */
const compiled = new Map<string, { readonly id: string; readonly published: PublishedRules }>();

/**
 * The published set of the county whose transaction this is, as this transaction sees it; null while there is none.
 * @throws Error when what was published cannot be read, which its publication refuses
 */
export async function publishedRules(tx: Transaction, jurisdictionId: string): Promise<PublishedRules | null> {
  const [row] = await tx
    .select({ id: rulesets.id, version: rulesets.number })
    .from(rulesets)
    .where(eq(rulesets.state, "published"));
  if (row === undefined) return null;
  const known = compiled.get(jurisdictionId);
  if (known?.id === row.id) return known.published;
  const [whole] = await tx.select({ content: rulesets.content }).from(rulesets).where(eq(rulesets.id, row.id));
  const read = readRuleset(whole?.content);
  if (!read.ok) throw new Error(`rule set ${row.version} cannot be read: ${read.findings[0]?.text ?? ""}`);
  const published = { version: row.version, rules: compileRuleset(read.ruleset) };
  compiled.set(jurisdictionId, { id: row.id, published });
  return published;
}
