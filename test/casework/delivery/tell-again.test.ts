import { asc, eq, isNotNull, sql } from "drizzle-orm";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Transaction } from "../../../db/database.ts";
import { cases } from "../../../db/schema/cases.ts";
import { conversations } from "../../../db/schema/conversations.ts";
import { outbox } from "../../../db/schema/outbox.ts";
import { deputies } from "../../../db/schema/people.ts";
import { countWaiting } from "../../../src/casework/backlog/counts.ts";
import { findStuck, intervene } from "../../../src/casework/backlog/stuck.ts";
import { listCases, viewCase } from "../../../src/casework/cases/case-view.ts";
import { type Office, openOffice } from "../office.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const AGAIN = "可能已经收到过";

let office: Office;
/** What the platform took for somebody, whether or not it said so. */
let arrived: { to: string; text: string }[];

beforeEach(async () => {
  office = await openOffice();
  arrived = [];
  answer();
});
afterEach(() => office.close());

const inCounty = <T>(work: (tx: Transaction) => Promise<T>) => office.db.database.inCounty(office.county.id, work);
const textsTo = (person: string) => arrived.flatMap(({ to, text }) => (to === person ? [text] : []));
const screen = (person: string) => textsTo(person).join("\n");
const times = (person: string, words: string) => screen(person).split(words).length - 1;
const rowsOf = (kind: string) =>
  inCounty((tx) => tx.select().from(outbox).where(eq(outbox.kind, kind)).orderBy(asc(outbox.seq)));
const repeats = () => inCounty((tx) => tx.select().from(outbox).where(isNotNull(outbox.repeats)));
const uncertainNow = async () =>
  (await countWaiting(office.db.database, office.county.id, office.runtime.now())).endedBadly.uncertain;

/** All calls are answered, but for the next `unseen` to one person: these end without an answer. */
function answer(to = "", unseen = 0, arrives = false): void {
  let left = unseen;
  office.answerCalls((person, outbound) => {
    const isUnseen = person === to && left > 0;
    if (isUnseen) left -= 1;
    if (!isUnseen || arrives) arrived.push({ to: person, text: "text" in outbound ? outbound.text : "(photo)" });
    return isUnseen
      ? { outcome: "uncertain", reason: "HTTP 502 without the platform's word" }
      : { outcome: "delivered", platformId: null };
  });
}

async function theCase(): Promise<string> {
  return (await inCounty(listCases)).at(-1)!.number;
}

async function delivery(number: string): Promise<string[]> {
  const found = await inCounty((tx) => viewCase(tx, number));
  if (!found.ok) throw new Error(number);
  return found.view.messages.flatMap((one) => (one.direction === "out" ? [`${one.kind} ${one.delivery}`] : []));
}

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

describe("a resident", () => {
  it("reads the receipt and the privacy notice once more, and no third time", async () => {
    answer("ann", 1);
    await office.say("ann", "柳东村二组停水三天了");
    const number = await theCase();
    expect(await delivery(number)).toEqual(["receipt uncertain"]);
    await office.say("ann", "进度");
    expect(screen("ann")).toContain(`收到了，编号${number}`);
    expect(screen("ann")).toContain("删除我的数据");
    expect(await delivery(number)).toEqual(["receipt delivered"]);
    await office.say("ann", "进度");
    await office.pass(2 * HOUR);
    expect(times("ann", AGAIN)).toBe(2);
  });

  it("reads an answer and a closure again after an hour, and can give the verdict", async () => {
    await office.bind("li", "D001");
    await office.say("ann", "柳东村二组停水三天了");
    const number = await theCase();
    answer("ann", 1);
    await office.say("li", "回复 1 管道明天换");
    answer("ann", 1);
    await office.say("li", "办结 1 管道换好，来水了");
    expect(await delivery(number)).toEqual(["receipt delivered", "reply uncertain", "closure uncertain"]);
    await office.pass(HOUR + MINUTE);
    expect(times("ann", "管道明天换")).toBe(1);
    expect(times("ann", "来水了")).toBe(1);
    expect(await delivery(number)).toEqual(["receipt delivered", "reply delivered", "closure delivered"]);
    await office.say("ann", "1");
    expect((await inCounty(listCases)).at(-1)).toMatchObject({ rating: 5 });
  });

  it("who was told a closure and has given a verdict is not told it again", async () => {
    await office.bind("li", "D001");
    await office.say("ann", "柳东村二组停水三天了");
    answer("ann", 1, true);
    await office.say("li", "办结 1 来水了");
    await inCounty((tx) => tx.update(cases).set({ rating: 5 }).where(sql`true`));
    await office.say("ann", "进度");
    await office.pass(2 * HOUR);
    expect(times("ann", "您说了算")).toBe(1);
  });

  it("is asked again where it is, unless what they write answers that", async () => {
    answer("ann", 1);
    await office.say("ann", "路灯坏了");
    await office.pass(10_000);
    expect(screen("ann")).not.toContain("请问在哪里");
    await office.say("ann", "进度");
    expect(screen("ann")).toMatch(/可能已经收到过[\s\S]*请问在哪里/);

    answer("bob", 1);
    await office.say("bob", "垃圾没人收");
    await office.pass(10_000);
    await office.say("bob", "柳东村一组");
    expect(screen("bob")).not.toContain("请问在哪里");
    expect(screen("bob")).toContain("收到了，编号");
  });

  it("in danger reads the card once more", async () => {
    answer("ann", 1);
    await office.say("ann", "柳东村一组家里煤气味很重，老人晕倒了");
    await office.say("ann", "快来人");
    expect(screen("ann")).toContain("119");
    expect(times("ann", AGAIN)).toBeGreaterThan(0);
  });

  it("does not read courtesies again: thanks, help, status", async () => {
    await office.say("ann", "柳东村二组停水三天了");
    for (const words of ["帮助", "进度", "谢谢你们，辛苦了"]) {
      answer("ann", 1);
      await office.say("ann", words);
    }
    answer();
    await office.say("ann", "我的数据");
    await office.pass(2 * HOUR);
    expect(screen("ann")).not.toContain(AGAIN);
    expect(await repeats()).toEqual([]);
  });

  it("whose words are erased is told nothing of them again", async () => {
    await office.bind("li", "D001");
    await office.say("ann", "柳东村二组停水三天了");
    await office.say("li", "办结 1 来水了");
    answer("ann", 1);
    await office.say("li", "帮助");
    await inCounty((tx) =>
      tx
        .update(outbox)
        .set({ state: "uncertain", repeatsLeft: 1, settledAt: office.runtime.now() })
        .where(eq(outbox.kind, "closure")),
    );
    await office.say("ann", "删除我的数据");
    await office.pass(2 * HOUR);
    const again = await repeats();
    expect(again.filter((row) => row.kind === "closure" && row.state !== "superseded")).toEqual([]);
  });

  it("is not told again what the platform answered for", async () => {
    await office.bind("li", "D001");
    await office.say("ann", "柳东村二组停水三天了");
    await office.say("li", "回复 1 管道明天换");
    await office.say("ann", "进度");
    await office.pass(2 * HOUR);
    await office.say("ann", "好的");
    expect(screen("ann") + screen("li")).not.toContain(AGAIN);
  });

  it("who writes English is told so in English", async () => {
    answer("eve", 1);
    await office.say("eve", "The street lamp at No.2 Middle School is broken");
    await office.say("eve", "status");
    expect(screen("eve")).toContain("You may have had this already");
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
