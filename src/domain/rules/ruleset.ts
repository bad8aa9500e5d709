import { z } from "zod";
import type { Condition } from "./condition.ts";
import { type Finding, invalidAt } from "./finding.ts";
import { readCondition } from "./read-condition.ts";

/** The target of a rule: the receiver of a message. Codes are those of the import. */
export type RuleTarget =
  | { readonly kind: "grid" }
  /** The station of the grid, or the one with this code. */
  | { readonly kind: "station"; readonly code: string | null }
  | { readonly kind: "deputy"; readonly code: string }
  | { readonly kind: "group"; readonly code: string }
  | { readonly kind: "unit"; readonly code: string }
  | { readonly kind: "office" };

/** A rule of a set, read and typed. */
export type Rule = {
  readonly id: string;
  readonly when: Condition;
  readonly target: RuleTarget;
  readonly reason: string;
  readonly owner: string;
  /** Last day on which it holds, YYYY-MM-DD; null for ever. */
  readonly expires: string | null;
};

/** A rule set: rules in the order in which they are asked, and the target where none of them holds. */
export type Ruleset = {
  readonly name: string;
  readonly rules: readonly Rule[];
  readonly otherwise: RuleTarget;
};

/** The most rules of a set: sets are written and read by people, so more are a mistake. */
const MOST_RULES = 10_000;
/** The most bytes of a set's JSON; more is refused before it is parsed. */
export const MOST_BYTES = 8 * 1024 * 1024;
const MOST_FINDINGS = 100;

const short = z.string().trim().min(1).max(200);
const code = z.string().trim().min(1).max(64);
const target = z.union([
  z.strictObject({ grid: z.literal(true) }).transform((): RuleTarget => ({ kind: "grid" })),
  z
    .strictObject({ station: z.union([z.literal(true), code]) })
    .transform(({ station }): RuleTarget => ({ kind: "station", code: station === true ? null : station })),
  z.strictObject({ deputy: code }).transform(({ deputy }): RuleTarget => ({ kind: "deputy", code: deputy })),
  z.strictObject({ group: code }).transform(({ group }): RuleTarget => ({ kind: "group", code: group })),
  z.strictObject({ unit: code }).transform(({ unit }): RuleTarget => ({ kind: "unit", code: unit })),
  z.strictObject({ office: z.literal(true) }).transform((): RuleTarget => ({ kind: "office" })),
]);
const assignment = z.strictObject({ assign: target });
const day = z.iso.date();
const ruleShape = z.strictObject({
  id: z.string().regex(/^[\p{L}\p{N}][\p{L}\p{N}_.-]{0,63}$/u),
  when: z.unknown(),
  then: assignment,
  reason: short,
  owner: short,
  expires: day.nullish(),
});
const setShape = z.strictObject({
  name: short,
  rules: z.array(z.unknown()),
  otherwise: assignment,
});

/** The shape of a rule set in zod, for the description of the API; the conditions have a language of their own. */
export const RULESET_SHAPE = setShape.extend({ rules: z.array(ruleShape).max(MOST_RULES) });

/**
 * Reads a rule set as an office writes it (contract.md, "Rule set").
 *
 * @param json parsed JSON of any shape
 * @returns the rules, or every mistake with the rule and place named, at most a hundred
 */
export function readRuleset(
  json: unknown,
): { readonly ok: true; readonly ruleset: Ruleset } | { readonly ok: false; readonly findings: readonly Finding[] } {
  const shape = setShape.safeParse(json, { reportInput: true });
  if (!shape.success) return { ok: false, findings: shape.error.issues.map((issue) => invalid(null, issue, "")) };
  const { name, otherwise } = shape.data;
  if (shape.data.rules.length > MOST_RULES) {
    const count = shape.data.rules.length;
    return { ok: false, findings: [invalidAt("rules", "too-many-rules", { count, most: MOST_RULES })] };
  }
  const findings: Finding[] = [];
  const rules: Rule[] = [];
  const seen = new Set<string>();
  for (const [index, value] of shape.data.rules.entries()) {
    if (findings.length >= MOST_FINDINGS) break;
    const read = readRule(value, index);
    if (!read.ok) {
      findings.push(...read.findings);
      continue;
    }
    if (seen.has(read.rule.id)) findings.push(invalidAt(`rules[${index}].id`, "same-id", {}, read.rule.id));
    seen.add(read.rule.id);
    rules.push(read.rule);
  }
  if (findings.length > 0) return { ok: false, findings };
  return { ok: true, ruleset: { name, rules, otherwise: otherwise.assign } };
}

function readRule(
  value: unknown,
  index: number,
): { readonly ok: true; readonly rule: Rule } | { readonly ok: false; readonly findings: readonly Finding[] } {
  const named =
    typeof value === "object" && value !== null && "id" in value && typeof value.id === "string" ? value.id : null;
  const at = `rules[${index}]`;
  const shape = ruleShape.safeParse(value, { reportInput: true });
  const condition = typeof value === "object" && value !== null && "when" in value ? readCondition(value.when) : null;
  const findings = (shape.error?.issues ?? []).map((issue) => invalid(named, issue, at));
  if (condition === null) findings.push(invalidAt(`${at}.when`, "absent", {}, named));
  else if (!condition.ok) {
    const { code, values } = condition.wrong;
    findings.push(invalidAt(`${at}.when${condition.at === "" ? "" : `.${condition.at}`}`, code, values, named));
  }
  if (!shape.success || condition === null || !condition.ok) return { ok: false, findings };
  const { id, reason, owner, expires } = shape.data;
  const rule = {
    id,
    when: condition.condition,
    target: shape.data.then.assign,
    reason,
    owner,
    expires: expires ?? null,
  };
  return { ok: true, rule };
}

/** @param at the place of what was read; empty for the set itself */
function invalid(rule: string | null, issue: z.core.$ZodIssue, at: string): Finding {
  const path = issue.path.map((part) => (typeof part === "number" ? `[${part}]` : `.${String(part)}`)).join("");
  const where = `${at}${path}`.replace(/^\./, "") || null;
  switch (issue.code) {
    case "invalid_union":
      return invalidAt(where, "no-target", {}, rule);
    case "unrecognized_keys":
      return invalidAt(where, "unknown-key", { keys: issue.keys }, rule);
    case "invalid_type":
      return issue.input === undefined
        ? invalidAt(where, "absent", {}, rule)
        : invalidAt(where, "wrong-type", { expected: issue.expected }, rule);
    case "invalid_format":
      return invalidAt(where, issue.format === "date" ? "bad-day" : "bad-id", {}, rule);
    case "too_small":
      return invalidAt(where, "blank", {}, rule);
    case "too_big":
      return invalidAt(where, "text-long", { most: Number(issue.maximum) }, rule);
    default:
      return invalidAt(where, "shape", { said: issue.message }, rule);
  }
}
