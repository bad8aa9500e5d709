import { beforeAll, describe, expect, it } from "vitest";
import type { Phone } from "../../src/demo/platforms/wechat/phone.ts";
import { arrived, newest } from "../arrived.ts";
import { quietMsOf } from "../quiet-time.ts";
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

/** Another case of this resident at 柳东-1, some time after the last one. */
async function ask(phone: Phone, text: string): Promise<string> {
  await wait(service, 5 * MINUTE);
  await say(service, phone, text);
  return (await casesOf(service, phone)).at(-1)!.number;
}

describe("still not fixed", () => {
  it("with no case is a matter of its own", async () => {
    const phone = service.phone("still-0");
    await say(service, phone, "还是没修好");
    expect((await onlyCase(service, phone)).state).toBe("clarifying");
  });

  it("opens the only closed case again, at the same deputy", async () => {
    const phone = service.phone("still-1");
    const number = await ask(phone, "柳东村一组路灯坏了");
    await say(service, deputy, `办结 ${short(number)} 换了灯泡`);
    await letPass(service, DAY);
    await say(service, phone, "还是没修好");
    expect(await onlyCase(service, phone)).toMatchObject({ number, state: "assigned", open: true, deputy: "D003" });
    expect(newest(deputy)).toContain("重新打开");
    expect(newest(phone)).toContain(number);
  });

  it("that fits two cases is asked back, and what comes in the same breath waits with it", async () => {
    const phone = service.phone("still-2");
    const first = await ask(phone, "柳东村一组水管漏水");
    const second = await ask(phone, "柳东村一组垃圾没人收");
    await say(service, deputy, `办结 ${short(first)} 修了`, `办结 ${short(second)} 收了`);
    await letPass(service, DAY);
    await say(service, phone, "还是没弄好");
    await phone.sendPhoto(Buffer.from("no picture"));
    await service.settled();
    expect(newest(phone)).toContain("哪一件");
    expect(newest(phone)).toContain(first);
    expect(newest(phone)).toContain(second);
    expect((await casesOf(service, phone)).map((one) => one.open)).toEqual([false, false]);
    await say(service, phone, short(first));
    expect((await casesOf(service, phone)).map((one) => one.open)).toEqual([true, false]);
    expect(newest(deputy)).toContain("还是没弄好");
    const thread = (await service.case(first)).messages;
    expect(thread.filter((message) => message.kind === "image")).toHaveLength(1);
    expect((await outcomesOf(service, phone)).slice(2)).toEqual(["case", "case", "answer"]);
  });

  it("whose case is not named within the hour goes to the office, so that somebody has it", async () => {
    const phone = service.phone("still-unnamed");
    const first = await ask(phone, "柳东村一组水管漏水");
    const second = await ask(phone, "柳东村一组垃圾没人收");
    await say(service, deputy, `办结 ${short(first)} 修了`, `办结 ${short(second)} 收了`);
    await letPass(service, DAY);
    await say(service, phone, "还是没弄好");
    await letPass(service, 61 * MINUTE);
    const all = await casesOf(service, phone);
    expect(all).toHaveLength(3);
    expect(all[2]).toMatchObject({ state: "triage", deputy: null });
    expect(newest(phone)).toContain(all[2]!.number);
  });

  it("never touches another person's case", async () => {
    const owner = service.phone("owner");
    const number = await ask(owner, "柳东村一组井盖丢了");
    await say(service, deputy, `办结 ${short(number)} 盖上了`);
    const other = service.phone("other");
    await say(service, other, "还是没修好", short(number), `进度 ${number}`, `撤回 ${number}`);
    expect(await service.case(number)).toMatchObject({ state: "closed" });
    expect(arrived(other).join()).not.toContain("井盖");
  });

  it("is not said of what was withdrawn", async () => {
    const phone = service.phone("still-withdrawn");
    const first = await ask(phone, "柳东村一组水管漏水");
    await say(service, phone, "撤回");
    const second = await ask(phone, "柳东村一组垃圾没人收");
    await wait(service, DAY);
    await say(service, phone, "还是没人来");
    expect((await service.case(first)).open).toBe(false);
    expect((await service.case(second)).messages.at(-2)?.text).toContain("还是没人来");
  });
});

describe("what else belongs to a case", () => {
  it("a photo after the words", async () => {
    const phone = service.phone("photo-after");
    await ask(phone, "柳东村一组路面塌了");
    await wait(service, 5 * MINUTE);
    await phone.sendPhoto(Buffer.from("no picture"));
    await service.settled();
    const { number, messages } = await onlyCase(service, phone);
    expect(messages.filter((message) => message.kind === "image")).toHaveLength(1);
    expect(newest(phone)).toContain("记下了");
    await say(service, deputy, "列表");
    expect(arrived(deputy).join()).toContain(`${short(number)}号，居民发来照片`);
  });

  it.each([
    ["words", "就是老井旁边"],
    ["a bare number", "3"],
    ["a place", "柳东村一组最东头那家"],
  ])("the answer to a deputy's question: %s", async (how, answer) => {
    const phone = service.phone(`answer-${how}`);
    const number = await ask(phone, "柳东村一组路灯坏了");
    await say(service, deputy, `回复 ${short(number)} 请问是第几根灯杆？`);
    await wait(service, 3 * HOUR);
    await say(service, phone, answer);
    expect(await casesOf(service, phone)).toHaveLength(1);
    expect(newest(deputy)).toContain(answer);
    expect(newest(phone)).toContain("放在一起");
  });

  it("but not a new matter days after the deputy's word", async () => {
    const phone = service.phone("new-days-after");
    const number = await ask(phone, "柳东村一组路灯坏了");
    await say(service, deputy, `回复 ${short(number)} 已联系供电所，明天来修`);
    await wait(service, 3 * DAY);
    await say(service, phone, "门口垃圾桶满了没人清");
    expect(await casesOf(service, phone)).toHaveLength(2);
  });

  it("nor a matter with another place, even in the same breath", async () => {
    const phone = service.phone("new-place");
    await say(service, phone, "柳东村一组路灯坏了", "还有锦绣家园电梯停了三天");
    expect((await casesOf(service, phone)).map((one) => one.grid)).toEqual(["柳东-1", "东关-1"]);
  });

  it("nor words after a request to delete one's data", async () => {
    const phone = service.phone("after-deletion");
    await say(service, phone, "删除我的数据", "柳东村一组路灯坏了");
    expect((await casesOf(service, phone)).map((one) => [one.sealed, one.state])).toEqual([
      [true, "triage"],
      [false, "assigned"],
    ]);
  });

  it("a place that follows words which went home", async () => {
    const phone = service.phone("home-then-place");
    await phone.scan("g:城关-2");
    await say(service, phone, "路灯坏了");
    await wait(service, 2 * MINUTE);
    await say(service, phone, "路上好大一个坑", "在柳东村一组");
    const all = await casesOf(service, phone);
    expect(all).toHaveLength(2);
    expect(all[1]).toMatchObject({ grid: "柳东-1", deputy: "D003" });
    expect(newest(phone)).toContain("赵德明");
  });
});

describe("a burst", () => {
  it("of four messages in forty seconds is one case with one receipt", async () => {
    const phone = service.phone("burst");
    for (const text of ["在吗", "跟你说个事", "我们村", "柳东村一组又停水了"]) {
      await say(service, phone, text);
      await wait(service, 10 * SECOND);
    }
    const one = await onlyCase(service, phone);
    expect(one).toMatchObject({ state: "assigned", grid: "柳东-1" });
    expect(arrived(phone)).toHaveLength(1);
    expect(newest(phone)).toContain(one.number);
    expect(one.messages.filter((message) => message.party === "resident").map((message) => message.text)).toEqual([
      "在吗",
      "跟你说个事",
      "我们村",
      "柳东村一组又停水了",
    ]);
  });

  it("goes on quietly: one receipt at once, and the deputy hears the rest but no nods", async () => {
    const phone = service.phone("burst-on");
    await say(service, deputy, "列表");
    await say(service, phone, "柳东村一组停水");
    expect(arrived(phone)).toHaveLength(1);
    const before = arrived(deputy).length;
    await wait(service, 20 * SECOND);
    await say(service, phone, "三天了，老人孩子都没水喝");
    await say(service, phone, "嗯嗯");
    await wait(service, 50 * SECOND);
    await say(service, phone, "水还没来呢");
    expect(await casesOf(service, phone)).toHaveLength(1);
    expect(arrived(phone)).toHaveLength(1);
    expect(since(deputy, before)).toContain("老人孩子都没水喝");
    expect(since(deputy, before)).not.toContain("嗯嗯");
  });

  it("that says nothing is asked to go on after a minute", async () => {
    const phone = service.phone("empty");
    await say(service, phone, "在吗");
    await wait(service, 50 * SECOND);
    expect(arrived(phone).join()).not.toContain("我在听");
    await wait(service, 11 * SECOND);
    expect(newest(phone)).toContain("我在听");
    expect(await casesOf(service, phone)).toEqual([]);
  });

  it.each(["😀😀", "。。。", "？？？！", "[微笑]"])("of nothing but %s opens nothing", async (text) => {
    const phone = service.phone(`nothing-${text}`);
    await say(service, phone, text);
    await wait(service, 61 * SECOND);
    expect(newest(phone)).toContain("我在听");
    expect(await casesOf(service, phone)).toEqual([]);
  });

  it("ends within five seconds of the clock with a receipt, whatever else is waiting", async () => {
    const phone = service.phone("five-seconds");
    const ms = await quietMsOf(async () => {
      await phone.say("柳东村一组路灯坏了");
      await service.wechat.waitFor(phone, (message) => message.direction === "in", 60_000);
    });
    expect(ms).toBeLessThan(5_000);
  });
});

describe("the same again", () => {
  it("pushed three times by the platform is one case", async () => {
    const phone = service.phone("pushed");
    const message = { MsgType: "text", Content: "柳东村一组围墙要倒了", MsgId: "9007199254740993123" };
    await Promise.all([phone.sendRaw(message), phone.sendRaw(message)]);
    await phone.sendRaw(message);
    await service.settled();
    await onlyCase(service, phone);
    expect(await outcomesOf(service, phone)).toEqual(["case"]);
  });

  it("sent twice by hand is one case with one receipt, and the deputy reads it once", async () => {
    const phone = service.phone("by-hand");
    await say(service, deputy, "列表");
    const before = arrived(deputy).length;
    await say(service, phone, "柳东村一组的桥断了！！");
    await wait(service, 20 * SECOND);
    await say(service, phone, "柳东村一组的桥断了");
    await say(service, phone, "柳东村一组的桥断了。");
    await onlyCase(service, phone);
    expect(arrived(phone).filter((text) => text.includes("收到了，编号"))).toHaveLength(1);
    expect(since(deputy, before).match(/桥断了/g)).toHaveLength(1);
  });

  it("sent twice while its place is asked uses up no turn", async () => {
    const phone = service.phone("by-hand-vague");
    await say(service, phone, "柳河镇路灯坏了");
    await wait(service, 10 * SECOND);
    await say(service, phone, "柳河镇路灯坏了");
    await wait(service, 3 * SECOND);
    expect(newest(phone)).not.toContain("再问您一次");
    await onlyCase(service, phone);
  });

  it("of 2,000 characters is kept whole", async () => {
    const phone = service.phone("long");
    const text = `柳东村一组${"事情说来话长，".repeat(284)}`.slice(0, 2_000);
    await say(service, phone, text);
    const one = await onlyCase(service, phone);
    expect(one.messages[0]?.text).toBe(text);
    expect(one.summary.length).toBeLessThan(70);
  });
});
