import { eq, sql } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { cases } from "../../../db/schema/cases.ts";
import { outbox } from "../../../db/schema/outbox.ts";
import { listCases } from "../../../src/casework/cases/case-view.ts";
import {
  AGAIN,
  answer,
  delivery,
  HOUR,
  inCounty,
  MINUTE,
  office,
  repeats,
  screen,
  theCase,
  times,
  withOffices,
} from "./unseen-office.ts";

withOffices();

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
