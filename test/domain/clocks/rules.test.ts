import { describe, expect, test } from "vitest";
import { checkRules, type WrittenRule } from "../../../src/domain/clocks/check.ts";
import { defaultRules } from "../../../src/domain/clocks/defaults.ts";
import { type RuleInForce, ruleFor, rulesOn } from "../../../src/domain/clocks/rule.ts";

const TODAY = "2026-11-24";
const written = (row: Partial<WrittenRule> = {}): WrittenRule => ({
  at: "clocks.csv:2",
  category: "heating",
  priority: "",
  kind: "result",
  amount: "3",
  unit: "working_days",
  source: "清河县政府2026年第8号文件",
  from: "",
  ...row,
});
const own = (rule: Partial<RuleInForce> = {}): RuleInForce => ({
  id: "own",
  category: null,
  priority: false,
  kind: "result",
  amount: 7,
  unit: "days",
  source: "县里的决定",
  fromOn: "2026-11-01",
  ...rule,
});
const known = { categories: ["heating", "roads"], rules: [], today: TODAY };
const check = (...rows: WrittenRule[]) => checkRules(rows, known);

describe("a file of rules", () => {
  test("gives its rules, from today on where it says no day", () => {
    const checked = check(written(), written({ kind: "答复", unit: "工作日", priority: "是", from: "2026-12-01" }));
    expect(checked).toMatchObject({
      ok: true,
      rules: [
        { category: "heating", priority: false, kind: "result", amount: 3, unit: "working_days", fromOn: TODAY },
        { kind: "reply", priority: true, fromOn: "2026-12-01" },
      ],
    });
  });

  test.each<[string, Partial<WrittenRule>, RegExp]>([
    ["no days at all", { amount: "0" }, /“0” is no possible number of working_days: 1 to 250/],
    ["a thousand days", { amount: "1000", unit: "days" }, /“1000” is no possible number of days: 1 to 365/],
    ["less than none", { amount: "-3" }, /no possible number/],
    ["half a day", { amount: "1.5" }, /no possible number/],
    ["thirteen months", { amount: "13", unit: "months" }, /1 to 12/],
    ["a category that there is not", { category: "ufo" }, /no category “ufo”/],
    ["a clock that there is not", { kind: "lunch" }, /“lunch” is no deadline/],
    ["a unit that there is not", { unit: "weeks" }, /“weeks” is no unit/],
    ["a doubtful urgency", { priority: "perhaps" }, /urgent cases/],
    ["no source", { source: "" }, /on what it rests/],
    ["a day that there is not", { from: "2026-02-30" }, /no day “2026-02-30”/],
    ["a day that is over", { from: "2026-11-23" }, /which is over/],
  ])("with %s is refused with a sentence", (_what, row, sentence) => {
    const checked = check(written(row));
    expect(checked.ok).toBe(false);
    if (!checked.ok) expect(checked.problems.join("\n")).toMatch(sentence);
  });

  test("with two rules about the same from the same day on is refused, naming both rows", () => {
    const checked = check(written(), written({ at: "clocks.csv:3", amount: "5" }));
    expect(checked).toEqual({
      ok: false,
      problems: [`clocks.csv:3: says the same as clocks.csv:2 from ${TODAY} on: keep one`],
    });
  });

  test("may not change a rule that the county has, but may follow it", () => {
    const has = [own({ category: "heating", fromOn: TODAY })];
    expect(checkRules([written()], { ...known, rules: has })).toMatchObject({ ok: false });
    expect(checkRules([written({ from: "2026-11-25" })], { ...known, rules: has })).toMatchObject({ ok: true });
  });

  test("names everything that is wrong, and an empty one too", () => {
    const checked = check(written({ amount: "0", kind: "x" }), written({ at: "clocks.csv:3", source: "" }));
    expect(checked.ok ? 0 : checked.problems.length).toBe(3);
    expect(check()).toEqual({ ok: false, problems: ["the file holds no rule"] });
  });
});

describe("the rule of a case", () => {
  const rules = [
    ...defaultRules(5),
    own({ id: "all" }),
    own({ id: "roads", category: "roads" }),
    own({ id: "roads later", category: "roads", fromOn: "2026-12-01", amount: 4 }),
    own({ id: "urgent roads", category: "roads", priority: true, amount: 1 }),
  ];
  const idOf = (category: string | null, priority: boolean, day: string) =>
    ruleFor(rules, { category, priority, kind: "result" }, day)?.id;

  test.each([
    ["of another category", "noise", false, TODAY, "all"],
    ["without a category", null, false, TODAY, "all"],
    ["of the category", "roads", false, TODAY, "roads"],
    ["of the category, later", "roads", false, "2026-12-01", "roads later"],
    ["that is urgent", "roads", true, "2026-12-01", "urgent roads"],
    ["that is urgent, of another category", "noise", true, TODAY, "all"],
    ["before the county had one of its own", "roads", false, "2026-10-31", null],
    ["for which the service says more than the county", "heating", false, TODAY, null],
  ])("%s", (_what, category, priority, day, id) => {
    expect(idOf(category, priority, day)).toBe(id);
  });

  test("is the service's where the county has none: a day for urgent answers, its own number for others", () => {
    const of = (priority: boolean) => ruleFor(defaultRules(8), { category: "roads", priority, kind: "reply" }, TODAY);
    expect([of(true)?.amount, of(false)?.amount]).toEqual([1, 8]);
    expect(ruleFor(defaultRules(8), { category: "roads", priority: false, kind: "acknowledge" }, TODAY)).toBeNull();
  });

  test("is in the list of a day once for each key", () => {
    const listed = rulesOn(rules, "2026-12-01").filter(
      ({ category, kind }) => category === "roads" && kind === "result",
    );
    expect(listed.map(({ id }) => id)).toEqual(["roads later", "urgent roads"]);
  });
});
