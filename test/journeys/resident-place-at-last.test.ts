import { describe, expect, it } from "vitest";
import { moveByHand } from "../../src/casework/office/move-case.ts";
import type { Phone } from "../../src/demo/platforms/wechat/phone.ts";
import { arrived, newest } from "../arrived.ts";
import { positionIn } from "../county/county.ts";
import { QINGHE } from "../county/qinghe.ts";
import { casesOf, DAY, HOUR, MINUTE, onlyCase, SECOND, say, service, since, wait, withService } from "./resident.ts";

withService();

/** Says what is wrong, and answers "where?" twice with what is no place. */
async function askedInVain(phone: Phone, matter: string): Promise<void> {
  await say(service, phone, matter);
  await wait(service, 2 * MINUTE);
  await say(service, phone, "你们到底管不管");
  await wait(service, 2 * MINUTE);
  await say(service, phone, "就我们这边啊还能是哪");
  await wait(service, 10 * SECOND);
  expect(await onlyCase(service, phone)).toMatchObject({ state: "triage", grid: null });
}

describe("a place that is told after it was asked for in vain", () => {
  it.each([
    ["alone, the next day", "柳西村", DAY],
    ["in words without a matter of their own", "哦 忘了说了，是在柳西村那里的", 20 * MINUTE],
  ])("is that of the case which the office has: %s", async (how, place, later) => {
    const phone = service.phone(`at-last-${how}`);
    await askedInVain(phone, "垃圾桶满了好几天没人清");
    await wait(service, later);
    await say(service, phone, place);
    await wait(service, 10 * SECOND);
    expect(await onlyCase(service, phone)).toMatchObject({ grid: "柳西-1", deputy: "D002", state: "assigned" });
    expect(newest(phone)).toContain("王建国");
    expect(newest(phone)).toContain("垃圾桶满了");
  });

  it("is one by a position too", async () => {
    const phone = service.phone("at-last-position");
    await askedInVain(phone, "井盖不见了一个");
    await wait(service, 2 * HOUR);
    await phone.sendLocation({ ...positionIn(QINGHE, "南坡-1"), label: "" });
    await service.settled();
    await wait(service, 10 * SECOND);
    expect(await onlyCase(service, phone)).toMatchObject({ grid: "南坡-1" });
  });

  it("opens a case of its own with another matter beside it", async () => {
    const phone = service.phone("at-last-other");
    await askedInVain(phone, "垃圾桶满了好几天没人清");
    await wait(service, DAY);
    await say(service, phone, "南坡村的路灯坏了两盏，晚上看不见路");
    const [first, second] = await casesOf(service, phone);
    expect(first).toMatchObject({ state: "triage", grid: null });
    expect(second).toMatchObject({ grid: "南坡-1" });
  });

  it("does not place what the office reads first", async () => {
    const phone = service.phone("at-last-office");
    await say(service, phone, "我要投诉我们的人大代表，找了他三次都不理人");
    await wait(service, HOUR);
    const [before] = await casesOf(service, phone);
    await say(service, phone, "柳西村");
    await wait(service, 10 * SECOND);
    expect((await casesOf(service, phone))[0]).toMatchObject({ state: before?.state, grid: null, deputy: null });
  });

  it.each([
    ["at once", 0],
    ["the next day", DAY],
  ])("does not take from the office what somebody there has kept by hand: %s", async (how, later) => {
    const phone = service.phone(`at-last-kept-${how}`);
    await askedInVain(phone, "垃圾桶满了好几天没人清");
    const { number } = await onlyCase(service, phone);
    const county = service.jurisdiction("qinghe");
    expect(await moveByHand(service.runtime, county, number, { kind: "office" }, "office:lin")).toEqual({ ok: true });
    await wait(service, later);
    await say(service, phone, "柳西村");
    await wait(service, 10 * SECOND);
    expect((await casesOf(service, phone))[0]).toMatchObject({ number, state: "triage", grid: null, deputy: null });
  });
});

describe("an answer that only sounds dangerous", () => {
  it.each(["二楼", "变电所那边", "地下车库", "火葬场路口"])("gets no line of advice: %s", async (place) => {
    const phone = service.phone(`harmless-${place}`);
    await say(service, phone, "锦绣家园的灯不亮了");
    await wait(service, 20 * MINUTE);
    const before = arrived(phone).length;
    await say(service, phone, place);
    await wait(service, 10 * SECOND);
    expect(since(phone, before)).not.toMatch(/11[09]|120/);
  });

  it("is a danger all the same where somebody is there", async () => {
    const phone = service.phone("not-harmless");
    await say(service, phone, "锦绣家园的灯不亮了");
    await wait(service, 20 * MINUTE);
    await say(service, phone, "孩子困在电梯里出不来");
    expect(arrived(phone).join("\n")).toContain("119");
  });
});

describe("a greeting before the matter", () => {
  it.each([
    ["各位代表好，柳西村的路灯坏了两盏", "柳西村的路灯坏了两盏"],
    ["您好！在吗？柳西村水管漏水", "柳西村水管漏水"],
  ])("is not what the case is called: %s", async (text, summary) => {
    const phone = service.phone(`greeted-${summary}`);
    await say(service, phone, text);
    expect(await onlyCase(service, phone)).toMatchObject({ summary });
  });
});
