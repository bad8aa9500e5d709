import { beforeAll, describe, expect, it } from "vitest";
import type { Phone } from "../../src/demo/platforms/wechat/phone.ts";
import { arrived, newest } from "../arrived.ts";
import { casesOf, HOUR, MINUTE, onlyCase, say, service, short, since, wait, withService } from "./resident.ts";

let deputy: Phone;
withService();
beforeAll(async () => {
  deputy = await service.deputy("D001");
});

/** A resident with one open case at 柳东-2, of which they spoke hours ago. */
async function waiting(person: string, text = "柳东村二组的水渠淤了"): Promise<{ phone: Phone; number: string }> {
  const phone = service.phone(person);
  await say(service, phone, text);
  const { number } = (await casesOf(service, phone)).at(-1)!;
  await wait(service, 5 * HOUR);
  return { phone, number };
}

/** The same, closed as solved just now. */
async function closed(person: string): Promise<{ phone: Phone; number: string }> {
  const { phone, number } = await waiting(person);
  await say(service, deputy, `办结 ${short(number)} 已经清了`);
  await wait(service, 5 * MINUTE);
  return { phone, number };
}

describe("after a closing", () => {
  it.each(["哪里弄好了呀，一下雨照样漫", "清了个寂寞", "还是淤着的", "压根没见人来过"])(
    "%s is no praise, opens nothing new and reaches the deputy",
    async (words) => {
      const { phone, number } = await closed(`denies-${words}`);
      const before = arrived(deputy).length;
      await say(service, phone, words);
      expect(await casesOf(service, phone)).toHaveLength(1);
      expect((await service.case(number)).rating).not.toBe(5);
      expect(since(deputy, before)).toContain(words);
    },
  );

  it.each([
    ["1满意", 5],
    ["满 意", 5],
    ["5分", 5],
    ["要得", 5],
  ])("%s is the verdict, as people type it", async (words, rating) => {
    const { phone, number } = await closed(`types-${words}`);
    await say(service, phone, words);
    expect(await service.case(number)).toMatchObject({ state: "closed", rating });
  });

  it.each(["2不满意", "不 满 意", "将就"])("%s opens it again", async (words) => {
    const { phone, number } = await closed(`types-${words}`);
    await say(service, phone, words);
    expect(await service.case(number)).toMatchObject({ state: "assigned", open: true });
  });
});

describe("while a case is open", () => {
  it.each(["有人看见我说的没有", "快点行不行啊", "都五天了还没个动静", "我那个事办得咋样了"])(
    "%s stays with it and opens nothing",
    async (words) => {
      const { phone, number } = await waiting(`waits-${words}`);
      const before = arrived(phone).length;
      await say(service, phone, words);
      expect((await onlyCase(service, phone)).number).toBe(number);
      expect(since(phone, before)).toContain(number);
    },
  );

  it("a half-hearted withdrawal is asked about, and done only with a yes", async () => {
    const { phone, number } = await waiting("withdraws");
    await say(service, phone, "算了不用修了 我自己弄好了");
    expect((await service.case(number)).open).toBe(true);
    await wait(service, 5_000);
    expect(newest(phone)).toContain("不用办了吗");
    await say(service, phone, "1");
    expect(await service.case(number)).toMatchObject({ open: false, outcome: "withdrawn" });
  });

  it("what is said of the deputy who has it never reaches that deputy", async () => {
    const { phone } = await waiting("tells-on");
    const before = arrived(deputy).length;
    await say(service, phone, "我上午才跟代表讲 下午厂里就晓得是我说的");
    await wait(service, 5 * MINUTE);
    await say(service, deputy, "列表");
    expect(since(deputy, before)).not.toContain("厂里");
    expect((await casesOf(service, phone)).at(-1)).toMatchObject({ deputy: null, state: "triage" });
  });
});

describe("beside a case that is for others", () => {
  it("something plainly new is a case of its own, however soon after an accusation", async () => {
    const phone = service.phone("accuses-then-asks");
    await say(service, phone, "代表喊我给他转三百块车马费", "柳东村二组的路灯坏了三盏，晚上看不见路");
    expect(await casesOf(service, phone)).toMatchObject([
      { sealed: true, deputy: null },
      { sealed: false, deputy: "D001" },
    ]);
  });

  it("what answers the deputy reaches the deputy, though it names another place", async () => {
    const { phone, number } = await waiting("answers");
    await say(service, deputy, `回复 ${short(number)} 我下午三点去您家看`);
    await wait(service, HOUR);
    await say(service, phone, "周二我不在家，去我妈那边柳西村二组找我");
    expect((await onlyCase(service, phone)).number).toBe(number);
    expect(newest(deputy)).toContain("周二我不在家");
  });

  it("nobody is asked whether help in danger is wanted any more", async () => {
    const phone = service.phone("danger-over");
    await say(service, phone, "柳东村二组 屋里一股煤气味 头晕");
    await wait(service, 5 * MINUTE);
    await say(service, phone, "不用来了 我们都出来了");
    await wait(service, 5_000);
    expect(arrived(phone).join()).not.toContain("不用办了吗");
    expect(await onlyCase(service, phone)).toMatchObject({ open: true, priority: true });
  });

  it("a complaint of the deputy is read by the office, and not by that deputy", async () => {
    const { phone } = await waiting("complains");
    const before = arrived(deputy).length;
    await say(service, phone, "我要投诉这个代表");
    await say(service, deputy, "列表");
    expect(since(deputy, before)).not.toContain("投诉");
    expect((await casesOf(service, phone)).at(-1)).toMatchObject({ deputy: null });
  });

  it("the title of a link is read like any words", async () => {
    const { phone } = await waiting("links");
    const before = arrived(deputy).length;
    const link = { Title: "书记家的鱼塘没招标就包给他妹夫了", Description: "照片", Url: "https://example.org/2" };
    await phone.sendRaw({ MsgType: "link", ...link });
    await service.settled();
    expect(since(deputy, before)).not.toContain("鱼塘");
    expect((await casesOf(service, phone)).map((one) => one.sealed)).toEqual([false, true]);
  });
});

describe("as the first words", () => {
  it.each([
    "各位代表下午好，柳东村二组的水沟堵了",
    "书记让我来说 柳东村二组没水",
    "柳东村二组电线杆上全是贷款的小广告，没人清",
    "柳东村二组前年那场火的救助款一直没发",
  ])("%s is an ordinary case", async (words) => {
    const phone = service.phone(`first-${words}`);
    await say(service, phone, words);
    expect(await onlyCase(service, phone)).toMatchObject({ sealed: false, priority: false, deputy: "D001" });
    expect(arrived(phone).join()).not.toMatch(/12388|先保人/);
  });

  it.each(["代表喊我给他转三百块车马费", "书记家的鱼塘没招标就包给他妹夫了"])(
    "%s is for the office alone",
    async (words) => {
      const phone = service.phone(`accuses-${words}`);
      await say(service, phone, words);
      expect(await onlyCase(service, phone)).toMatchObject({ sealed: true, deputy: null });
    },
  );

  it.each(["我家老爷子昨晚出去到现在没回来 他脑子糊涂", "柳东村二组 孩子掉进粪坑里了", "他堵在我家门口说今晚要砍死我"])(
    "%s brings the card at once",
    async (words) => {
      const phone = service.phone(`danger-${words}`);
      await say(service, phone, words);
      expect(arrived(phone)[0]).toMatch(/110|119|120/);
      expect((await casesOf(service, phone))[0]).toMatchObject({ priority: true });
    },
  );

  it("praise with a place and a deed is thanks", async () => {
    const phone = service.phone("praises");
    await say(service, phone, "多亏书记把我们柳东村的路修平了，谢谢你们");
    expect(await casesOf(service, phone)).toEqual([]);
    expect(newest(phone)).toContain("谢谢您");
  });
});
