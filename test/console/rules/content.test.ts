import { describe, expect, it } from "vitest";
import {
  afterStoring,
  copyOf,
  freeName,
  lacksOf,
  moved,
  nameOf,
  newRule,
  openContent,
  THEN,
  targetOf,
  withField,
  withQuery,
  withRule,
  withTarget,
  writeContent,
} from "../../../src/console/rule-content/content.ts";
import { lineOf, placeJson } from "../../../src/console/rule-content/json-places.ts";
import { differencesOf, mergeContents } from "../../../src/console/rule-content/merge.ts";
import { rulesIn } from "../../../src/domain/rules/finding-place.ts";
import { readCondition } from "../../../src/domain/rules/read-condition.ts";
import { writtenRule, writtenSet } from "../../rule-sets.ts";

const office = { office: true };
const word = (one: string) => ({ in: [one, { var: "text" }] });
/** Written as an office may: in an order of its own, in forms that clicking would write otherwise. */
const ODD = {
  owner: "o",
  when: { "!!": [{ or: [word("電梯")] }] },
  id: "odd",
  reason: "r",
  [THEN]: { assign: office },
};
const SET = writtenSet([ODD, writtenRule("b", word("路灯"), { deputy: "D1" }), writtenRule("c", true, office)]);

function opened(set: unknown = SET) {
  const read = rulesIn(set).map((rule) => {
    const found = readCondition((rule as { when: unknown }).when);
    return found.ok ? found.condition : null;
  });
  return openContent(set, read);
}
const keyOf = (content: ReturnType<typeof opened>, id: string) =>
  content.rules.find((rule) => nameOf(rule) === id)?.key ?? "";

describe("rules while they are edited", () => {
  it("are sent byte for byte as they came, as long as nothing is touched", () => {
    expect(writeContent(opened()).text).toBe(JSON.stringify(SET));
  });

  it("change in the part alone that was touched", () => {
    const content = opened();
    const next = withRule(content, keyOf(content, "odd"), (rule) => withField(rule, "reason", "anew"));
    expect(writeContent(next).text).toBe(
      JSON.stringify({ ...SET, rules: [{ ...ODD, reason: "anew" }, ...rulesIn(SET).slice(1)] }),
    );
    const clicked = withRule(next, keyOf(next, "odd"), (rule) =>
      rule.query === null ? rule : withQuery(rule, { ...rule.query, id: "of the surface" }),
    );
    expect(writeContent(clicked).text).toBe(writeContent(next).text);
  });

  it("stay as they were stored while something is not filled in, and a new one is left out until it is", () => {
    const content = opened();
    const emptied = withRule(content, keyOf(content, "b"), (rule) =>
      withQuery(rule, { combinator: "all", rules: [{ field: "text", operator: "any", value: [] }] }),
    );
    expect(writeContent(emptied).text).toBe(JSON.stringify(SET));
    const added = {
      ...content,
      rules: [...content.rules, newRule(freeName(content, "b"), { owner: "lin", expires: "2027-11-30" })],
    };
    const made = added.rules.at(-1);
    if (made === undefined) throw new Error("no rule");
    expect([nameOf(made), lacksOf(made)]).toEqual(["b-2", ["condition", "target", "reason"]]);
    expect(writeContent(added).text).toBe(JSON.stringify(SET));
    const whole = withField(
      withTarget(
        withQuery(made, { combinator: "all", rules: [{ field: "text", operator: "any", value: ["电梯", "困梯"] }] }),
        { kind: "group", code: "wuye" },
      ),
      "reason",
      "because",
    );
    expect([lacksOf(whole), targetOf(whole)]).toEqual([[], { kind: "group", code: "wuye" }]);
    const written = writeContent({ ...content, rules: [...content.rules, whole] });
    expect(rulesIn(JSON.parse(written.text)).at(-1)).toMatchObject({
      id: "b-2",
      when: { or: [word("电梯"), word("困梯")] },
    });
    const stored = afterStoring({ ...content, rules: [...content.rules, whole] }, written.text, written.keys);
    const undone = withRule(stored, whole.key, (rule) => withField(rule, "reason", " "));
    expect(writeContent(undone).text).toBe(written.text);
  });

  it("move one by one, and are copied under a name of their own", () => {
    const content = opened();
    const up = moved(content, keyOf(content, "c"), -1);
    expect(up.rules.map(nameOf)).toEqual(["odd", "c", "b"]);
    expect(moved(content, keyOf(content, "odd"), -1)).toBe(content);
    const [odd] = content.rules;
    if (odd === undefined) throw new Error("no rule");
    expect(copyOf(odd, "odd-2")).toMatchObject({ stored: null, written: { id: "odd-2" } });
  });
});

describe("two people's changes of one draft", () => {
  const rules = rulesIn(SET) as Record<string, unknown>[];
  const [a = {}, b = {}, c = {}] = rules;
  const set = (...list: unknown[]) => ({ ...SET, rules: list });

  it("are told rule by rule, with who changed what", () => {
    const mine = set({ ...a, reason: "mine" }, { ...b, reason: "mine" }, c);
    const hers = set(a, { ...b, reason: "hers" });
    expect(differencesOf(SET, mine, hers).map(({ rule, by }) => [rule, by])).toEqual([
      ["odd", "mine"],
      ["b", "both"],
      ["c", "hers"],
    ]);
    expect(mergeContents(SET, mine, hers, {})).toEqual(set({ ...a, reason: "mine" }, { ...b, reason: "hers" }));
    expect(mergeContents(SET, mine, hers, { b: "mine", c: "mine" })).toEqual(
      set({ ...a, reason: "mine" }, { ...b, reason: "mine" }, c),
    );
  });

  it("keep the order of whoever moved, and put what the other added where it was added", () => {
    const one = writtenRule("new", true, office);
    expect(mergeContents(SET, set(c, a, b), set(a, one, b, c), {})).toEqual(set(c, a, one, b));
    expect(mergeContents(SET, set(a, one, b, c), set(c, b, a), {})).toEqual(set(c, b, a, one));
    expect(differencesOf(SET, set(a, b, c), SET)).toEqual([]);
  });

  it("tell of the name and of what holds otherwise as of a rule", () => {
    const mine = { ...SET, name: "mine" };
    const hers = { ...SET, otherwise: { assign: office } };
    expect(differencesOf(SET, mine, hers)).toMatchObject([{ rule: null, by: "both" }]);
    expect(mergeContents(SET, mine, hers, { "": "mine" })).toEqual(mine);
  });
});

describe("a rule as text", () => {
  it("is read as JSON is, with the line of each place", () => {
    const text = JSON.stringify(ODD, null, 2);
    const placed = placeJson(text);
    if (!placed.ok) throw new Error(`line ${placed.line}`);
    expect(placed.value).toEqual(ODD);
    const line = text.split("\n").findIndex((one) => one.includes("電梯")) + 1;
    expect(lineOf(placed.lines, "when.!![0].or[0].in[0]")).toBe(line);
    expect(lineOf(placed.lines, "when.!![0].or[0].in[7].more")).toBe(line - 1);
    expect(lineOf(placed.lines, "nothing")).toBe(1);
  });

  it.each<readonly [string, number]>([
    ["", 1],
    ['{\n"a": 1,,\n}', 2],
    ['{\n"a": [1, 2\n}', 3],
    ['{\n"a": "x\n"}', 2],
    ['{"a": 1}\nmore', 2],
    ["{\n  a: 1\n}", 2],
    ['{"a": 01}', 1],
    ['{\n"a": "\\x"\n}', 2],
    ["[".repeat(200), 1],
  ])("is no JSON in %j, from line %i on", (text, line) => {
    expect(placeJson(text)).toEqual({ ok: false, line });
  });
});
