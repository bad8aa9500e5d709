import { type CountyPicture, countyOf } from "./rule-check-county.ts";
import { duplicateFindings } from "./rule-check-doubles.ts";
import { overloadFindings, type PastMatters } from "./rule-check-load.ts";
import { loopFindings } from "./rule-check-loops.ts";
import { shadowFindings } from "./rule-check-shadows.ts";
import { expiredFindings, targetFindings } from "./rule-check-targets.ts";
import type { RuleFacts } from "./rule-condition.ts";
import { type Gap, gapsOf } from "./rule-gaps.ts";
import type { CompiledRuleset } from "./rule-index.ts";
import type { Finding } from "./ruleset.ts";

/** What one person may get of all matters, where neither the county nor whoever asks says otherwise. */
export const MOST_SHARE = 0.2;
const MOST_NAMED = 5;

/**
 * Everything that is wrong with a rule set in a county, in the order of the kinds; empty when nothing is.
 *
 * @param past the matters of the last 90 days, counted with the same compiled set on the day of the picture
 * @param options.mostShare what one person may get of them, 0 to 1
 */
export function checkRuleset(
  compiled: CompiledRuleset,
  picture: CountyPicture,
  past: PastMatters,
  { mostShare = MOST_SHARE }: { readonly mostShare?: number } = {},
): Finding[] {
  const { ruleset } = compiled;
  const county = countyOf(picture);
  const expired = expiredFindings(ruleset, picture.on);
  const duplicates = duplicateFindings(ruleset, picture.on);
  const told = new Set([...expired, ...duplicates].flatMap(({ rule }) => rule ?? []));
  return [
    ...targetFindings(county, ruleset),
    ...expired,
    ...shadowFindings(compiled, picture, told),
    ...duplicates,
    ...loopFindings(picture.handovers, picture.on),
    ...overloadFindings(county, past, mostShare),
    ...gapsOf(county, compiled).map(gapFinding),
  ];
}

/** A gap as people read it. */
export function gapFinding({ of, grids, isCounted, example }: Gap): Finding {
  const more = grids.length - MOST_NAMED;
  const named = `${grids.slice(0, MOST_NAMED).join(", ")}${more > 0 ? ` and ${more} more` : ""}`;
  const count = `${isCounted ? "" : "at least "}${grids.length} ${grids.length === 1 ? "grid" : "grids"}`;
  const nobody = "there neither the grid nor its station has a deputy in office";
  switch (of.kind) {
    case "everything":
      return { rule: null, kind: "gap", text: `nothing from ${count} reaches a deputy (${named}): ${nobody}` };
    case "otherwise": {
      const text = `what no rule takes from ${count} reaches no deputy (${named}): ${nobody}`;
      return { rule: null, kind: "gap", text };
    }
    case "rule": {
      const text = `what it takes from ${count} reaches no deputy (${named}), for example ${inWords(example)}: it names nobody in office, and ${nobody}`;
      return { rule: of.rule, kind: "gap", text };
    }
  }
}

function inWords({ text, category }: RuleFacts): string {
  const said = text === "" ? "" : ` with the words "${text}"`;
  return `a message${said}${category === null ? "" : ` in the category ${category}`}`;
}
