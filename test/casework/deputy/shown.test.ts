import { describe, expect, it } from "vitest";
import { listCases } from "../../../src/casework/cases/case-view.ts";
import {
  FILM,
  inCounty,
  keptWith,
  LINK,
  MUMBLED,
  newest,
  numbers,
  office,
  oneCase,
  PHOTO,
  POSITION,
  photosForResidents,
  screen,
  spoken,
  twoCases,
  withOffices,
} from "./showing-office.ts";

withOffices();

describe("a voice of a deputy", () => {
  it("with a command in it is that command", async () => {
    const [first, second] = await twoCases();
    await office.say("li", spoken("回复2，井盖明天换。"));
    expect(screen("bob")).toContain("井盖明天换");
    expect(screen("ann")).not.toContain("井盖明天换");
    await office.say("li", spoken("列表。"));
    expect(newest("li")).toContain("您手上有2件");
    expect(await numbers()).toEqual([first, second]);
  });

  it("with words is asked about as these words are, and passed on as said when the deputy says yes", async () => {
    const number = await oneCase();
    await office.say("li", spoken("我约了电工，周三过去。"));
    expect(newest("li")).toContain("要作为1号的答复转给居民吗");
    expect(screen("ann")).not.toContain("电工");
    await office.say("li", spoken("是的。"));
    expect(screen("ann")).toContain("我约了电工，周三过去");
    expect(await numbers()).toEqual([number]);
  });

  it("with a number shows that case", async () => {
    await twoCases();
    await office.say("li", spoken("2号。"));
    expect(newest("li")).toContain("编号");
    expect(newest("li")).toContain("井盖");
  });

  it("that nobody could write down goes nowhere, and the deputy hears what to do", async () => {
    const number = await oneCase();
    await office.say("li", MUMBLED);
    expect(newest("li")).toContain("没能变成文字");
    expect(newest("li")).toContain("没有转给居民");
    await office.say("li", "回复 1 周三修");
    expect(screen("ann")).toContain("周三修");
    expect(await numbers()).toEqual([number]);
  });
});

describe("what else a deputy shows", () => {
  it("is kept where it is a film, which cannot reach a resident", async () => {
    const number = await oneCase();
    await office.say("li", FILM);
    expect(newest("li")).toContain("居民那边收不到");
    expect(await keptWith(number)).toEqual(["in video"]);
  });

  it.each([
    ["position", POSITION, "柳河镇文化广场", "in location"],
    ["link", LINK, "https://example.test/lamps", "in link"],
  ])("is asked about where it is a %s, and goes as words", async (_what, shown, words, kept) => {
    const number = await oneCase();
    await office.say("li", shown);
    expect(newest("li")).toContain("居民还没有收到");
    expect(screen("ann")).not.toContain(words);
    await office.say("li", "1");
    expect(screen("ann")).toContain(words);
    expect((await keptWith(number))[0]).toBe(kept);
    expect(await numbers()).toEqual([number]);
  });

  it("is nobody's words where it is a key of the menu that is no command", async () => {
    const number = await oneCase();
    for (const key of ["V1001_TODAY_NEWS", "#sendmsg#_0#70001", "进度"]) {
      await office.say("li", { kind: "menu", key });
      expect(newest("li")).toContain("看手上的事");
    }
    await office.say("li", { kind: "menu", key: "列表" });
    expect(newest("li")).toContain("您手上有1件");
    expect(screen("ann")).not.toMatch(/V1001|sendmsg/);
    expect(await numbers()).toEqual([number]);
  });
});

describe("a deputy with a matter of their own", () => {
  /** The deputy of 柳东-1 lives elsewhere, and has asked something without saying where. */
  async function ownMatter(): Promise<string> {
    await office.bind("li", "D003");
    await office.say("li", "我家门口垃圾没人收");
    await office.pass(10_000);
    expect(newest("li")).toContain("请问在哪里");
    return (await numbers()).at(-1)!;
  }

  it("says what a deputy says, though they were asked where it is", async () => {
    const own = await ownMatter();
    await office.say("ann", "柳东村一组路灯坏了没人修");
    await office.say("li", "我已经联系了供电所");
    expect(newest("li")).toContain("要作为2号的答复转给居民吗");
    await office.say("li", "1");
    expect(screen("ann")).toContain("我已经联系了供电所");
    await office.say("li", "南大街");
    expect((await inCounty(listCases)).find((one) => one.number === own)).toMatchObject({ grid: "城关-2" });
  });

  it("is asked whose a photo is, and it goes where they say", async () => {
    const own = await ownMatter();
    await office.say("ann", "柳东村一组路灯坏了没人修");
    await office.say("li", PHOTO);
    expect(newest("li")).toContain("这张照片是哪一件的？");
    expect(newest("li")).toContain("1号 您自己反映的");
    await office.say("li", "1号");
    expect(await keptWith(own)).toContain("in image");
    expect(await photosForResidents()).toBe(0);
    expect(await numbers()).toHaveLength(2);
  });

  it("answers with a position what they were asked, where they have nothing else to do", async () => {
    const own = await ownMatter();
    await office.say("li", POSITION);
    const [found] = await inCounty(listCases);
    expect(found).toMatchObject({ number: own });
    expect(found?.state).not.toBe("clarifying");
    expect(await numbers()).toHaveLength(1);
  });

  it("adds a photo to it where they have nothing else to do", async () => {
    const own = await ownMatter();
    await office.say("li", PHOTO);
    expect(await keptWith(own)).toContain("in image");
    expect(await numbers()).toEqual([own]);
  });
});
