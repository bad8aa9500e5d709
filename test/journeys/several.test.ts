import { beforeAll, describe, expect, it } from "vitest";
import { inbox } from "../../db/schema/conversations.ts";
import { readPayload } from "../../src/casework/inbox/payload.ts";
import type { Phone } from "../../src/demo/platforms/wechat/phone.ts";
import { arrived, newest } from "../arrived.ts";
import {
  casesOf,
  DAY,
  letPass,
  MINUTE,
  onlyCase,
  SECOND,
  say,
  service,
  short,
  since,
  wait,
  withService,
} from "./resident.ts";

let deputy: Phone;
withService();
beforeAll(async () => {
  deputy = await service.deputy("D003");
});

const TWO = "1.柳东村一组路灯坏了半个月了。2.我妈的高龄补贴今年一分没到，麻烦查查。";
/** The words of a person's messages as the inbox keeps them. */
async function messagesOf(phone: Phone): Promise<string> {
  const { runtime } = service;
  return runtime.database.inCounty(service.jurisdiction("qinghe"), async (tx) => {
    const rows = await tx.select().from(inbox);
    const payloads = rows.map((row) => readPayload(runtime.vault, row));
    return JSON.stringify(payloads.filter(({ sender }) => sender === phone.openid).map(({ content }) => content));
  });
}

const thread = async (number: string) => (await service.case(number)).messages.map(({ text }) => text).join("\n");

describe("several matters in one message", () => {
  it("become cases of their own, each with its number, its receipt and its words", async () => {
    const phone = service.phone("several-1");
    await say(service, phone, TWO);
    const [lamp, money] = await casesOf(service, phone);
    expect(await casesOf(service, phone)).toHaveLength(2);
    expect(lamp?.summary).toContain("路灯");
    expect(lamp?.summary).not.toContain("补贴");
    expect(money?.summary).toContain("高龄补贴");
    const told = arrived(phone).join("\n");
    for (const one of [lamp!, money!]) expect(told).toContain(`编号${one.number}`);
    expect(told).toMatch(/路灯.*高龄补贴/s);
    expect(newest(phone)).toContain(`合并 ${short(money!.number)} 到 ${short(lamp!.number)}`);
    // Where one part names a place, the other lies there too.
    expect([lamp?.grid, money?.grid]).toEqual([lamp?.grid, lamp?.grid]);
    expect(lamp?.events.map(({ type }) => type)).toContain("split");
    expect(arrived(deputy).join("\n")).toContain("高龄补贴");
  });

  it("are one again by one message, with all words, and the other is closed as the same", async () => {
    const phone = service.phone("several-2");
    await say(service, phone, TWO);
    const [first, second] = await casesOf(service, phone);
    await say(service, phone, `合并 ${short(second!.number)} 到 ${short(first!.number)}`);
    const [one, other] = await casesOf(service, phone);
    expect(one).toMatchObject({ open: true });
    expect(other).toMatchObject({ open: false, outcome: "duplicate", deputy: null });
    expect(await thread(first!.number)).toContain("高龄补贴");
    expect(newest(phone)).toContain("合好了");
    await letPass(service, DAY);
    await say(service, phone, "还是没弄好");
    expect((await casesOf(service, phone)).map(({ open }) => open)).toEqual([true, false]);
  });

  it("are one again without a number too, and a wrong number changes nothing", async () => {
    const phone = service.phone("several-3");
    await say(service, phone, TWO, "合并 999 到 998");
    expect(newest(phone)).toContain("没有合并");
    await say(service, phone, "合并");
    expect((await casesOf(service, phone)).map(({ open }) => open)).toEqual([true, false]);
    await say(service, phone, "合并");
    expect(newest(phone)).toContain("没有合并");
  });

  it("are asked for their place once, and the answer places all of them", async () => {
    const phone = service.phone("several-4");
    await say(service, phone, "1.门口路灯坏了半个月了。2.我妈的高龄补贴今年一分没到，麻烦查查。");
    await wait(service, 5 * SECOND);
    expect(arrived(phone).filter((text) => text.includes("在哪里"))).toHaveLength(1);
    await say(service, phone, "柳东村一组");
    const all = await casesOf(service, phone);
    expect(all).toHaveLength(2);
    for (const one of all) expect(one).toMatchObject({ state: "assigned", deputy: "D003" });
  });

  it("said again become nothing more", async () => {
    const phone = service.phone("several-5");
    await say(service, phone, TWO, TWO);
    expect(await casesOf(service, phone)).toHaveLength(2);
  });
});

describe("another matter right behind the first", () => {
  it("is a case of its own, also where the first waits for its place", async () => {
    const phone = service.phone("behind-1");
    await say(service, phone, "柳东村一组路灯坏了半个月了");
    await wait(service, 20 * SECOND);
    await say(service, phone, "另外一件事：我妈的高龄补贴今年一分没到，麻烦查查");
    expect((await casesOf(service, phone)).map(({ summary }) => summary)).toEqual([
      expect.stringContaining("路灯"),
      expect.stringContaining("高龄补贴"),
    ]);
    const other = service.phone("behind-2");
    await say(service, other, "门口路灯坏了半个月了");
    await wait(service, 20 * SECOND);
    await say(service, other, "另外一件事：我妈的高龄补贴今年一分没到，麻烦查查");
    expect(await casesOf(service, other)).toHaveLength(2);
    await say(service, other, "柳东村一组");
    for (const one of await casesOf(service, other)) expect(one).toMatchObject({ state: "assigned" });
  });

  it("is none where the words go on with the first", async () => {
    const phone = service.phone("behind-3");
    await say(service, phone, "柳东村一组路灯坏了半个月了");
    await wait(service, 10 * SECOND);
    await say(service, phone, "另外晚上老人都不敢出门，还摔过一回");
    expect((await onlyCase(service, phone)).summary).toContain("路灯");
  });

  it("is not buried in what its deputy answered", async () => {
    const phone = service.phone("behind-4");
    await say(service, phone, "柳东村一组路灯坏了半个月了");
    const { number } = await onlyCase(service, phone);
    await say(service, deputy, `回复 ${short(number)} 已经报给供电所，后天来修`);
    await wait(service, 30 * MINUTE);
    await say(service, phone, "我妈的高龄补贴今年一分没到，麻烦查查");
    expect(await casesOf(service, phone)).toHaveLength(2);
  });
});

describe("what is worse in one part", () => {
  it("holds for the whole: an accusation seals all of it, and no deputy reads a word", async () => {
    const phone = service.phone("worse-1");
    const before = arrived(deputy).length;
    await say(service, phone, "1.柳东村一组路灯坏了半个月了。2.村支书把低保名额给了他亲弟弟，还收了人家两万块钱。");
    expect(await onlyCase(service, phone)).toMatchObject({ sealed: true, deputy: null });
    await wait(service, 5 * MINUTE);
    expect(since(deputy, before)).not.toMatch(/路灯|低保/);
  });

  it("a danger makes the whole urgent, with the numbers to call", async () => {
    const phone = service.phone("worse-2");
    await say(service, phone, "1.柳东村一组路灯坏了半个月了。2.隔壁家里着火了，有人还在里面。");
    expect((await casesOf(service, phone)).some(({ priority }) => priority)).toBe(true);
    expect(arrived(phone).join("\n")).toContain("119");
  });
});

describe("erasing", () => {
  it("takes the words of a closed case out of the message that told of an open one too", async () => {
    const phone = service.phone("erase-1");
    await say(service, phone, TWO);
    const [first, second] = await casesOf(service, phone);
    await say(service, deputy, `办结 ${short(second!.number)} 发了`);
    await letPass(service, DAY);
    await say(service, phone, "删除我的数据", "是");
    const left = await messagesOf(phone);
    expect(left).not.toContain("高龄补贴");
    expect(await thread(second!.number)).not.toContain("高龄补贴");
    expect(await thread(first!.number)).toContain("路灯");
  });
});

describe("a deputy who finds two matters in one", () => {
  it("takes one out: it gets a number, whoever answers for it, and its resident hears", async () => {
    const phone = service.phone("out-1");
    await say(service, phone, "柳东村一组路灯坏了半个月了，灯杆边上的下水道也堵着");
    const [{ number } = { number: "" }] = await casesOf(service, phone);
    await say(service, deputy, `拆分 ${short(number)} 第二件是下水道堵了`);
    expect(newest(deputy)).toContain("分出来了");
    const all = await casesOf(service, phone);
    expect(all.at(-1)).toMatchObject({ summary: expect.stringContaining("下水道堵了"), open: true });
    expect(newest(phone)).toContain(all.at(-1)!.number);
    await say(service, deputy, `拆分 ${short(number)}`);
    expect(newest(deputy)).toContain("还没写另一件");
    expect(await casesOf(service, phone)).toHaveLength(all.length);
  });
});
