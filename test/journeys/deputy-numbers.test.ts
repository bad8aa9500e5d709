import { afterEach, describe, expect, it } from "vitest";
import type { Phone } from "../../src/demo/platforms/wechat/phone.ts";
import { arrived, newest } from "../arrived.ts";
import {
  casesOf,
  expectEveryMessageEnded,
  MINUTE,
  onlyCase,
  say,
  service,
  short,
  wait,
  withService,
} from "./resident.ts";

withService();

const MATTERS = ["路灯坏了三盏", "水管漏水", "垃圾没人收", "水渠塌了"];
let people = 0;
let deputy: Phone;

/** A deputy with so many open cases, of which they look at the last one in the end, or at none. */
async function withCases(
  count: number,
  looksAt: "last" | "none" = "last",
): Promise<{ phone: Phone; id: string; number: string }[]> {
  deputy = await service.deputy("D001");
  const opened = [];
  for (let index = 0; index < count; index += 1) {
    people += 1;
    const phone = service.phone(`numbers-${people}`);
    await say(service, phone, `柳东村三组${MATTERS[index]}`);
    const { number } = await onlyCase(service, phone);
    expect((await service.case(number)).deputy).toBe("D001");
    opened.push({ phone, number, id: short(number) });
    await wait(service, 2 * MINUTE);
  }
  if (looksAt === "last") await say(service, deputy, opened.at(-1)!.id);
  return opened;
}

const asks = async (text: string) => {
  await say(service, deputy, text);
  return newest(deputy);
};

afterEach(async () => {
  await say(service, deputy, "谢谢");
  for (const one of await service.cases()) {
    if (one.open && one.deputy === "D001") await say(service, deputy, `办结 ${short(one.number)} 办好了`);
  }
  await expectEveryMessageEnded(service);
});

describe("the number of an own case, whatever it touches", () => {
  it.each(["办结N号路灯都换了新的", "N号办结，路灯换了", "办结了N号，路灯换了", "N 办结 路灯换了"])(
    "%s closes that case and not the one last looked at",
    async (words) => {
      const [first, last] = await withCases(2);
      await asks(words.replace("N", first!.id));
      expect(await service.case(first!.number)).toMatchObject({ state: "closed", outcome: "solved" });
      expect(newest(first!.phone)).toContain("路灯");
      expect((await service.case(last!.number)).state).toBe("assigned");
      expect(arrived(last!.phone).join()).not.toContain("路灯换了");
    },
  );

  it("asks where it may be a house, a line or a day as well, and nobody gets anything before", async () => {
    const [first, last] = await withCases(2);
    for (const words of [
      `回复 ${first!.id}号楼的灯修好了`,
      `回复${first!.id}路公交站牌换了`,
      `办结 ${first!.id}号下午修好的`,
    ]) {
      const question = await asks(words);
      expect(question).toContain(`是${first!.id}号那件，还是刚才看的${last!.id}号`);
      for (const { phone } of [first!, last!]) expect(newest(phone)).not.toMatch(/灯修好了|站牌|下午/);
    }
    await asks(last!.id);
    expect((await service.case(last!.number)).state).toBe("closed");
    expect(newest(last!.phone)).toContain(`「${first!.id}号下午修好的」`);
    expect((await service.case(first!.number)).state).toBe("assigned");
  });

  it("asks whether words behind a number are the answer to that case", async () => {
    const [first, last] = await withCases(2);
    expect(await asks(`${first!.id} 已经让师傅去换了`)).toContain(`要作为${first!.id}号的答复转给居民吗`);
    await asks("1");
    expect(newest(first!.phone)).toContain("「已经让师傅去换了」");
    expect(arrived(last!.phone).join()).not.toContain("师傅");
  });

  it("sends what was confirmed, also where a day in it is the number of the case", async () => {
    const [one] = await withCases(1, "none");
    const words = `${one!.id}号来水，先送两车水过去`;
    expect(await asks(words)).toContain(words);
    await asks("1");
    expect(newest(one!.phone)).toContain(words);
  });

  it("gives a case back, passes it on, shows it, though the number stands first", async () => {
    const [first, second, last] = await withCases(3);
    expect(await asks(`${first!.id}号怎么回复`)).toContain(`编号${first!.number}`);
    await asks(last!.id);
    expect(await asks(`把${second!.id}号转给住建局`)).toContain(`${second!.id}号转`);
    expect((await service.case(second!.number)).state).toBe("referred");
    expect(await asks(`${first!.id}号不归我管，是镇上的路`)).toContain(`${first!.id}号退回了`);
    expect((await service.case(first!.number)).events.map(({ type }) => type)).toContain("returned");
    expect((await service.case(last!.number)).state).toBe("assigned");
  });

  it("is not needed where one case is meant: 转给住建局 alone", async () => {
    const [only] = await withCases(1);
    expect(await asks("转给住建局")).toContain(`${only!.id}号转`);
    expect((await service.case(only!.number)).state).toBe("referred");
  });

  it("is asked for anew when it is wrong, and the words still wait", async () => {
    const cases = await withCases(2);
    await say(service, deputy, "列表");
    await asks(`回复 ${cases[0]!.id}、${cases[1]!.id} 都安排了`);
    expect(await asks("9999")).toMatch(/没有找到9999号.*您说的是哪一件/s);
    expect(await asks("列表")).toContain(`${cases[0]!.id}号`);
    await asks(`${cases[0]!.id}号`);
    expect(newest(cases[0]!.phone)).toContain("都安排了");
    expect(arrived(cases[1]!.phone).join()).not.toContain("都安排了");
  });

  it("of a closed case sends nothing and says what can be done", async () => {
    const [first, last] = await withCases(2);
    await asks(`办结 ${first!.id} 灯亮了`);
    await asks(last!.id);
    const told = arrived(first!.phone).length + arrived(last!.phone).length;
    for (const words of [`回复 ${first!.id} 还有一句`, `回复${first!.id}号路灯又看过`, `${first!.id}号 再看看`]) {
      expect(await asks(words)).toMatch(new RegExp(`${first!.id}号已经办结.*更正 ${first!.id}.*重开 ${first!.id}`));
    }
    expect(arrived(first!.phone).length + arrived(last!.phone).length).toBe(told);
  });
});

describe("what a deputy says of their own", () => {
  it("becomes a resident's case by 3, through the ordinary path", async () => {
    const [only] = await withCases(1);
    const question = await asks("我自己住的南大街也停水了");
    expect(question).toContain(`要作为${only!.id}号的答复转给居民吗`);
    expect(question).toMatch(/回3自己要反映/);
    await asks("3");
    const [own] = await casesOf(service, deputy);
    expect(own).toMatchObject({ summary: expect.stringContaining("停水"), grid: expect.any(String) });
    expect(newest(deputy)).toContain(own!.number);
    expect(arrived(only!.phone).join()).not.toContain("停水");
  });

  it("is asked about with several cases; a case number makes it an answer, and no keeps it in sight", async () => {
    const [first, second] = await withCases(2, "none");
    const before = (await casesOf(service, deputy)).length;
    const question = await asks("北大街人行道也塌了，我天天走");
    expect(question).toMatch(/没有转给居民.*这是您自己要反映的事吗.*1.*2/s);
    await asks("2");
    expect(newest(deputy)).toContain("没有转给居民");
    expect(await asks("列表")).toContain("北大街人行道也塌了");
    expect(await casesOf(service, deputy)).toHaveLength(before);

    expect(await asks("供电所说明早来人")).toContain("这是您自己要反映的事吗");
    await asks(second!.id);
    expect(newest(second!.phone)).toContain("「供电所说明早来人」");
    expect(arrived(first!.phone).join()).not.toMatch(/供电所|人行道/);
  });

  it("is a matter of their own by 1, among several cases", async () => {
    await withCases(2, "none");
    await asks("我家老宅北大街的下水道堵了");
    await asks("1");
    expect((await casesOf(service, deputy)).at(-1)).toMatchObject({ summary: expect.stringContaining("下水道") });
  });

  it("is a matter at once by 反映", async () => {
    await withCases(2);
    const before = (await casesOf(service, deputy)).length;
    await asks("反映 南大街红绿灯不亮");
    const own = await casesOf(service, deputy);
    expect(own).toHaveLength(before + 1);
    expect(own.at(-1)?.summary).toBe("南大街红绿灯不亮");
    expect(await asks("反映")).toContain("还没写是什么事");
  });

  it("is asked about right after a closing, instead of becoming a case without a word", async () => {
    const [only] = await withCases(1);
    await asks(`办结 ${only!.id} 换了新灯`);
    const before = (await casesOf(service, deputy)).length;
    expect(await asks("灯是节能的，能用十年")).toMatch(/没有转给居民.*这是您自己要反映的事吗/s);
    await asks("不是");
    expect(await casesOf(service, deputy)).toHaveLength(before);
    expect(await asks("列表")).toContain("能用十年");
  });

  it("does not answer what they were asked as a resident, where it bears the number of a case", async () => {
    const [first, last] = await withCases(2);
    await asks("反映 门口垃圾没人收");
    await wait(service, 10_000);
    expect(newest(deputy)).toMatch(/请问在哪里|还是在.*吗/);
    expect(await asks(`${first!.id}号柳东村三组的事办好了`)).toContain(`要作为${first!.id}号的答复转给居民吗`);
    await asks("1");
    expect(newest(first!.phone)).toContain("办好了");
    expect(arrived(last!.phone).join()).not.toContain("办好了");
  });
});
