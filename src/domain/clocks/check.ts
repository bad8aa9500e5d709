import { isDay } from "../calendar/days.ts";
import { LONGEST_PERIOD } from "../calendar/deadline.ts";
import { MOST_MONTHS } from "../calendar/months.ts";
import { MOST_WORKING_HOURS } from "../calendar/office-hours.ts";
import { CLOCK_KINDS, type ClockKind } from "../case/clock.ts";
import { CLOCK_UNITS, type ClockRule, type ClockUnit, isSameKey } from "./rule.ts";

/** A row of a file of rules as somebody wrote it; an empty text where there is nothing. */
export type WrittenRule = {
  /** How a problem with it begins, as `clocks.csv:4`. */
  readonly at: string;
  readonly category: string;
  readonly priority: string;
  readonly kind: string;
  readonly amount: string;
  readonly unit: string;
  readonly source: string;
  readonly from: string;
};

/** The things that rows are checked against: the categories of the county, the rules that it has, and the day on which they are published. */
export type Known = {
  readonly categories: readonly string[];
  readonly rules: readonly ClockRule[];
  /** YYYY-MM-DD; the first day of rules that name none. */
  readonly today: string;
};

/** The longest period of each unit. */
const MOST: Readonly<Record<ClockUnit, number>> = {
  hours: 240,
  working_hours: MOST_WORKING_HOURS,
  working_days: LONGEST_PERIOD,
  days: 365,
  months: MOST_MONTHS,
};
/** The most characters of a rule's source. */
export const LONGEST_SOURCE = 200;

const KINDS: ReadonlyMap<string, ClockKind> = named(CLOCK_KINDS, {
  acknowledge: "确认险情",
  reply: "答复",
  result: "办结",
  unit_accept: "单位接收",
  unit_result: "单位办结",
  petition_notice: "信访告知",
  confirm: "居民确认",
});
const UNITS: ReadonlyMap<string, ClockUnit> = named(CLOCK_UNITS, {
  hours: "小时",
  working_hours: "工作小时",
  working_days: "工作日",
  days: "天",
  months: "月",
});
const YES = ["yes", "true", "1", "是", "紧急"];
const NO = ["", "no", "false", "0", "否"];

/** The rules that rows make, or every problem as `file:row: what is wrong`, one sentence each; with a problem there are no rules. */
export type Checked =
  | { readonly ok: true; readonly rules: readonly ClockRule[] }
  | { readonly ok: false; readonly problems: readonly string[] };

/** Checks rows of a file of rules: every one whole, and none twice for the same clock and day, neither here nor with what the county has. */
export function checkRules(rows: readonly WrittenRule[], known: Known): Checked {
  const problems: string[] = [];
  const rules: ClockRule[] = [];
  const seen: { readonly at: string; readonly rule: ClockRule }[] = [];
  for (const row of rows) {
    const read = readRule(row, known);
    if (!read.ok) {
      problems.push(...read.faults.map((fault) => `${row.at}: ${fault}`));
      continue;
    }
    const { rule } = read;
    const isTwin = (other: ClockRule) => isSameKey(rule, other) && rule.fromOn === other.fromOn;
    const before = seen.find((one) => isTwin(one.rule));
    if (before !== undefined)
      problems.push(`${row.at}: says the same as ${before.at} from ${rule.fromOn} on: keep one`);
    if (known.rules.some(isTwin)) {
      problems.push(
        `${row.at}: there is a rule about this from ${rule.fromOn} on already, and rules are never changed: let this one begin on a later day`,
      );
    }
    seen.push({ at: row.at, rule });
    rules.push(rule);
  }
  if (rows.length === 0) problems.push("the file holds no rule");
  return problems.length === 0 ? { ok: true, rules } : { ok: false, problems };
}

/** A fault of a rule that is whole, by a stable word. */
export type RuleFault = "unknown-category" | "too-long" | "day-over" | "rule-there";

/** Finds what is wrong with a rule that is whole: null where it can be published. */
export function faultOf(rule: ClockRule, { categories, rules, today }: Known): RuleFault | null {
  if (rule.category !== null && !categories.includes(rule.category)) return "unknown-category";
  if (rule.amount < 1 || rule.amount > MOST[rule.unit]) return "too-long";
  if (rule.fromOn < today) return "day-over";
  return rules.some((other) => isSameKey(rule, other) && rule.fromOn === other.fromOn) ? "rule-there" : null;
}

type ReadRule =
  | { readonly ok: true; readonly rule: ClockRule }
  | { readonly ok: false; readonly faults: readonly string[] };

function readRule(row: WrittenRule, { categories, today }: Known): ReadRule {
  const faults: string[] = [];
  const category = row.category === "" ? null : row.category;
  if (category !== null && !categories.includes(category)) {
    faults.push(`there is no category “${category}”: leave it empty for all, or take one of ${categories.join(", ")}`);
  }
  const priority = YES.includes(row.priority.toLowerCase());
  if (!priority && !NO.includes(row.priority.toLowerCase())) {
    faults.push(`“${row.priority}” does not say whether it is about urgent cases: write yes (是) or no (否)`);
  }
  const kind = KINDS.get(row.kind);
  if (kind === undefined) faults.push(`“${row.kind}” is no deadline: take one of ${CLOCK_KINDS.join(", ")}`);
  const unit = UNITS.get(row.unit);
  if (unit === undefined) faults.push(`“${row.unit}” is no unit: take one of ${CLOCK_UNITS.join(", ")}`);
  const amount = /^\d{1,6}$/.test(row.amount) ? Number(row.amount) : 0;
  if (unit !== undefined && (amount < 1 || amount > MOST[unit])) {
    faults.push(`“${row.amount}” is no possible number of ${unit}: 1 to ${MOST[unit]}`);
  }
  if (row.source === "") faults.push("it does not say on what it rests: name the statute or decision as its source");
  if (row.source.length > LONGEST_SOURCE) faults.push(`its source has more than ${LONGEST_SOURCE} characters`);
  const fromOn = row.from === "" ? today : row.from;
  if (!isDay(fromOn)) faults.push(`there is no day “${row.from}”: write it as ${today}`);
  else if (fromOn < today) faults.push(`it would begin on ${fromOn}, which is over: clocks that run keep their rule`);
  if (faults.length > 0 || kind === undefined || unit === undefined) return { ok: false, faults };
  return { ok: true, rule: { category, priority, kind, amount, unit, source: row.source, fromOn } };
}

function named<T extends string>(codes: readonly T[], chinese: Readonly<Record<T, string>>): ReadonlyMap<string, T> {
  return new Map(codes.flatMap((code) => [[code, code] as const, [chinese[code], code] as const]));
}
