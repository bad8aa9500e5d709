import { eq, sql } from "drizzle-orm";
import { beforeEach, describe, expect, it } from "vitest";
import { cases } from "../../../db/schema/cases.ts";
import { conversations } from "../../../db/schema/conversations.ts";
import { deputies } from "../../../db/schema/people.ts";
import { findStuck, intervene } from "../../../src/casework/backlog/stuck.ts";
import {
  AGAIN,
  answer,
  HOUR,
  inCounty,
  MINUTE,
  office,
  repeats,
  rowsOf,
  screen,
  textsTo,
  times,
  uncertainNow,
  withOffices,
} from "./unseen-office.ts";

const DAY = 24 * HOUR;

withOffices();

describe("a deputy whose new case was told to nobody knows whom", () => {
  beforeEach(async () => {
    await office.bind("li", "D003");
    answer("li", 1);
    await office.say("ann", "柳东村一组的井盖丢了");
    expect(screen("li")).not.toContain("井盖");
  });

  it("hears of it at their next contact, before the answer to that, in words that fit both cases", async () => {
    await office.say("li", "统计");
    const [told, stats] = textsTo("li").slice(-2).join("\n").split("您在办");
    expect(told).toContain(AGAIN);
    expect(told).toContain("井盖丢了");
    expect(stats).toContain("1件");
    expect(await uncertainNow()).toBe(0);
    await office.say("li", "列表");
    await office.pass(2 * HOUR);
    expect(times("li", AGAIN)).toBe(1);
  });

  it("hears of it after an hour without a contact, not before, and once", async () => {
    await office.pass(55 * MINUTE);
    expect(screen("li")).not.toContain("井盖");
    expect(await uncertainNow()).toBe(1);
    await office.pass(10 * MINUTE);
    expect(times("li", "井盖丢了")).toBe(1);
    expect(screen("li")).toContain(AGAIN);
    await office.pass(3 * HOUR);
    await office.say("li", "统计");
    expect(times("li", "井盖丢了")).toBe(1);
  });

  it("hears of it at the next contact where the window has closed meanwhile, and it is visible until then", async () => {
    await office.pass(3 * DAY);
    expect(screen("li")).not.toContain("井盖");
    const [again] = await repeats();
    expect(again).toMatchObject({ state: "waiting", awaitsContact: true });
    await office.say("li", "列表");
    expect(screen("li")).toContain("井盖丢了");
    expect(screen("li")).toMatch(/\d+月\d+日（.+）发过/);
  });

  it("and whose repeat ends without an answer too is left at that, visibly", async () => {
    answer("li", 1);
    await office.pass(HOUR);
    expect(screen("li")).not.toContain("井盖");
    await office.pass(2 * HOUR);
    await office.say("li", "统计");
    expect(times("li", AGAIN)).toBe(0);
    expect(await uncertainNow()).toBe(1);
    const stuck = await findStuck(office.db.database, office.county.id, {
      waitingSince: new Date(0),
      settledSince: new Date(0),
    });
    expect(stuck.map((one) => one.state)).toEqual(["uncertain"]);
  });

  it("is told in the chat that they have bound since", async () => {
    await office.bind("li-new", "D003");
    await inCounty((tx) =>
      tx
        .update(conversations)
        .set({ deputyId: null })
        .where(eq(conversations.peer, office.peer("li"))),
    );
    await office.say("li", "进度");
    expect(screen("li")).not.toContain("井盖");
    await office.pass(HOUR);
    expect(screen("li")).not.toContain("井盖");
    expect(screen("li-new")).toContain("井盖丢了");
  });

  it("is not told in a chat that is another deputy's now", async () => {
    await inCounty(async (tx) => {
      const [other] = await tx.select().from(deputies).where(eq(deputies.code, "D009"));
      await tx
        .update(conversations)
        .set({ deputyId: other!.id })
        .where(eq(conversations.peer, office.peer("li")));
    });
    await office.say("li", "统计");
    await office.pass(2 * HOUR);
    await office.say("li", "列表");
    expect(screen("li")).not.toContain("井盖");
    expect(await repeats()).toMatchObject([{ conversationId: null, awaitsContact: true }]);
  });

  it.each([
    ["sealed", { sealed: true }],
    ["somebody else's", { deputyId: null }],
    ["closed", { closedAt: new Date() }],
  ])("does not read it when the case is %s meanwhile; why is written down", async (_what, change) => {
    await inCounty((tx) => tx.update(cases).set(change).where(sql`true`));
    await office.say("li", "帮助");
    await office.pass(2 * HOUR);
    expect(screen("li")).not.toContain("井盖");
    expect((await rowsOf("deputy-case"))[0]).toMatchObject({
      state: "uncertain",
      reason: expect.stringMatching(/HTTP 502.*not told again: the case is/),
    });
  });

  it("reads it when their own words closed the case, which they may have said without it", async () => {
    await inCounty((tx) => tx.update(cases).set({ closedAt: new Date(), outcome: "solved" }).where(sql`true`));
    await office.say("li", "帮助");
    expect(screen("li")).toContain("井盖丢了");
  });

  it("does not read it when the case went to somebody else while the repeat waited for their contact", async () => {
    await office.pass(3 * DAY);
    await inCounty((tx) => tx.update(cases).set({ deputyId: null }).where(sql`true`));
    await office.say("li", "列表");
    expect(screen("li")).not.toContain("井盖");
    expect(await repeats()).toMatchObject([{ state: "superseded" }]);
  });

  it("does not read it again when somebody at the office has decided about it", async () => {
    const [row] = await rowsOf("deputy-case");
    const decision = {
      action: "put-aside",
      reason: "told by telephone",
      by: "wang",
      at: office.runtime.now(),
    } as const;
    expect(await intervene(office.db.database, office.county.id, row!.id, decision)).toEqual({ ok: true });
    await office.say("li", "列表");
    await office.pass(2 * HOUR);
    expect(await repeats()).toEqual([]);
  });
});

describe("news for a deputy", () => {
  it("are told again each, in their order, and thanks are not", async () => {
    await office.bind("li", "D003");
    await office.say("ann", "柳东村一组的井盖丢了");
    for (const words of ["有小孩差点掉下去", "旁边的路灯也不亮"]) {
      answer("li", 1);
      await office.say("ann", words);
    }
    await office.say("li", "回复 1 马上去");
    expect(screen("li").indexOf("有小孩差点掉下去")).toBeGreaterThan(-1);
    expect(screen("li").indexOf("旁边的路灯也不亮")).toBeGreaterThan(screen("li").indexOf("有小孩差点掉下去"));
    const before = (await repeats()).length;
    await office.pass(10 * MINUTE);
    answer("li", 1);
    await office.say("ann", "谢谢代表，太感谢了");
    await office.pass(2 * HOUR);
    expect(await repeats()).toHaveLength(before);
  });
});
