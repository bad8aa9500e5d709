import type { Answered } from "../client/call.ts";
import type { Words } from "../words/zh-CN.ts";

/** The rules of deadlines as the API answers them. */
type ClockRules = Answered<"GET /clock-rules">;
/** A rule of deadlines that holds, or will. */
export type Rule = ClockRules["inForce"][number];
/** A rule of deadlines that somebody wants, or wanted. */
export type Proposal = ClockRules["proposals"][number];

type About = Pick<Rule, "kind" | "category" | "priority" | "amount" | "unit">;

/** Says of which cases a rule is. @param nameOf the name of a category by its code */
export function sayAbout(
  { category, priority }: About,
  { clockRules }: Words,
  nameOf: (code: string) => string,
): string {
  const which = category === null ? clockRules.all : clockRules.category(nameOf(category));
  return priority ? `${which} · ${clockRules.urgent}` : which;
}

/** Says how long a rule gives. */
export function sayPeriod({ amount, unit }: About, { clocks }: Words): string {
  return clocks.unit[unit](amount);
}

/** Says a rule in one line. */
export function sayRule(rule: About, words: Words, nameOf: (code: string) => string): string {
  return `${words.clocks.kind[rule.kind]} · ${sayAbout(rule, words, nameOf)} · ${sayPeriod(rule, words)}`;
}
