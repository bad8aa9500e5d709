import type { Transaction } from "../../../db/database.ts";
import { accusesDeputy } from "../../domain/accusation/accusation.ts";
import { weekday } from "../../domain/calendar/days.ts";
import { dayIn, dueDate, hourIn } from "../../domain/calendar/deadline.ts";
import { categorise } from "../../domain/categories/model.ts";
import { understandResident } from "../../domain/dialog/understand-resident.ts";
import { type Decision, route } from "../../domain/routing/route.ts";
import { askEachRule } from "../../domain/rule-trials/ask-rules.ts";
import { type County, countyOf, factsAt, type SnapshotGrid } from "../../domain/rule-trials/county-snapshot.ts";
import type { CompiledRuleset } from "../../domain/rules/compile.ts";
import { type Condition, ruleText } from "../../domain/rules/condition.ts";
import type { RuleTarget } from "../../domain/rules/ruleset.ts";
import { writeCondition } from "../../domain/rules/write-condition.ts";
import { mask } from "../../domain/text/mask.ts";
import { nameList, namesIn } from "../../domain/text/names.ts";
import { type Locale, localeOf } from "../../domain/wording/wording.ts";
import { DEFAULTS, readCounty } from "../county/settings.ts";
import { categoryModelOf } from "../rules/category-model.ts";
import { snapshotOf } from "../rules/county-snapshot.ts";
import { openReader } from "../runtime/open-reader.ts";
import { type Told, wordsFor } from "./told.ts";

/** A message that is only supposed; what is left out is as with most messages. */
export type SupposedMessage = {
  readonly text: string;
  /** The code of the grid where it lies. */
  readonly grid?: string | null;
  readonly at?: Date;
  readonly hasPhoto?: boolean;
  readonly channel?: string;
  readonly language?: Locale;
  readonly openCases?: number;
  /** Told instead of guessed; null for none. */
  readonly category?: string | null;
};

/** A step on the way of a supposed message. */
type SimulatedStep = {
  readonly what: "sealed" | "emergency" | "category" | "rule" | "target" | "people";
  readonly rule?: string;
  readonly order?: number;
  readonly holds: boolean;
  readonly because: readonly string[];
  /** Of a rule that does not hold: its first part that failed; null for one that has expired. */
  readonly failed?: Condition | null;
};

/** The course of a supposed message: each step, who would get it, and what people would read. */
export type Simulated = {
  readonly steps: readonly SimulatedStep[];
  /** Null for what would be sealed, or read by the office first: rules are not asked then. */
  readonly decision: Omit<Decision, "facts"> | null;
  readonly goesTo: { readonly kind: "deputy" | "unit" | "office"; readonly code: string | null; readonly name: string };
  readonly told: readonly Told[];
};

type Ruling = { readonly version: number | null; readonly rules: CompiledRuleset };

const OFFICE: Simulated["goesTo"] = { kind: "office", code: null, name: "" };
/** The place by which most messages come. */
const CHANNEL = "wechat-official";
const NO_CASE = { verdictOpen: false, whereOpen: false, open: 0, settledLately: 0 };

/**
 * Shows what would become of a message in the county whose transaction this is, under these rules, and stores nothing. Its text is
 * masked first, as every message's is.
 * @param ruling null for a county without rules: by place alone
 * @returns null where there is no such grid
 */
export async function simulate(
  tx: Transaction,
  jurisdictionId: string,
  message: SupposedMessage,
  { ruling, now, timeZone }: { readonly ruling: Ruling | null; readonly now: Date; readonly timeZone: string },
): Promise<Simulated | null> {
  const [model, seen, county] = await Promise.all([
    categoryModelOf(tx, jurisdictionId),
    snapshotOf(tx, now, timeZone),
    readCounty(tx),
  ]);
  const snapshot = countyOf(seen);
  const grid = message.grid == null ? null : (snapshot.gridByCode.get(message.grid) ?? undefined);
  if (grid === undefined) return null;
  const text = mask(message.text);
  const names = [
    ...new Set(namesIn(message.text, nameList(seen.deputies.map(({ name }) => name))).map(({ key }) => key)),
  ];
  const { meaning, isForOfficeFirst } = understandResident(
    message.text,
    { state: {}, now, deputies: names, context: NO_CASE },
    openReader(),
  );
  const topics = meaning.kind === "emergency" ? meaning.topics : [];
  const isSealed =
    meaning.kind === "accusation" ||
    (meaning.kind === "emergency" && meaning.accuses) ||
    accusesDeputy(message.text, names);
  const { workingDays, holidays, categoryThreshold } = { ...DEFAULTS, ...county.settings };
  const isUrgent = topics.length > 0;
  const due = dueDate(snapshot.on, isUrgent ? 1 : workingDays, holidays);
  const telling = {
    locale: message.language ?? localeOf(message.text, "zh-CN"),
    dueOn: due.warning === null ? due.day : { within: isUrgent ? 1 : workingDays },
    topics,
    text,
  };
  const steps: SimulatedStep[] = [
    { what: "sealed", holds: isSealed, because: [] },
    { what: "emergency", holds: isUrgent, because: topics },
  ];
  if (isSealed || isForOfficeFirst) {
    if (!isSealed) steps.push({ what: "people", holds: false, because: ["office-first"] });
    const told = wordsFor({ ...telling, isSealed, holder: null, grid: null, deputy: null });
    return { steps, decision: null, goesTo: OFFICE, told };
  }
  const judged =
    message.category === undefined
      ? categorise(model, text, categoryThreshold)
      : { category: message.category, because: [] };
  steps.push({
    what: "category",
    holds: judged.category !== null,
    because: judged.category === null ? [] : [judged.category, ...judged.because],
  });
  const at = message.at ?? now;
  const others = {
    category: judged.category,
    channel: message.channel ?? CHANNEL,
    language: telling.locale,
    ...{ hour: hourIn(at, timeZone), weekday: weekday(dayIn(at, timeZone)), hasPhoto: message.hasPhoto === true },
    grid: grid === null ? null : ruleGrid(grid),
    resident: { openCases: message.openCases ?? 0 },
  };
  const isAsked = ruling !== null && !isUrgent;
  const { asked, rule } = isAsked
    ? askEachRule(ruling.rules, { ...others, text: ruleText(text) }, snapshot.on)
    : { asked: [], rule: null };
  for (const { failed, ...one } of asked) {
    const because = failed === null ? [] : [JSON.stringify(writeCondition(failed))];
    steps.push({ what: "rule", ...one, because, failed });
  }
  const target: RuleTarget = isAsked ? (rule?.target ?? ruling.rules.ruleset.otherwise) : { kind: "grid" };
  steps.push({ what: "target", holds: rule !== null, because: [spelled(target)] });
  const decision = decideFor(snapshot, {
    target,
    grid,
    ruling: isAsked ? ruling : null,
    rule,
    others,
    text: ruleText(text),
  });
  const { chosen } = decision;
  const deputy = chosen.kind === "deputy" ? (snapshot.deputyByCode.get(chosen.deputy) ?? null) : null;
  steps.push({ what: "people", holds: deputy !== null, because: [...decision.candidates] });
  const station = grid?.station == null ? null : (snapshot.stationByCode.get(grid.station)?.name ?? null);
  const { facts: _facts, ...decided } = decision;
  return {
    steps,
    decision: decided,
    goesTo: goesTo(deputy, target),
    told: wordsFor({
      ...{ ...telling, isSealed: false, grid, deputy },
      holder: deputy === null ? null : { deputy: deputy.name, station },
    }),
  };
}

type Deciding = {
  readonly target: RuleTarget;
  readonly grid: SnapshotGrid | null;
  readonly ruling: Ruling | null;
  readonly rule: { readonly id: string; readonly reason: string } | null;
  readonly others: Omit<Parameters<typeof askEachRule>[1], "text">;
  readonly text: string;
};

/** The decision of routing itself, with what the rules said. */
function decideFor(county: County, { target, grid, ruling, rule, others, text }: Deciding): Decision {
  const facts = factsAt(county, target, grid, {});
  const asked = facts.target ?? null;
  if (ruling === null || asked === null) return route({ ...facts, target: null });
  return route({
    ...facts,
    target: {
      ...asked,
      version: ruling.version ?? 0,
      ruleset: ruling.rules.ruleset.name,
      rule: rule?.id ?? null,
      reason: rule?.reason ?? null,
      message: { ...others, words: ruling.rules.wordsIn(text) },
    },
  });
}

function goesTo(
  deputy: { readonly code: string; readonly name: string } | null,
  target: RuleTarget,
): Simulated["goesTo"] {
  if (deputy !== null) return { kind: "deputy", code: deputy.code, name: deputy.name };
  return target.kind === "unit" ? { kind: "unit", code: target.code, name: target.code } : OFFICE;
}

function ruleGrid({ code, township, community, station }: SnapshotGrid) {
  return { code, township, community, station };
}

function spelled(target: RuleTarget): string {
  return "code" in target && target.code !== null ? `${target.kind}:${target.code}` : target.kind;
}
