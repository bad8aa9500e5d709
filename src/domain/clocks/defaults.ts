import type { ClockKind } from "../case/clock.ts";
import type { Period, RuleInForce } from "./rule.ts";

const COUNTY = "本县规定";
const PETITIONS = "《信访工作条例》第二十三条";
const ALWAYS = "0001-01-01";
const days = (amount: number): Period => ({ amount, unit: "working_days" });

/**
 * The rules of deadlines that the service brings along, for a county that has none of its own about the same.
 *
 * @param replyDays within how many working days the county answers what is not urgent, by its settings
 */
export function defaultRules(replyDays: number): RuleInForce[] {
  return [
    rule("reply", null, days(replyDays), COUNTY),
    { ...rule("reply", null, days(1), COUNTY), priority: true },
    { ...rule("acknowledge", null, { amount: 2, unit: "hours" }, COUNTY), priority: true },
    rule("result", null, days(15), COUNTY),
    rule("result", "utilities", days(3), COUNTY),
    rule("result", "heating", days(3), COUNTY),
    rule("result", "land", days(30), COUNTY),
    rule("unit_accept", null, days(5), COUNTY),
    rule("unit_result", null, days(13), COUNTY),
    rule("petition_notice", null, { amount: 15, unit: "days" }, PETITIONS),
    rule("confirm", null, days(10), COUNTY),
  ];
}

/** The source of a clock that was set by no rule of the county's own. */
export function defaultSource(kind: ClockKind): string {
  return kind === "petition_notice" ? PETITIONS : COUNTY;
}

function rule(kind: ClockKind, category: string | null, period: Period, source: string): RuleInForce {
  return { id: null, category, priority: false, kind, ...period, source, fromOn: ALWAYS };
}
