import type { Condition } from "../../domain/rules/condition.ts";
import { idOf, rulesIn } from "../../domain/rules/finding-place.ts";
import type { RuleTarget } from "../../domain/rules/ruleset.ts";
import { writeCondition } from "../../domain/rules/write-condition.ts";
import { withOpenEnds } from "../parts/naming/open-ends.ts";
import { fromQuery, isGroup, type Query, toQuery } from "./query.ts";

/** The contract's name for what a rule does; as a literal key it would look like a promise. */
export const THEN = "then";

type Written = Readonly<Record<string, unknown>>;

/** A rule while it is edited: as the service has it, as it is written now, and what is clicked. */
export type RuleDraft = {
  /** Stays the same while the rule is edited and moved. */
  readonly key: string;
  /** As it was last stored; null for a new one. It is sent as it came as long as nothing of it is changed. */
  readonly stored: Written | null;
  readonly written: Written;
  /** The condition when it was last whole; null before it ever was. */
  readonly condition: Condition | null;
  /** What is clicked; null for a condition that cannot be, which is never altered. */
  readonly query: Query | null;
};

/** A set of rules while it is edited. */
export type Content = {
  /** The set as it came, with its name and what holds otherwise. */
  readonly written: Written;
  readonly rules: readonly RuleDraft[];
};

/** The parts of a rule that may not be filled in yet. */
type Lack = "condition" | "target" | "reason" | "owner";

/** What was kept in the browser comes back with the keys of an earlier page. */
const page = Math.trunc(performance.timeOrigin).toString(36);
let made = 0;
function newKey(): string {
  made += 1;
  return `${page}-${made}`;
}

function asWritten(value: unknown): Written {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Written) : {};
}

/** Opens stored rules for editing. @param read their conditions in the same order, as the API reads them */
export function openContent(stored: unknown, read: readonly (Condition | null)[]): Content {
  const rules = rulesIn(stored).map((one, index): RuleDraft => {
    const condition = read[index] ?? null;
    return { key: newKey(), stored: asWritten(one), written: asWritten(one), ...readAs(condition) };
  });
  return { written: asWritten(stored), rules };
}

function readAs(came: Condition | null): Pick<RuleDraft, "condition" | "query"> {
  const condition = came === null ? null : withOpenEnds(came);
  const query = condition === null ? null : toQuery(condition);
  return { condition, query: query === null ? null : identified(query) };
}

/** Gives each part of a query a name that stays, so that the field in which somebody types is never made anew. */
function identified(query: Query): Query {
  const rules = query.rules.map((part) => (isGroup(part) ? identified(part) : { ...part, id: newKey() }));
  return { ...query, id: newKey(), rules };
}

/** Makes a new rule that looks for words, with nothing filled in. */
export function newRule(id: string, more: { readonly owner: string; readonly expires: string }): RuleDraft {
  const written = { id, when: null, [THEN]: { assign: { group: "" } }, reason: "", ...more };
  const query: Query = { combinator: "all", rules: [{ field: "text", operator: "any", value: [] }] };
  return { key: newKey(), stored: null, written, condition: null, query: identified(query) };
}

/** Makes a rule like another, under a name of its own. */
export function copyOf(rule: RuleDraft, id: string): RuleDraft {
  return { ...rule, key: newKey(), stored: null, written: { ...rule.written, id } };
}

/** The id of a rule, which is its name. */
export function nameOf({ written }: RuleDraft): string {
  return idOf(written) ?? "";
}

/** The text of a field of a rule; empty where there is none. */
export function textOf({ written }: RuleDraft, field: "reason" | "owner" | "expires"): string {
  const value = written[field];
  return typeof value === "string" ? value : "";
}

/** Changes a field of a rule; null takes it out. */
export function withField(
  rule: RuleDraft,
  field: "id" | "reason" | "owner" | "expires",
  value: string | null,
): RuleDraft {
  return { ...rule, written: { ...rule.written, [field]: value } };
}

/** The one who gets what a rule, or a set otherwise, gives; null for what is not understood. */
export function targetIn(written: unknown): RuleTarget | null {
  const assign = asWritten(asWritten(written).assign);
  const [entry, ...others] = Object.entries(assign);
  if (entry === undefined || others.length > 0) return null;
  const [kind, value] = entry;
  if (kind === "grid" || kind === "office") return { kind };
  if (kind === "station") return { kind, code: typeof value === "string" ? value : null };
  if ((kind === "deputy" || kind === "group" || kind === "unit") && typeof value === "string")
    return { kind, code: value };
  return null;
}

/** The one who gets what a rule takes. */
export function targetOf({ written }: RuleDraft): RuleTarget | null {
  return targetIn(written[THEN]);
}

/** Writes who gets it, as a rule says it. */
export function writtenTarget(target: RuleTarget): Written {
  if (target.kind === "grid" || target.kind === "office") return { assign: { [target.kind]: true } };
  return { assign: { [target.kind]: target.code ?? true } };
}

/** Changes who gets what a rule takes. */
export function withTarget(rule: RuleDraft, target: RuleTarget): RuleDraft {
  return { ...rule, written: { ...rule.written, [THEN]: writtenTarget(target) } };
}

/** Takes what was clicked; the condition is written anew only where its meaning was touched. */
export function withQuery(rule: RuleDraft, query: Query): RuleDraft {
  const condition = fromQuery(query);
  const before = rule.query === null ? null : fromQuery(rule.query);
  if (condition === null || JSON.stringify(condition) === JSON.stringify(before)) return { ...rule, query };
  return { ...rule, query, condition, written: { ...rule.written, when: writeCondition(condition) } };
}

/** Takes a rule as it was written as JSON, with its condition as the API reads it; null while it has not been read. */
export function withWritten(rule: RuleDraft, written: Written, read: Condition | null): RuleDraft {
  return { ...rule, written, ...readAs(read) };
}

/** Lists what of a rule is not filled in yet; what was written as JSON is judged by the check alone. */
export function lacksOf(rule: RuleDraft): Lack[] {
  const isUnfinished = rule.query === null ? rule.written.when === null : fromQuery(rule.query) === null;
  const target = targetOf(rule);
  const isAimless = target === null || ("code" in target && target.code?.trim() === "");
  return [
    ...(isUnfinished ? (["condition"] as const) : []),
    ...(isAimless ? (["target"] as const) : []),
    ...(["reason", "owner"] as const).filter((field) => textOf(rule, field).trim() === ""),
  ];
}

/** Writes all rules as they are stored: one that is not filled in stays as it was, and a new one is left out. */
export function writeContent(content: Content): { readonly text: string; readonly keys: readonly string[] } {
  const kept = content.rules.flatMap((rule) => {
    const written = lacksOf(rule).length === 0 ? rule.written : rule.stored;
    return written === null ? [] : [{ key: rule.key, written }];
  });
  const rules = kept.map(({ written }) => written);
  return { text: JSON.stringify({ ...content.written, rules }), keys: kept.map(({ key }) => key) };
}

/** Notes what was stored, so that a rule that becomes unfinished later stays as it is now. */
export function afterStoring(content: Content, text: string, keys: readonly string[]): Content {
  const sent = rulesIn(JSON.parse(text));
  const stored = new Map(keys.map((key, index) => [key, asWritten(sent[index])]));
  return { ...content, rules: content.rules.map((rule) => ({ ...rule, stored: stored.get(rule.key) ?? null })) };
}

/** Changes one rule. */
export function withRule(content: Content, key: string, change: (rule: RuleDraft) => RuleDraft): Content {
  return { ...content, rules: content.rules.map((rule) => (rule.key === key ? change(rule) : rule)) };
}

/** Moves a rule up or down by one. */
export function moved(content: Content, key: string, by: -1 | 1): Content {
  const from = content.rules.findIndex((rule) => rule.key === key);
  const [one, other] = [content.rules[from], content.rules[from + by]];
  if (one === undefined || other === undefined) return content;
  const rules = content.rules.with(from, other).with(from + by, one);
  return { ...content, rules };
}

/** A name that no rule has yet: the given one, with a number behind it where it is taken. */
export function freeName(content: Content, wanted: string): string {
  const taken = new Set(content.rules.map(nameOf));
  if (!taken.has(wanted)) return wanted;
  for (let number = 2; ; number += 1) if (!taken.has(`${wanted}-${number}`)) return `${wanted}-${number}`;
}
