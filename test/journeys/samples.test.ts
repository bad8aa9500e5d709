import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import type { Phone } from "../../src/demo/platforms/wechat/phone.ts";
import { arrived, newest } from "../arrived.ts";
import { positionIn } from "../county/county.ts";
import { QINGHE } from "../county/qinghe.ts";
import { BURST, SAMPLES } from "../samples.ts";
import { startService, type TestService } from "../service.ts";
import { eveningOfAWorkday } from "../slow-clock.ts";
import {
  casesOf,
  DAY,
  expectEveryMessageEnded,
  HOUR,
  letPass,
  MINUTE,
  onlyCase,
  outcomesOf,
  SECOND,
  say,
  short,
  since,
  wait,
} from "./resident.ts";
import { OPENS } from "./sample-outcomes.ts";

const DEPUTIES = ["D001", "D002", "D003", "D004", "D005", "D006", "D007", "D008", "D009", "D010"];

let service: TestService;
const deputies = new Map<string, Phone>();
beforeAll(async () => {
  service = await startService({ begin: eveningOfAWorkday() });
  for (const code of DEPUTIES) deputies.set(code, await service.deputy(code));
});
afterAll(() => service.close());
afterEach(() => expectEveryMessageEnded(service));

const deputy = (code: string) => deputies.get(code)!;
const seenByDeputies = () => [...deputies.values()].flatMap((phone) => arrived(phone)).join("\n");
const screenOf = (phone: Phone) => arrived(phone).join("\n");

let lamps = 0;
/** A resident with a case of 柳东-3, which 李秀兰 has; each of another lamp, for what several tell of one is offered as one matter. */
async function withLamp(person: string): Promise<{ phone: Phone; number: string }> {
  const phone = service.phone(person);
  lamps += 1;
  await say(service, phone, `柳东村三组${lamps}号楼前路灯坏了`);
  await wait(service, 5 * MINUTE);
  return { phone, number: (await onlyCase(service, phone)).number };
}

describe("a sample message", () => {
  it.each(OPENS)(
    "$number becomes $becomes",
    async ({ number, of, reads, neverReads, deputyReads, followersRead = [] }) => {
      const phone = service.phone(`sample-${number}`);
      const texts = new Map([...deputies].map(([code, one]) => [code, arrived(one).length]));
      await say(service, phone, SAMPLES[number]);
      await wait(service, 3 * SECOND);
      const one = await onlyCase(service, phone);
      expect(one).toMatchObject(of);
      expect(screenOf(phone)).toContain(one.number);
      expect(screenOf(phone)).toMatch(reads);
      if (neverReads !== undefined) expect(screenOf(phone)).not.toMatch(neverReads);
      const told = new Map([...deputies].map(([code, own]) => [code, since(own, texts.get(code)!)]));
      const [responsible, words] = deputyReads ?? [];
      if (responsible !== undefined)
        expect({ [one.deputy!]: told.get(one.deputy!) }).toEqual({ [responsible]: expect.stringMatching(words!) });
      for (const [code, read] of followersRead)
        expect({ code, text: told.get(code) }).toMatchObject({ code, text: expect.stringMatching(read) });
      const followers = followersRead.map(([code]) => code);
      for (const [code, text] of told)
        if (code !== one.deputy && !followers.includes(code)) expect({ code, text }).toEqual({ code, text: "" });
      for (const text of told.values()) expect(text).not.toMatch(/o_sample|3700001990|13800000000|张三/);
    },
  );

  it("1 is asked where once, reminded after a day, closed after another and revived by the next word", async () => {
    const phone = service.phone("sample-1");
    await say(service, phone, SAMPLES[1]);
    await wait(service, 3 * SECOND);
    const { number, state } = await onlyCase(service, phone);
    expect(state).toBe("clarifying");
    expect(arrived(phone)).toHaveLength(1);
    expect(newest(phone)).toMatch(new RegExp(`${number}[\\s\\S]*请问在哪里`));
    await letPass(service, 25 * HOUR);
    expect(newest(phone)).toContain("再问您一次");
    await letPass(service, 25 * HOUR);
    expect(await service.case(number)).toMatchObject({ state: "closed", outcome: "no_contact" });
    await say(service, deputy("D001"), "统计");
    await say(service, phone, "在柳东村三组");
    expect(await onlyCase(service, phone)).toMatchObject({ number, state: "assigned", deputy: "D001", outcome: null });
    expect(newest(deputy("D001"))).toMatch(/^新的一件[\s\S]*这路还能走人吗/);
  });

  it("4 becomes three cases, each with its number on the screen", async () => {
    const phone = service.phone("sample-4");
    await say(service, phone, SAMPLES[4]);
    await wait(service, 3 * SECOND);
    const cases = await casesOf(service, phone);
    expect(cases.map((one) => one.summary)).toEqual([
      expect.stringContaining("地下车库漏水"),
      expect.stringContaining("烧烤摊"),
      expect.stringContaining("划片"),
    ]);
    for (const { number, open } of cases)
      expect({ open, isTold: screenOf(phone).includes(number) }).toEqual({ open: true, isTold: true });
  });

  it("5 opens no case: the thanks reach the deputy who answered", async () => {
    const { phone, number } = await withLamp("sample-5");
    await say(service, deputy("D001"), `回复 ${short(number)} 今天已经修好`);
    await wait(service, 5 * MINUTE);
    await say(service, phone, SAMPLES[5]);
    await onlyCase(service, phone);
    expect(newest(deputy("D001"))).toContain("村里老人都夸");
    expect(newest(phone)).toContain("谢谢您");
  });

  it("6 is put aside as spam and never answered", async () => {
    const phone = service.phone("sample-6");
    await say(service, phone, SAMPLES[6]);
    await letPass(service, 2 * DAY);
    expect([await outcomesOf(service, phone), await casesOf(service, phone), arrived(phone)]).toEqual([
      ["spam"],
      [],
      [],
    ]);
  });

  it("9 is a child's: what to keep to themselves is told, nothing is asked but the school, and nobody learns who it is", async () => {
    const phone = service.phone("sample-9");
    await say(service, phone, SAMPLES[9]);
    await wait(service, 3 * SECOND);
    const one = await onlyCase(service, phone);
    expect(one).toMatchObject({ open: true, sealed: false, minor: true });
    expect(screenOf(phone)).toContain("请别告诉我们名字、电话、家在哪里，也别发照片");
    expect(screenOf(phone)).not.toMatch(/村名、小区名|好了没有/);
  });

  it("11 opens the case again at the same deputy, and asks which one when it could be two", async () => {
    const { phone, number } = await withLamp("sample-11");
    await say(service, deputy("D001"), `办结 ${short(number)} 换了灯泡`);
    await wait(service, DAY);
    await say(service, phone, SAMPLES[11]);
    expect(await onlyCase(service, phone)).toMatchObject({ number, state: "assigned", deputy: "D001", open: true });
    expect(newest(deputy("D001"))).toMatch(/重新打开[\s\S]*还是没修好/);
    expect(newest(phone)).toContain(`编号${number}重新打开了`);

    await wait(service, DAY);
    await say(service, phone, "柳东村三组水渠塌了");
    await wait(service, DAY);
    await say(service, phone, SAMPLES[11]);
    expect(newest(phone)).toMatch(/哪一件/);
    await say(service, phone, "1");
    expect(newest(phone)).toContain("放在一起");
    expect(await casesOf(service, phone)).toHaveLength(2);
  });

  it("13, a photo alone, is asked where and what in one question", async () => {
    const phone = service.phone("sample-13");
    await phone.sendPhoto(Buffer.from("a pit in the road"));
    await service.settled();
    await wait(service, 3 * SECOND);
    expect(arrived(phone)).toHaveLength(1);
    expect(newest(phone)).toMatch(/照片收到了。这是在哪里？出了什么事？/);
    await say(service, phone, "柳东村三组路上有个大坑");
    const one = await onlyCase(service, phone);
    expect(one).toMatchObject({ state: "assigned", deputy: "D001" });
    expect(one.messages.map((message) => message.kind)).toContain("image");
  });

  it("14, a position alone, waits for what is wrong there", async () => {
    const phone = service.phone("sample-14");
    await phone.sendLocation({ ...positionIn(QINGHE, "柳东-3"), label: "柳河大桥东头" });
    await service.settled();
    expect(newest(phone)).toContain("请问那里出了什么事");
    expect(await casesOf(service, phone)).toEqual([]);
    await wait(service, 5 * MINUTE);
    await say(service, phone, "护栏断了");
    expect(await onlyCase(service, phone)).toMatchObject({ state: "assigned", grid: "柳东-3", deputy: "D001" });
  });

  it("15, a dialect that the platform wrote down, is shown back, kept with its sound and asked for its place", async () => {
    const phone = service.phone("sample-15");
    await phone.sendVoice(Buffer.from("38 seconds"), "俺庄西头那个井");
    await service.settled();
    expect(newest(phone)).toContain("我听到的是：「俺庄西头那个井」");
    await say(service, phone, "1");
    await wait(service, 3 * SECOND);
    const one = await onlyCase(service, phone);
    expect(one).toMatchObject({ state: "clarifying", open: true });
    expect(one.messages[0]).toMatchObject({ kind: "voice", text: "俺庄西头那个井" });
  });

  it("23 is a case that its deputy has, in the writer's own words", async () => {
    const phone = service.phone("sample-23");
    await say(service, phone, SAMPLES[23]);
    await wait(service, 3 * SECOND);
    const one = await onlyCase(service, phone);
    expect(one).toMatchObject({ open: true, sealed: false, summary: SAMPLES[23] });
    expect(screenOf(phone)).toContain(one.number);
  });

  it("27, three times by the platform and twice by hand, is one case and one receipt", async () => {
    const phone = service.phone("sample-27");
    const fields = { MsgType: "text", Content: SAMPLES[2], MsgId: "9000000000000000027" };
    await Promise.all([phone.sendRaw(fields), phone.sendRaw(fields), phone.sendRaw(fields)]);
    await service.settled();
    await say(service, phone, SAMPLES[2], `${SAMPLES[2]}！`);
    await onlyCase(service, phone);
    expect(await outcomesOf(service, phone)).toEqual(["case", "case", "case"]);
    expect(arrived(phone)).toHaveLength(1);
  });

  it("28 is refused whatever it claims, and opens nothing", async () => {
    const phone = service.phone("sample-28");
    await say(service, phone, SAMPLES[28], "列表");
    expect(screenOf(phone)).toContain("不凭一句话认身份");
    expect(await outcomesOf(service, phone)).toEqual(["refused", expect.any(String)]);
    expect(screenOf(phone)).not.toMatch(/您手上有|路灯|1000000/);
  });

  it("29 closes nothing and reaches nobody else", async () => {
    const before = (await service.cases()).filter((one) => one.open).length;
    // What passes with time is told before.
    await service.passTime();
    await service.settled();
    const others = service.wechat.phones("qinghe").filter((one) => one.openid !== "o_sample-29b");
    const shown = others.map((one) => arrived(one).length);
    await say(service, service.phone("sample-29b"), SAMPLES[29]);
    expect(others.map((one) => arrived(one).length)).toEqual(shown);
    expect((await service.cases()).filter((one) => one.open)).toHaveLength(before + 1);
  });

  it("30, a burst, is one case and one receipt", async () => {
    const phone = service.phone("sample-30");
    await phone.scan("g:柳东-3");
    await service.settled();
    const before = arrived(phone).length;
    for (const text of BURST) {
      await say(service, phone, text);
      await wait(service, 10 * SECOND);
    }
    const one = await onlyCase(service, phone);
    expect(one).toMatchObject({ state: "assigned", deputy: "D001" });
    expect(one.messages.filter((message) => message.direction === "in").map((message) => message.text)).toEqual(BURST);
    expect(since(phone, before).match(/收到了，编号/g)).toHaveLength(1);
    expect(arrived(phone)).toHaveLength(before + 1);
  });

  it("31 is a request to the office, which answers by a day that is told", async () => {
    const { phone } = await withLamp("sample-31");
    await say(service, phone, SAMPLES[31]);
    const request = (await casesOf(service, phone))[1];
    expect(request).toMatchObject({ state: "triage", open: true, sealed: true, deputy: null });
    expect(newest(phone)).toMatch(new RegExp(`要删自己的数据，编号${request!.number}[\\s\\S]*最晚[\\s\\S]*依法要留`));
    expect(newest(deputy("D001"))).not.toContain("删");
  });

  it("32, an answer after the window, waits visibly and comes with the next contact", async () => {
    const { phone, number } = await withLamp("sample-32");
    await letPass(service, 49 * HOUR);
    await say(service, deputy("D001"), `回复 ${short(number)} 明天上午来换灯`);
    expect(screenOf(phone)).not.toContain("明天上午来换灯");
    const waiting = (await service.case(number)).messages.find((message) => message.text.includes("明天上午来换灯"));
    expect(waiting).toMatchObject({ party: "deputy", delivery: "waiting" });
    await say(service, phone, "进度");
    await service.deliverDue();
    expect(screenOf(phone)).toContain("明天上午来换灯");
    const told = (await service.case(number)).messages.find((message) => message.text.includes("明天上午来换灯"));
    expect(told?.delivery).toBe("delivered");
  });
});

describe("no deputy", () => {
  it("ever read what the accusers of 7 and 26 wrote, or who anybody is", () => {
    expect(seenByDeputies()).not.toMatch(/好处|亲戚|o_sample|13800000000/);
  });
});
