import type { CompiledRuleset } from "../rules/compile.ts";
import type { RuleFacts } from "../rules/condition.ts";
import type { Finding } from "../rules/ruleset.ts";
import { duplicateFindings } from "./check-duplicates.ts";
import { overloadFindings, type PastMatters } from "./check-load.ts";
import { loopFindings } from "./check-loops.ts";
import { shadowFindings } from "./check-shadows.ts";
import { expiredFindings, targetFindings } from "./check-targets.ts";
import { type CountySnapshot, countyOf } from "./county-snapshot.ts";
import { type Gap, gapsOf } from "./gaps.ts";
import { someOf } from "./wording.ts";

/** The share of all matters that one person may get, where neither the county nor whoever asks says otherwise. */
export const MOST_SHARE = 0.2;

/**
 * Checks a rule set in a county: all findings, in the order of the kinds; empty when nothing is wrong.
 *
 * @param past the matters of the last 90 days, counted with the same compiled set on the day of the snapshot
 * @param options.mostShare what one person may get of them, 0 to 1
 */
export function checkRuleset(
  compiled: CompiledRuleset,
  snapshot: CountySnapshot,
  past: PastMatters,
  { mostShare = MOST_SHARE }: { readonly mostShare?: number } = {},
): Finding[] {
  const { ruleset } = compiled;
  const county = countyOf(snapshot);
  const expired = expiredFindings(ruleset, snapshot.on);
  const duplicates = duplicateFindings(ruleset, snapshot.on);
  const told = new Set([...expired, ...duplicates].flatMap(({ rule }) => rule ?? []));
  return [
    ...targetFindings(county, ruleset),
    ...expired,
    ...shadowFindings(compiled, snapshot, told),
    ...duplicates,
    ...loopFindings(snapshot.handovers, snapshot.on),
    ...overloadFindings(county, past, mostShare),
    ...gapsOf(county, compiled).map(gapFinding),
  ];
}

/** A gap as people read it. */
function gapFinding({ rules, grids, isCounted, example }: Gap): Finding {
  const where = `${isCounted ? "" : "at least "}${grids.length} ${grids.length === 1 ? "grid" : "grids"} (${someOf(grids)})`;
  const nobody = "neither the grid nor its station has a deputy in office";
  if (rules === "plain") {
    const text = `an ordinary message from ${where} reaches no deputy, whatever its category: ${nobody}`;
    return { rule: null, kind: "gap", text };
  }
  const named = rules.map((rule) => rule ?? "otherwise");
  const [only = null] = rules.length === 1 ? rules : [];
  const what = only === null ? `what ${someOf(named)} ${named.length === 1 ? "takes" : "take"}` : "what it takes";
  const text = `${what} from ${where} reaches no deputy: its target has nobody in office, and there ${nobody}; for example ${inWords(example)}`;
  return { rule: only, kind: "gap", text };
}

function inWords({ text, category }: RuleFacts): string {
  const said = text === "" ? "" : ` with the words "${text}"`;
  return `a message${said}${category === null ? "" : ` in the category ${category}`}`;
}
