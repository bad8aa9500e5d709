import type { Finding } from "./finding.ts";

/** The weight of a finding for whoever edits: cannot be taken, never reached, reaches nobody, overloads somebody, or a notice. */
type FindingWeight = "refused" | "dead" | "nobody" | "overload" | "notice";

/** A finding with its place in the content, such as `rules[1].when.and[0].in`, and its weight; the place is null for the whole. */
export type PlacedFinding = Finding & { readonly weight: FindingWeight };

const WEIGHTS: Readonly<Record<Finding["kind"], FindingWeight>> = {
  invalid: "refused",
  shadowed: "dead",
  duplicate: "dead",
  "unknown-target": "nobody",
  gap: "nobody",
  loop: "nobody",
  overload: "overload",
  expired: "notice",
};

/** The part of a rule that a finding of a kind is about. */
const PARTS: Readonly<Record<Finding["kind"], string>> = {
  invalid: "",
  shadowed: ".when",
  duplicate: ".when",
  "unknown-target": ".then.assign",
  gap: ".then.assign",
  loop: ".then.assign",
  overload: ".then.assign",
  expired: ".expires",
};

/** Puts findings at their places in the content that they are about, by the ids of its rules. */
export function placeFindings(content: unknown, findings: readonly Finding[]): PlacedFinding[] {
  const order = new Map(rulesIn(content).map((rule, index) => [idOf(rule), index]));
  return findings.map((finding) => {
    const weight = WEIGHTS[finding.kind];
    if (finding.kind === "invalid") return { ...finding, weight };
    const index = finding.rule === null ? undefined : order.get(finding.rule);
    return { ...finding, at: index === undefined ? null : `rules[${index}]${PARTS[finding.kind]}`, weight };
  });
}

/** The rules of a content of any shape, as they were written; empty where it has no list of them. */
export function rulesIn(content: unknown): readonly unknown[] {
  if (typeof content !== "object" || content === null || !("rules" in content)) return [];
  return Array.isArray(content.rules) ? content.rules : [];
}

/** The id of a written rule; null where it has none. */
export function idOf(rule: unknown): string | null {
  if (typeof rule !== "object" || rule === null || !("id" in rule)) return null;
  return typeof rule.id === "string" ? rule.id : null;
}
