import { describe, expect, it } from "vitest";
import { claimsOf } from "../../../src/domain/case/claims.ts";
import { checkedIn, howSaid, knownIn, passesOn } from "../../../src/domain/dialog/unit/claim-answers.ts";

const at = "2026-11-30T02:00:00.000Z";
const event = (type: string, details: Record<string, unknown> = {}, by = "service") => ({ type, by, at, details });

describe("the three claims of a case", () => {
  it.each([
    ["nothing", [], { unit: null, deputy: null, resident: null }],
    [
      "a unit's report",
      [event("unit_reported", { unit: "U01", result: "done" })],
      { unit: { result: "done" }, deputy: null },
    ],
    [
      "a unit that gave it back",
      [event("unit_reported", { result: "done" }), event("unit_returned", {})],
      { unit: null },
    ],
    [
      "a deputy who looked, and did not close it",
      [event("checked", { result: "fixed", how: "visit" }, "deputy:D1")],
      { deputy: { result: "fixed", how: "visit" }, resident: null },
    ],
    [
      "a deputy who did not say how they know",
      [event("closed", { outcome: "solved" }, "deputy:D1")],
      { deputy: { result: "fixed", how: "unsaid" } },
    ],
    ["a deputy who explains", [event("closed", { outcome: "explained" }, "deputy:D1")], { deputy: null }],
    [
      "the office on a unit's word",
      [event("closed", { outcome: "solved", claim: "unit" }, "office:林晓")],
      { unit: { result: "done" }, deputy: null, resident: null },
    ],
    [
      "solved, and not satisfied with how",
      [event("rated", { rating: 1, claim: "confirmed" }, "resident")],
      { resident: { result: "confirmed" } },
    ],
    ["a bad rating of before", [event("rated", { rating: 1 }, "resident")], { resident: { result: "denied" } }],
    ["silence", [event("settled", { claim: "silent" })], { resident: { result: "silent" } }],
    [
      "silence, and then another closing",
      [event("settled", { claim: "silent" }), event("closed", { outcome: "solved", how: "phone" }, "deputy:D1")],
      { resident: null, deputy: { how: "phone" } },
    ],
  ])("%s", (_, events, claims) => {
    expect(claimsOf(events)).toMatchObject(claims);
  });
});

describe("how a deputy knows, by the words of a closing", () => {
  it.each([
    ["我到现场看了，六盏都亮了", "visit"],
    ["今天去看过，修好了", "visit"],
    ["打了电话，说好了", "phone"],
    ["居民说已经好了", "resident_word"],
    ["住建局说换好了", "unit_word"],
    ["六盏灯都换好了", null],
    ["修好了", null],
    ["还没去看，他们说好了", null],
    ["明天去看看", null],
    ["没到现场，物业说通了", null],
  ])("%s", (text, how) => {
    expect(howSaid(text)).toBe(how);
  });

  it.each([
    ["1", "visit"],
    ["我看过", "visit"],
    ["2", "unit_word"],
    ["3 居民自己说的", "resident_word"],
    ["4", null],
    ["1号楼的灯坏了", null],
    ["2 号线也修一下", null],
  ])("%s answers how they know", (text, how) => {
    expect(knownIn(text)).toBe(how);
  });
});

describe("what a deputy found of a unit's report", () => {
  it.each([
    ["1", "visit"],
    ["我去看过，好了", "visit"],
    ["2.", "phone"],
    ["3", "pass-on"],
    ["4", "not-fixed"],
    ["没好", "not-fixed"],
    ["没修好，退给单位", "not-fixed"],
    ["5", null],
    ["1组的灯也坏了", null],
    ["列表", null],
    ["回复 12 在办", null],
  ])("%s", (text, checked) => {
    expect(checkedIn(text)).toBe(checked);
  });

  it("is passed on in the unit's words only where that is said", () => {
    expect(["照转", "照转。", "pass on"].map(passesOn)).toEqual([true, true, true]);
    expect(["照转给居民的是另一件", "转办 12 住建局"].map(passesOn)).toEqual([false, false]);
  });
});
