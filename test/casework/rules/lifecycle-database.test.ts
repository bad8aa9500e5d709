import postgres from "postgres";
import { describe, expect, it } from "vitest";
import type { Transaction } from "../../../db/database.ts";
import { APP_ROLE } from "../../../db/login.ts";
import * as lifecycle from "../../../src/casework/rules/lifecycle.ts";
import { listRulesets, publishedRuleset, showRuleset } from "../../../src/casework/rules/versions.ts";
import { ruleset } from "../../domain/rules/rule-sets.ts";
import { county, db, draft, inCounty, NOW, publish, review, show, states, submit, withDatabases } from "./steps.ts";

withDatabases();

describe("several at the same time", () => {
  it("each get a number of their own, and leave exactly one published", async () => {
    const made = await Promise.all(Array.from({ length: 8 }, (_, index) => draft(ruleset(`set ${index}`))));
    expect(made.map((one) => one.ok && one.number).sort()).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    await Promise.all(made.map((_, index) => submit(index + 1)));
    const reviewed = await Promise.all(made.map((_, index) => review(index + 1)));
    expect(reviewed.every(({ ok }) => ok)).toBe(true);
    const after = await states();
    expect(after.filter((one) => one.endsWith("published"))).toHaveLength(1);
    expect(after.filter((one) => one.endsWith("retired"))).toHaveLength(7);
  });

  it("who review the same version are not both heard", async () => {
    await draft();
    await submit(1);
    const both = await Promise.all([review(1, "Li"), review(1, "Zhao", "turn-down")]);
    expect(both.map((one) => (one.ok ? "done" : one.because)).sort()).toEqual(["done", "state"]);
  });
});

describe("the database itself", () => {
  it("refuses to change, delete or publish past the review what was submitted, whoever asks", async () => {
    await publish("first");
    await draft();
    await submit(2);
    await draft();
    const owner = postgres(db.url, { max: 1, onnotice: () => undefined });
    try {
      for (const role of [null, APP_ROLE]) {
        for (const forbidden of [
          "update rulesets set content = '{}' where number = 1",
          "update rulesets set content = '{}' where number = 2",
          "update rulesets set name = 'x' where number = 2",
          "update rulesets set author = 'x' where number = 3",
          "update rulesets set state = 'draft', submitted_at = null where number = 2",
          "update rulesets set state = 'in-review', retired_at = null where number = 1",
          "update rulesets set state = 'published', reviewer = 'wang', reviewed_at = now(), published_at = now() where number = 2",
          "update rulesets set state = 'published', submitted_at = now(), reviewer = 'x', reviewed_at = now(), published_at = now() where number = 3",
          "update rulesets set reviewer = 'x' where number = 1",
          "delete from rulesets where number = 1",
          "delete from rulesets where number = 3",
          "update ruleset_events set by = 'x'",
          "delete from ruleset_events",
          "truncate rulesets, ruleset_events, ruleset_comments, ruleset_looks, ruleset_marks",
        ]) {
          const tried = owner.begin(async (tx) => {
            if (role !== null) await tx.unsafe(`set local role ${role}`);
            await tx`select set_config('liaison.jurisdiction', ${county}, true)`;
            await tx.unsafe(forbidden);
          });
          await expect(tried, `${role}: ${forbidden}`).rejects.toMatchObject({ code: "42501" });
        }
      }
    } finally {
      await owner.end();
    }
    expect(await states()).toEqual(["3 draft", "2 in-review", "1 published"]);
    expect(await show(1)).toMatchObject({ content: ruleset("first") });
  });

  it("keeps two counties apart: each has its own numbers and its own published set", async () => {
    await publish("east");
    const west = await db.county("west");
    const inWest = <T>(work: (tx: Transaction) => Promise<T>) => db.database.inCounty(west, work);
    expect(await inWest(listRulesets)).toEqual([]);
    expect(await inWest((tx) => showRuleset(tx, 1))).toBeNull();
    expect(await inWest(publishedRuleset)).toBeNull();
    expect(await inWest((tx) => lifecycle.takeBack(tx, west, 1, { author: "Wang", now: NOW }))).toMatchObject({
      because: "unknown",
    });
    const content = ruleset("west");
    const made = await inWest((tx) =>
      lifecycle.publishAtOnce(tx, west, { content, author: "Wang", reviewer: "Li", now: NOW }),
    );
    expect(made).toEqual({ ok: true, number: 1 });
    expect(await inCounty(publishedRuleset)).toMatchObject({ number: 1, name: "east" });
    expect(await inWest(publishedRuleset)).toMatchObject({ number: 1, name: "west" });
    await expect(inWest((tx) => lifecycle.draft(tx, county, { content, author: "Wang", now: NOW }))).rejects.toThrow(
      /row-level security/,
    );
  });
});
