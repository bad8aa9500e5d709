import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Phone } from "../../src/demo/platforms/wechat/phone.ts";
import { arrived, newest } from "../arrived.ts";
import { startService, type TestService } from "../service.ts";
import { short } from "./resident.ts";

let service: TestService;
beforeAll(async () => {
  service = await startService();
});
afterAll(() => service.close());

/** A resident asks; the number of the case that opened. */
async function ask(person: string, text: string): Promise<{ phone: Phone; number: string }> {
  const before = new Set((await service.cases()).map((one) => one.number));
  const phone = service.phone(person);
  await phone.say(text);
  await service.settled();
  const opened = (await service.cases()).filter((one) => !before.has(one.number));
  expect(opened).toHaveLength(1);
  return { phone, number: opened[0]!.number };
}

async function say(phone: Phone, text: string): Promise<string> {
  await phone.say(text);
  await service.settled();
  return newest(phone);
}

describe("a deputy in chat", () => {
  it("is bound by a one-time code, gets what waited, and the code works once", async () => {
    const { number } = await ask("early", "东关菜市场门口垃圾桶满了没人清");
    expect(await service.case(number)).toMatchObject({ deputy: "D005", state: "assigned" });
    const phone = service.wechat.phone("qinghe", "o_d005");
    const code = await service.invite("D005");
    await phone.say(`绑定 ${code.toLowerCase()}`);
    await service.settled();
    expect(arrived(phone).join("\n")).toContain("周志强");
    expect(arrived(phone).join("\n")).toContain("垃圾桶满了");
    const thief = service.phone("thief");
    await say(thief, `绑定 ${code}`);
    await say(thief, "列表");
    expect(arrived(thief).join("\n")).not.toContain("垃圾桶");
  });

  it("who takes another chat loses the first, which is told", async () => {
    const first = service.wechat.phone("qinghe", "o_first");
    await say(first, `绑定 ${await service.invite("D007")}`);
    const code = await service.invite("D007");
    expect(await say(first, "列表")).toContain("您手上");
    const second = service.wechat.phone("qinghe", "o_second");
    expect(await say(second, `绑定 ${code}`)).toContain("郑永年");
    expect(newest(first)).toContain("换到另一个微信");
    expect(await say(first, `绑定 ${await service.invite("D007")}`)).toContain("郑永年");
    expect(newest(second)).toContain("换到另一个微信");
    const again = await say(first, `绑定 ${await service.invite("D007")}`);
    expect(again).not.toContain("换到另一个微信");
  });

  it("is nobody by claim: commands of an unbound person are a resident's words", async () => {
    const stranger = service.phone("stranger");
    await say(stranger, "回复 1 已经修好了");
    await say(stranger, "办结 1 修好了");
    await say(stranger, "我是王代表,把昨天举报人的电话发我");
    for (const one of await service.cases()) {
      expect(
        (await service.case(one.number)).events.map((event) => event.by).filter((by) => by.startsWith("deputy")),
      ).toEqual([]);
    }
  });

  it("sees the words masked and never the person", async () => {
    const deputy = await service.deputy("D001");
    const secret =
      "我叫张三丰,身份证370000199001010000,电话13800000000,住柳东村三组2号楼1单元502,门口路灯不亮,车牌鲁GA1234挡路";
    const { number } = await ask("private", secret);
    await say(deputy, short(number));
    const seen = arrived(deputy).join("\n");
    expect(seen).toContain("路灯不亮");
    for (const hidden of ["370000199001010000", "13800000000", "502", "张三丰", "鲁GA1234", "o_private"]) {
      expect(seen).not.toContain(hidden);
    }
    const thread = (await service.case(number)).messages.map((message) => message.text).join("\n");
    expect(thread).not.toContain("13800000000");
    await say(deputy, `办结 ${short(number)} 灯修好了`);
  });

  it("lists, shows, replies without a number when it is clear, and is asked when two could be meant", async () => {
    const deputy = await service.deputy("D009");
    const first = await ask("zebra", "南大街斑马线磨没了");
    expect(await say(deputy, "回复 收到，我去看看")).toContain(short(first.number));
    expect(newest(first.phone)).toContain("收到，我去看看");

    const second = await ask("market", "南大街夜市太吵了");
    const third = await ask("drain", "南大街下水道堵了冒臭水");
    const question = await say(deputy, "回复 正在处理");
    expect(question).toContain("夜市");
    expect(question).toContain("下水道");
    expect(arrived(second.phone).join()).not.toContain("正在处理");
    expect(arrived(third.phone).join()).not.toContain("正在处理");
    expect(question).not.toMatch(/^1[.、]/m);
    await say(deputy, short(third.number));
    const got = [first, second, third].filter((one) => arrived(one.phone).join().includes("正在处理"));
    expect(got).toEqual([third]);

    expect(await say(deputy, "列表")).toContain("斑马线");
    await say(deputy, `${short(second.number)}`);
    await say(deputy, "回复 今晚去现场");
    expect(newest(second.phone)).toContain("今晚去现场");
  });

  it("is asked, not guessed, when a number is wrong", async () => {
    const deputy = service.wechat.phone("qinghe", "o_deputy_D009");
    const before = (await service.cases()).map((one) => one.state);
    const answer = await say(deputy, "办结 999 修好了");
    expect(answer).toContain("999");
    expect((await service.cases()).map((one) => one.state)).toEqual(before);
  });

  it("is asked, not guessed, when two numbers stand there; the first answered gets the words alone", async () => {
    const deputy = await service.deputy("D003");
    const [first, second] = [await ask("pair-1", "柳东村一组水管漏水"), await ask("pair-2", "柳东村一组垃圾没人收")];
    const question = await say(deputy, `回复 ${short(first.number)}、${short(second.number)} 都在办`);
    expect(question).toContain("您说的是哪一件");
    expect(question).not.toContain("没有找到");
    expect(arrived(first.phone).join() + arrived(second.phone).join()).not.toContain("都在办");
    expect(await say(deputy, `回复 999、${short(first.number)} 都在办`)).toContain("您说的是哪一件");
    expect(arrived(first.phone).join()).not.toContain("都在办");
    await say(deputy, short(second.number));
    const received = [first, second].map((one) => newest(one.phone)).filter((text) => text.includes("都在办"));
    expect(received).toHaveLength(1);
    expect(received[0]).toContain("\n「都在办」\n");
  });

  it("cannot touch another deputy's case", async () => {
    const other = await ask("other", "锦绣家园小区电梯停了");
    expect((await service.case(other.number)).deputy).not.toBe("D009");
    const deputy = service.wechat.phone("qinghe", "o_deputy_D009");
    await say(deputy, `回复 ${other.number} 你好`);
    await say(deputy, other.number);
    expect(arrived(deputy).join()).not.toContain("电梯");
    expect(arrived(other.phone).join()).not.toContain("你好");
    expect((await service.case(other.number)).state).toBe("assigned");
  });

  it("gives a case back with a reason: the next one gets it, at last the office, and the resident is told", async () => {
    const county = await service.deputy("D010");
    const { phone, number } = await ask("park", "北大街人行道砖翘起来了");
    expect((await service.case(number)).deputy).toBe("D010");
    expect(await say(county, `退回 ${short(number)} 不是我负责的路段`)).toContain("改由陈国庆代表负责");
    expect(await service.case(number)).toMatchObject({ deputy: "D009", state: "assigned" });
    expect(newest(phone)).toContain("陈国庆");
    const next = service.wechat.phone("qinghe", "o_deputy_D009");
    expect(newest(next)).toContain("人行道砖");
    await say(next, `退回 ${short(number)} 市政的事`);
    const view = await service.case(number);
    expect(view.decision?.passedOver).toEqual(
      expect.arrayContaining([
        { deputy: "D010", why: "returned" },
        { deputy: "D009", why: "returned" },
      ]),
    );
    expect([view.deputy, view.state]).toEqual(["D007", "assigned"]);
  });

  it("is passed over while away and found again when back", async () => {
    const deputy = service.wechat.phone("qinghe", "o_deputy_D001");
    expect(await say(deputy, "请假 3天")).toMatch(/\d/);
    const away = await ask("away", "柳东小学门口没有减速带");
    const view = await service.case(away.number);
    expect(view.deputy).toBe("D002");
    expect(view.decision?.passedOver).toContainEqual({ deputy: "D001", why: "away" });
    await say(deputy, "销假");
    const back = await ask("back", "柳东村三组水渠塌了");
    expect((await service.case(back.number)).deputy).toBe("D001");
  });

  it("confirms words without a command before they go to a resident", async () => {
    const deputy = await service.deputy("D004");
    const { phone, number } = await ask("lift", "锦绣家园3号楼电梯停了五天");
    expect((await service.case(number)).deputy).toBe("D005");
    const holder = service.wechat.phone("qinghe", "o_d005");
    await say(holder, `${short(number)}`);
    const question = await say(holder, "物业说明天换零件");
    expect(question).toContain("物业说明天换零件");
    expect(arrived(phone).join()).not.toContain("明天换零件");
    expect(await say(holder, "不是")).toContain("没有转给居民");
    expect(arrived(phone).join()).not.toContain("明天换零件");
    await say(holder, "物业说明天换零件");
    await say(holder, "1");
    expect(newest(phone)).toContain("明天换零件");
    expect(arrived(deputy).join()).not.toContain("电梯停了五天");
  });

  it("with several cases is told that words without a command went to nobody", async () => {
    const deputy = await service.deputy("D002");
    const first = await ask("several-1", "柳西村一组路灯坏了");
    const second = await ask("several-2", "柳西村一组水管漏水");
    expect(await say(deputy, "已经联系供电所了")).toContain("没有转给居民");
    for (const { phone } of [first, second]) expect(arrived(phone).join()).not.toContain("供电所");
  });

  it("gets figures and help", async () => {
    const deputy = service.wechat.phone("qinghe", "o_deputy_D009");
    expect(await say(deputy, "统计")).toMatch(/\d/);
    expect(await say(deputy, "帮助")).toContain("办结");
    expect(await say(deputy, "轉辦 1 住建局，太远")).not.toContain("已转");
  });
});

describe("“which one?” among cases whose numbers are small", () => {
  it("is answered by a case number alone: a digit is no row", async () => {
    const young = await startService();
    const deputy = await young.deputy("D003");
    const texts = ["锦绣家园电梯坏了", "柳东村一组路灯坏了", "柳东村一组垃圾没人收"];
    const phones = texts.map((_, index) => young.phone(`row-${index + 1}`));
    for (const [index, phone] of phones.entries()) {
      await phone.say(texts[index]!);
      await young.settled();
    }
    const tell = async (text: string) => {
      await deputy.say(text);
      await young.settled();
      return newest(deputy);
    };
    await tell("回复 明天修灯");
    expect(await tell("1")).toMatch(/没有找到1号.*您说的是哪一件/s);
    expect(phones.map((phone) => arrived(phone).join().includes("明天修灯"))).toEqual([false, false, false]);
    await tell("2");
    expect(phones.map((phone) => arrived(phone).join().includes("明天修灯"))).toEqual([false, true, false]);
    await young.close();
  });
});
