import { describe, expect, it } from "vitest";
import type { Phone } from "../../src/demo/platforms/wechat/phone.ts";
import { arrived, newest } from "../arrived.ts";
import {
  casesOf,
  DAY,
  HOUR,
  letPass,
  MINUTE,
  onlyCase,
  outcomesOf,
  SECOND,
  say,
  service,
  since,
  wait,
  withService,
} from "./resident.ts";

withService();

const VAGUE = "你们管不管啊,这路还能走人吗";

/** A resident who complains without a place and is asked. */
async function asked(person: string, text = VAGUE): Promise<Phone> {
  const phone = service.phone(person);
  await say(service, phone, text);
  await wait(service, 3 * SECOND);
  return phone;
}

describe("where?", () => {
  it("is asked once, with the number of the case and numbered choices, three seconds after the words", async () => {
    const phone = service.phone("delay");
    await say(service, phone, VAGUE);
    expect(arrived(phone).join()).not.toContain("在哪里");
    await wait(service, 3 * SECOND);
    const one = await onlyCase(service, phone);
    expect(one.state).toBe("clarifying");
    expect(newest(phone)).toContain(one.number);
    expect(newest(phone)).toContain("请问在哪里");
    expect(newest(phone)).toContain("柳河镇");
    expect(arrived(phone)).toHaveLength(1);
  });

  it("is answered by a number only when it was there to be read: one that is sent twice chooses once", async () => {
    const phone = await asked("number-twice");
    await say(service, phone, "4", "4");
    expect((await onlyCase(service, phone)).state).toBe("clarifying");
    await wait(service, 3 * SECOND);
    expect((await onlyCase(service, phone)).state).toBe("clarifying");
    await say(service, phone, "1");
    expect(await onlyCase(service, phone)).toMatchObject({ state: "assigned", grid: "柳东-1" });
  });

  it("is not answered by a number that came before it", async () => {
    const phone = service.phone("early-number");
    await say(service, phone, VAGUE, "1");
    await wait(service, 3 * SECOND);
    expect(await onlyCase(service, phone)).toMatchObject({ state: "clarifying", grid: null });
    expect(newest(phone)).toContain("请问在哪里");
  });

  it("is not asked when the place comes in the same breath", async () => {
    const phone = service.phone("in-time");
    await say(service, phone, VAGUE, "柳东村一组");
    await wait(service, 5 * SECOND);
    expect(arrived(phone)).toHaveLength(1);
    expect(arrived(phone).join()).not.toContain("请问在哪里");
    expect(await onlyCase(service, phone)).toMatchObject({ state: "assigned", grid: "柳东-1" });
  });

  it.each([
    ["a digit and a digit", ["4", "1"], "柳东-1"],
    ["full-width digits", ["４", "３"], "柳东-3"],
    ["ordinals", ["第四个", "第二个吧"], "柳东-2"],
    ["labels", ["柳河镇", "柳西村一组"], "柳西-1"],
    ["a label and a name from the list", ["在城关镇", "老汽车站那边"], "城关-1"],
    ["a name at once", ["我在锦绣家园"], "东关-1"],
  ])("is answered by %s", async (how, answers, grid) => {
    const phone = await asked(`answer-${how}`);
    for (const answer of answers) {
      await say(service, phone, answer);
      await wait(service, 3 * SECOND);
    }
    const one = await onlyCase(service, phone);
    expect(one).toMatchObject({ state: "assigned", grid });
    expect(newest(phone)).toContain("负责");
    const digits = one.messages.filter((message) => message.party === "resident" && message.kind === "answer");
    expect(digits.map((message) => message.text)).toEqual(answers.filter((answer) => !/家园|车站/.test(answer)));
  });

  it("is answered by taps", async () => {
    const phone = await asked("taps");
    await phone.tapChoice("104");
    await service.settled();
    await wait(service, 3 * SECOND);
    await phone.tapChoice("102");
    await service.settled();
    expect(await onlyCase(service, phone)).toMatchObject({ grid: "柳东-2", deputy: "D001" });
  });

  it("shows the deputy the words and not the digits", async () => {
    const deputy = await service.deputy("D003");
    const phone = await asked("digits-hidden");
    await say(service, phone, "4");
    await wait(service, 3 * SECOND);
    await say(service, phone, "1");
    expect(newest(deputy)).toContain(`内容：「${VAGUE}」\n`);
  });

  it("stays open when a number is out of range", async () => {
    const phone = await asked("range");
    await say(service, phone, "9");
    expect(newest(phone)).toContain("1到4");
    await say(service, phone, "柳东村二组");
    expect((await onlyCase(service, phone)).state).toBe("assigned");
    expect(await outcomesOf(service, phone)).toEqual(["case", "answer", "case"]);
  });

  it("is not answered by what follows in the same breath", async () => {
    const phone = service.phone("breath");
    await say(service, phone, VAGUE, "昨天我妈就摔了一跤", "都一个月了", "在吗");
    await wait(service, 10 * SECOND);
    expect(arrived(phone)).toHaveLength(1);
    expect(newest(phone)).not.toContain("再问您一次");
    await say(service, phone, "柳东村一组");
    const one = await onlyCase(service, phone);
    expect(one.state).toBe("assigned");
    expect(one.messages.map((message) => message.text).join()).toContain("摔了一跤");
  });

  it("is asked twice at most; then the office has it, and the receipt says so", async () => {
    const phone = await asked("twice");
    await wait(service, 2 * MINUTE);
    await say(service, phone, "就是门口那条啊");
    await wait(service, 3 * SECOND);
    expect(newest(phone)).toContain("再问您一次");
    await wait(service, 2 * MINUTE);
    await say(service, phone, "你们自己来看");
    const one = await onlyCase(service, phone);
    expect(one).toMatchObject({ state: "triage", open: true, deputy: null });
    expect(newest(phone)).toContain(one.number);
    expect(newest(phone)).toContain("县人大代表工作机构");
    expect(arrived(phone)).toHaveLength(3);
  });

  it("is answered at once by who does not know: asked again, then left to the office", async () => {
    const phone = await asked("unknown", "路灯坏了");
    await say(service, phone, "晚上黑漆漆的，孩子放学都看不见路");
    expect(arrived(phone)).toHaveLength(1);
    await say(service, phone, "不知道");
    await wait(service, 3 * SECOND);
    expect(newest(phone)).toContain("再问您一次");
    await say(service, phone, "就是那边啊");
    expect(await onlyCase(service, phone)).toMatchObject({ state: "triage", deputy: null });
    expect(newest(phone)).toContain("由县人大代表工作机构分派");
    await say(service, phone, "柳东村一组");
    expect(await onlyCase(service, phone)).toMatchObject({ state: "assigned", grid: "柳东-1" });
  });

  it("is repeated with the same choices when the doubt was between two places", async () => {
    const phone = await asked("doubt", "人民公园厕所太脏");
    await wait(service, 2 * MINUTE);
    await say(service, phone, "就那个公园");
    await wait(service, 3 * SECOND);
    expect(newest(phone)).toContain("东关街道");
    await say(service, phone, "2");
    expect(await onlyCase(service, phone)).toMatchObject({ grid: "东关-2" });
  });

  it("survives another question in between", async () => {
    const phone = service.phone("aside");
    await phone.scan("g:柳东-1");
    await say(service, phone, "垃圾没人收");
    await wait(service, 2 * MINUTE);
    await say(service, phone, "路上有个大坑");
    const second = (await casesOf(service, phone))[1];
    expect(second).toMatchObject({ state: "assigned", grid: "柳东-1" });
    await wait(service, 2 * MINUTE);
    await say(service, phone, "人民公园灯不亮");
    await wait(service, 3 * SECOND);
    await say(service, phone, "催办");
    expect(newest(phone)).toContain("哪一件");
    await say(service, phone, "3");
    expect(newest(phone)).toContain("催办记下了");
    await say(service, phone, "第一个");
    expect((await casesOf(service, phone))[2]).toMatchObject({ state: "assigned", grid: "城关-1" });
    expect(await casesOf(service, phone)).toHaveLength(3);
  });
});

describe("silence after where?", () => {
  it("brings one reminder after a day, an end after another, and the next word a new life", async () => {
    const phone = await asked("silent");
    await letPass(service, 23 * HOUR);
    expect(arrived(phone)).toHaveLength(1);
    await letPass(service, 2 * HOUR);
    expect(arrived(phone)).toHaveLength(2);
    expect(newest(phone)).toContain("再问您一次");
    await letPass(service, 5 * HOUR);
    expect(arrived(phone)).toHaveLength(2);
    await letPass(service, 20 * HOUR);
    const { number } = await onlyCase(service, phone);
    expect(await service.case(number)).toMatchObject({ state: "closed", outcome: "no_contact", open: false });

    const before = arrived(phone).length;
    await say(service, phone, "不好意思才看到，在柳东村三组");
    expect(await onlyCase(service, phone)).toMatchObject({
      number,
      state: "assigned",
      grid: "柳东-3",
      deputy: "D001",
      outcome: null,
    });
    expect(since(phone, before)).toContain(number);
    expect(since(phone, before)).toContain("李秀兰");
  });

  it("revived by words without a place goes to the office", async () => {
    const phone = await asked("silent-vague");
    await letPass(service, 25 * HOUR);
    await letPass(service, 25 * HOUR);
    expect((await onlyCase(service, phone)).outcome).toBe("no_contact");
    await say(service, phone, "怎么没人理我");
    expect(await onlyCase(service, phone)).toMatchObject({ state: "triage", open: true });
    expect(newest(phone)).toContain("县人大代表工作机构");
  });

  it("is broken by an answer to the reminder", async () => {
    const phone = await asked("reminded");
    await letPass(service, 25 * HOUR);
    await say(service, phone, "2");
    await wait(service, 3 * SECOND);
    expect(await onlyCase(service, phone)).toMatchObject({ state: "triage", grid: "南坡-1" });
    await letPass(service, 3 * DAY);
    expect((await onlyCase(service, phone)).open).toBe(true);
  });

  it("never asks for a verdict on what nobody did", async () => {
    const phone = await asked("no-verdict");
    await letPass(service, 25 * HOUR);
    await letPass(service, 25 * HOUR);
    await say(service, phone, "1");
    expect((await onlyCase(service, phone)).rating).toBeNull();
  });
});
