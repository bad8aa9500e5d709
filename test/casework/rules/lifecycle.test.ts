import { describe, expect, it } from "vitest";
import * as lifecycle from "../../../src/casework/rules/lifecycle.ts";
import { publishedRules } from "../../../src/casework/rules/published.ts";
import { publishedRuleset } from "../../../src/casework/rules/versions.ts";
import { rule, ruleset } from "../../domain/rules/rule-sets.ts";
import {
  counted,
  county,
  draft,
  edit,
  inCounty,
  LATER,
  NOW,
  publish,
  review,
  show,
  states,
  submit,
  takeBack,
  withDatabases,
} from "./steps.ts";

withDatabases();

describe("a rule set", () => {
  it("goes from draft through review to publication, and every step is on record", async () => {
    expect(await draft()).toEqual({ ok: true, number: 1 });
    expect(await inCounty(publishedRuleset)).toBeNull();
    await edit(1, ruleset("2026 rules, corrected"), "Zhao");
    await submit(1);
    expect(await review(1, "Li", "publish", " Agreed on Monday. ")).toEqual({ ok: true, number: 1 });
    expect(await show(1)).toEqual({
      number: 1,
      name: "2026 rules, corrected",
      state: "published",
      author: "Wang",
      takesBack: null,
      basedOn: null,
      reviewerWanted: null,
      createdAt: NOW,
      submittedAt: NOW,
      reviewer: "Li",
      reviewNote: "Agreed on Monday.",
      reviewedAt: LATER,
      publishedAt: LATER,
      retiredAt: null,
      content: ruleset("2026 rules, corrected"),
      events: [
        { type: "drafted", by: "Wang", at: NOW, note: null },
        { type: "edited", by: "Zhao", at: LATER, note: null },
        { type: "submitted", by: "Wang", at: NOW, note: null },
        { type: "published", by: "Li", at: LATER, note: "Agreed on Monday." },
      ],
    });
    expect(await inCounty(publishedRuleset)).toMatchObject({
      number: 1,
      name: "2026 rules, corrected",
      ruleset: { rules: [{ id: "lifts", target: { kind: "group", code: "property" } }] },
    });
  });

  it("that is published retires the one before, and is what messages are decided by from then on", async () => {
    await publish("first");
    expect(await inCounty((tx) => publishedRules(tx, county))).toMatchObject({ version: 1 });
    await publish("second");
    expect(await states()).toEqual(["2 published", "1 retired"]);
    expect(await inCounty((tx) => publishedRules(tx, county))).toMatchObject({ version: 2 });
    expect((await show(1))?.events.at(-1)).toEqual({ type: "retired", by: "Li", at: LATER, note: null });
  });

  it("that is turned down is retired without ever having been published", async () => {
    await draft();
    await submit(1);
    expect(await review(1, "Li", "turn-down", "Two rules say the same.")).toEqual({ ok: true, number: 1 });
    expect(await show(1)).toMatchObject({
      state: "retired",
      publishedAt: null,
      retiredAt: LATER,
      reviewer: "Li",
      reviewNote: "Two rules say the same.",
      events: [{ type: "drafted" }, { type: "submitted" }, { type: "turned-down", note: "Two rules say the same." }],
    });
    expect(await inCounty(publishedRuleset)).toBeNull();
  });

  it("keeps its order and its words as they were written", async () => {
    const written = ruleset("  2026 rules ", [
      rule("z", { expires: "2027-06-30" }),
      rule("a", { when: { in: ["电梯 👍", { var: "text" }] } }),
    ]);
    await draft(written);
    expect(await show(1)).toMatchObject({ name: "2026 rules", content: written });
  });

  it("is not reviewed by its author, however the name is written, nor by whoever edited it", async () => {
    await draft(ruleset(), "Wang Li");
    await edit(1, ruleset("edited"), "Zhao");
    await submit(1, "Chen");
    for (const same of ["Wang Li", "wang li", " Wang  Li ", "Ｗang Li", "zhao"]) {
      for (const verdict of lifecycle.REVIEW_DECISIONS) {
        expect([same, await review(1, same, verdict)]).toEqual([
          same,
          { ok: false, because: "person", reason: expect.stringContaining("somebody else"), findings: [] },
        ]);
      }
    }
    expect(await states()).toEqual(["1 in-review"]);
    expect(await review(1, "Chen")).toMatchObject({ ok: true });
  });

  it("takes no step that its state does not allow, and says which it is in", async () => {
    await publish("one");
    await draft();
    await draft();
    await submit(3);
    for (const [step, reason] of [
      [() => edit(1, ruleset()), "Rule set 1 is published and cannot be changed: only a draft can."],
      [() => edit(3, ruleset()), "Rule set 3 is in review and cannot be changed: only a draft can."],
      [() => submit(1), "Rule set 1 is published and cannot be submitted: only a draft can."],
      [() => submit(3), "Rule set 3 is in review and cannot be submitted: only a draft can."],
      [() => review(1), "Rule set 1 is published and cannot be reviewed: only one that was submitted can."],
      [() => review(2), "Rule set 2 is a draft and cannot be reviewed: only one that was submitted can."],
      [() => takeBack(1), "Rule set 1 is published and cannot be taken back: only one that was published before can."],
      [() => takeBack(2), "Rule set 2 is a draft and cannot be taken back: only one that was published before can."],
    ] as const) {
      expect(await step()).toEqual({ ok: false, because: "state", reason, findings: [] });
    }
    for (const step of [() => edit(9, ruleset()), () => submit(9), () => review(9), () => takeBack(9)]) {
      expect(await step()).toMatchObject({ ok: false, because: "unknown" });
    }
    expect(await states()).toEqual(["3 in-review", "2 draft", "1 published"]);
  });

  it("with mistakes is refused with all of them, and nothing is stored or changed", async () => {
    await draft();
    const before = await counted();
    const bad = ruleset("bad", [
      rule("a", { when: { "==": [{ var: "mood" }, "bad"] } }),
      rule("b", { expires: "soon" }),
    ]);
    for (const refused of [await draft(bad), await edit(1, bad)]) {
      expect(refused).toMatchObject({
        ok: false,
        because: "content",
        findings: [
          { rule: "a", kind: "invalid", text: expect.stringMatching(/^rules\[0\]\.when\.==: there is no variable/) },
          { rule: "b", kind: "invalid", text: expect.stringMatching(/^rules\[1\]\.expires/) },
        ],
      });
    }
    expect(await draft(ruleset("NUL \0"))).toMatchObject({ because: "content" });
    expect(await show(1)).toMatchObject({ name: "2026 rules", content: ruleset() });
    expect([await states(), await counted()]).toEqual([["1 draft"], before]);
  });

  it.each(["", "  ", "a\0b", "a\u200bb", "\ud800", "x".repeat(101)])(
    "is written and reviewed by somebody with a name, not %j",
    async (nobody) => {
      await draft();
      await submit(1);
      for (const step of [() => draft(ruleset(), nobody), () => submit(1, nobody), () => review(1, nobody)]) {
        expect(await step()).toMatchObject({ ok: false, because: "person" });
      }
      expect(await states()).toEqual(["1 in-review"]);
    },
  );

  it("is reviewed with a note that can be stored and read", async () => {
    await draft();
    await submit(1);
    for (const note of ["x".repeat(2001), "a\0b", "\udc00"]) {
      expect(await review(1, "Li", "publish", note)).toMatchObject({ ok: false, because: "content" });
    }
    expect(await states()).toEqual(["1 in-review"]);
  });
});

describe("taking back", () => {
  it("makes a new version of the old rules, with a review of its own", async () => {
    await publish("first");
    await publish("second");
    expect(await takeBack(1, "Zhao")).toEqual({ ok: true, number: 3 });
    expect(await states()).toEqual(["3 in-review", "2 published", "1 retired"]);
    expect(await show(3)).toMatchObject({
      name: "first",
      author: "Zhao",
      takesBack: 1,
      content: ruleset("first"),
      events: [{ type: "drafted" }, { type: "submitted" }],
    });
    expect(await review(3, "Zhao")).toMatchObject({ ok: false, because: "person" });
    expect(await review(3, "Li")).toEqual({ ok: true, number: 3 });
    expect(await states()).toEqual(["3 published", "2 retired", "1 retired"]);
    expect(await inCounty(publishedRuleset)).toMatchObject({ number: 3, name: "first" });
  });

  it("is refused for what was turned down", async () => {
    await draft();
    await submit(1);
    await review(1, "Li", "turn-down");
    expect(await takeBack(1)).toMatchObject({ because: "state", reason: expect.stringContaining("is turned down") });
  });
});

describe("publishing at once", () => {
  const publishAtOnce = (content: unknown, author: string, reviewer: string) =>
    inCounty((tx) => lifecycle.publishAtOnce(tx, county, { content, author, reviewer, now: NOW }));

  it("takes every step, in one transaction", async () => {
    expect(await publishAtOnce(ruleset(), "Wang", "Li")).toEqual({ ok: true, number: 1 });
    expect((await show(1))?.events.map(({ type, by }) => `${type} ${by}`)).toEqual([
      "drafted Wang",
      "submitted Wang",
      "published Li",
    ]);
  });

  it("stores nothing when it is refused", async () => {
    expect(await publishAtOnce(ruleset(), "Wang", "wang ")).toMatchObject({ because: "person" });
    expect(await publishAtOnce(ruleset(), "", "Li")).toMatchObject({ because: "person" });
    expect(await publishAtOnce({}, "Wang", "Li")).toMatchObject({ because: "content" });
    expect([await states(), await counted()]).toEqual([[], 0]);
  });
});
