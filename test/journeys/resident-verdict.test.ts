import { beforeAll, describe, expect, it } from "vitest";
import type { Phone } from "../../src/demo/platforms/wechat/phone.ts";
import { arrived, newest } from "../arrived.ts";
import {
  casesOf,
  DAY,
  letPass,
  MINUTE,
  onlyCase,
  outcomesOf,
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
  deputy = await service.deputy("D001");
});

let buildings = 0;
/** A lamp of their own for everybody: what many tell of one is told together. */
function aLamp(): string {
  buildings += 1;
  return `柳东村二组${buildings}号楼前路灯坏了`;
}

/** A resident whose case at 柳东-2 was closed. */
async function closed(person: string, text = aLamp()): Promise<{ phone: Phone; number: string }> {
  const phone = service.phone(person);
  await wait(service, 5 * MINUTE);
  await say(service, phone, text);
  const { number } = (await casesOf(service, phone)).at(-1)!;
  await say(service, deputy, `办结 ${short(number)} 已经换好`);
  return { phone, number };
}

describe("the verdict", () => {
  it.each(["1", "１", "第一个", "满意", "满意，谢谢", "修好了", "👍"])("%s is praise", async (words) => {
    const { phone, number } = await closed(`praise-${words}`);
    await say(service, phone, words);
    expect(await service.case(number)).toMatchObject({ state: "closed", rating: 5 });
    expect(newest(phone)).toContain("谢谢您");
    expect(newest(deputy)).toContain(`${short(number)}号，居民说满意`);
    await onlyCase(service, phone);
  });

  it.each(["2", "２", "不满意", "不满意，根本没修", "没修好", "👎", "还是不亮"])("%s opens it again", async (words) => {
    const { phone, number } = await closed(`blame-${words}`);
    await say(service, phone, words);
    const one = await service.case(number);
    expect(one).toMatchObject({ state: "assigned", open: true, deputy: "D001" });
    expect(one.events.map((event) => event.type)).toEqual(expect.arrayContaining(["reopened"]));
    expect(newest(phone)).toContain("重新打开");
    expect(newest(deputy)).toContain("重新打开");
    await onlyCase(service, phone);
  });

  it.each(["好的", "收到", "嗯", "知道了", "ok"])(
    "is not given by %s, which only says that it was read",
    async (words) => {
      const { phone, number } = await closed(`read-${words}`);
      const [toResident, toDeputy] = [newest(phone), newest(deputy)];
      await say(service, phone, words);
      await wait(service, 2 * MINUTE);
      expect(await service.case(number)).toMatchObject({ state: "closed", rating: null });
      expect([newest(phone), newest(deputy)]).toEqual([toResident, toDeputy]);
      await say(service, phone, "1");
      expect((await service.case(number)).rating).toBe(5);
    },
  );

  it("against the result reminds the deputy of the whole matter, not only of how it began", async () => {
    const phone = service.phone("whole");
    for (const words of ["在吗", "柳东村二组又停水了", "三天了，天天去邻居家提水"]) await phone.say(words);
    await service.settled();
    const [one] = await casesOf(service, phone);
    await say(service, deputy, `办结 ${short(one!.number)} 水管修好了`);
    await say(service, phone, "不满意，还是没水");
    expect(newest(deputy)).toMatch(/重新打开[\s\S]*又停水了\n「三天了，天天去邻居家提水\n「还是没水/);
  });

  it("is tapped", async () => {
    const { phone, number } = await closed("tap");
    await phone.tapChoice("102");
    await service.settled();
    expect((await service.case(number)).open).toBe(true);
  });

  it("holds days later, and praise in words reaches the deputy", async () => {
    const { phone, number } = await closed("late");
    await letPass(service, 5 * DAY);
    await say(service, deputy, "列表");
    await say(service, phone, "满意，灯亮多了");
    expect((await service.case(number)).rating).toBe(5);
    expect(newest(deputy)).toContain("灯亮多了");
  });

  it("is changed by saying so, and said again changes nothing", async () => {
    const { phone, number } = await closed("changed");
    await say(service, phone, "满意");
    await say(service, phone, "满意");
    const rated = async () => (await service.case(number)).events.filter((event) => event.type === "rated").length;
    expect(await rated()).toBe(1);
    await letPass(service, DAY);
    await say(service, deputy, "列表");
    await say(service, phone, "不满意，当晚又灭了");
    expect(await service.case(number)).toMatchObject({ state: "assigned", open: true });
    expect(await rated()).toBe(2);
    expect(newest(phone)).toContain("重新打开");
    expect(newest(deputy)).toContain("当晚又灭了");
    await onlyCase(service, phone);
  });

  it("out of range asks again", async () => {
    const { phone, number } = await closed("range");
    await say(service, phone, "5");
    expect(newest(phone)).toContain("1到3");
    await say(service, phone, "1");
    expect((await service.case(number)).rating).toBe(5);
  });

  it("by a number answers the last question, when two cases were closed", async () => {
    const first = await closed("two");
    const second = await closed("two", "柳东村二组水管漏水");
    await say(service, first.phone, "2");
    expect((await service.case(first.number)).open).toBe(false);
    expect((await service.case(second.number)).open).toBe(true);
    await say(service, first.phone, "1");
    expect((await service.case(first.number)).rating).toBe(5);
  });

  it("in words that may mean two cases is asked back", async () => {
    const first = await closed("two-words");
    const second = await closed("two-words", "柳东村二组水管漏水");
    await say(service, first.phone, "不满意，又坏了");
    expect(newest(first.phone)).toContain("哪一件");
    await say(service, first.phone, short(first.number));
    expect((await service.case(first.number)).open).toBe(true);
    expect((await service.case(second.number)).open).toBe(false);
    expect(newest(deputy)).toContain("又坏了");
    expect(await outcomesOf(service, first.phone)).toEqual(["case", "case", "case", "answer"]);
  });

  it("is not taken from what is another matter", async () => {
    const { phone, number } = await closed("other-matter");
    await wait(service, 5 * MINUTE);
    await say(service, phone, "锦绣家园电梯停了");
    expect((await service.case(number)).rating).toBeNull();
    expect((await casesOf(service, phone))[1]).toMatchObject({ grid: "东关-1", state: "assigned" });
    await say(service, phone, "满意");
    expect((await service.case(number)).rating).toBe(5);
  });

  it("of a case whose deputy is away opens it at the next one, with all that was said and shown", async () => {
    const next = await service.deputy("D002");
    const phone = service.phone("away");
    await wait(service, 5 * MINUTE);
    await say(service, phone, "柳东村三组水渠塌了", "冲坏了两亩地");
    const { number } = await onlyCase(service, phone);
    await say(service, deputy, `办结 ${short(number)} 已经清理`, "请假 3天");
    await say(service, phone, "不满意，根本没人来");
    expect(await service.case(number)).toMatchObject({ state: "assigned", deputy: "D002", open: true });
    expect(newest(next)).toContain("水渠塌了");
    expect(newest(next)).toContain("两亩地");
    expect(newest(next)).toContain("根本没人来");
    expect(newest(phone)).toContain("王建国");
    await say(service, deputy, "销假");
  });

  it("of a withdrawn case is nobody's", async () => {
    const phone = service.phone("withdrawn");
    await wait(service, 5 * MINUTE);
    await say(service, phone, "柳东村二组路灯坏了");
    await say(service, phone, "撤回");
    const { number } = await onlyCase(service, phone);
    const [toResident, toDeputy] = [arrived(phone).length, arrived(deputy).length];
    await say(service, phone, "满意");
    expect(await onlyCase(service, phone)).toMatchObject({ outcome: "withdrawn", rating: null, open: false });
    expect(since(phone, toResident)).not.toMatch(/\d号|重新打开|满意/);
    expect(since(deputy, toDeputy)).not.toContain(short(number));
    expect(since(deputy, toDeputy)).not.toContain("满意");
    expect((await outcomesOf(service, phone)).slice(0, 2)).toEqual(["case", "command"]);
  });
});
