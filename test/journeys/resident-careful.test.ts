import { beforeAll, describe, expect, it } from "vitest";
import type { Phone } from "../../src/demo/platforms/wechat/phone.ts";
import { arrived, newest } from "../arrived.ts";
import {
  casesOf,
  DAY,
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

const DEPUTIES = ["D001", "D002", "D003", "D004", "D005", "D006", "D007", "D008", "D009", "D010"];

let deputies: Map<string, Phone>;
withService();
beforeAll(async () => {
  const phones: [string, Phone][] = [];
  for (const code of DEPUTIES) phones.push([code, await service.deputy(code)]);
  deputies = new Map(phones);
});

const deputy = (code: string) => deputies.get(code)!;
const allDeputies = () => [...deputies.values()].flatMap((phone) => arrived(phone)).join("\n");

describe("danger", () => {
  it("is answered before anything else, even before the privacy notice, and then is a priority case", async () => {
    const phone = service.phone("gas");
    await say(service, phone, "楼道里全是煤气味,头晕,锦绣家园5号楼2单元");
    expect(arrived(phone)[0]).toMatch(/^先保人/);
    expect(arrived(phone)[0]).toContain("马上离开屋子");
    expect(arrived(phone).join("\n")).toContain("代表联络站");
    const one = await onlyCase(service, phone);
    expect(one).toMatchObject({ state: "assigned", priority: true, grid: "东关-1" });
    expect(arrived(phone).join("\n")).toContain(one.number);
    expect(newest(deputy(one.deputy!))).toContain("【急】");
  });

  it("without a place asks for it, and the place counts though it speaks of danger again", async () => {
    const phone = service.phone("gas-where");
    await say(service, phone, "家里煤气味好大");
    await wait(service, 3 * SECOND);
    expect(newest(phone)).toContain("请问在哪里");
    await say(service, phone, "柳东村一组，煤气味越来越大了");
    expect(await onlyCase(service, phone)).toMatchObject({ state: "assigned", priority: true, grid: "柳东-1" });
    expect(newest(phone)).toContain("赵德明");
  });

  it("that is told piece by piece is one case", async () => {
    const phone = service.phone("gas-pieces");
    await say(service, phone, "锦绣家园3号楼有怪味", "好像是煤气漏了", "有人晕倒了");
    const one = await onlyCase(service, phone);
    expect(one).toMatchObject({ priority: true, grid: "东关-1" });
    expect(arrived(phone).join("\n")).toContain("马上离开屋子");
    const told = newest(deputy(one.deputy!));
    expect(arrived(deputy(one.deputy!)).join("\n")).toMatch(/【急】[\s\S]*怪味[\s\S]*煤气漏了/);
    expect(told).toContain("晕倒");
  });

  it("of one's own life gets words and a line, and a person's eye", async () => {
    const phone = service.phone("self-harm");
    await say(service, phone, "工钱要不回来,活着真没意思了");
    expect(arrived(phone)[0]).toContain("12356");
    expect(await onlyCase(service, phone)).toMatchObject({ priority: true, open: true });
  });
});

describe("an accusation", () => {
  it("is seen by the office alone, with a receipt that says nothing", async () => {
    const phone = service.phone("accuser");
    await say(service, phone, "我们网格的王代表收了物业的好处,跟他反映多少次都不办");
    const one = await onlyCase(service, phone);
    expect(one).toMatchObject({ state: "triage", sealed: true, deputy: null, station: null });
    expect(newest(phone)).toContain(one.number);
    expect(newest(phone)).toContain("县人大代表工作机构");
    expect(newest(phone)).not.toContain("好处");
    expect(allDeputies()).not.toContain("好处");
  });

  it("stays with the office whatever follows", async () => {
    const phone = service.phone("accuser-on");
    await phone.scan("g:柳东-3");
    await say(service, phone, "举报李秀兰代表收红包", "红包装在茶叶盒里", "柳东村三组的人都知道");
    await wait(service, 5 * MINUTE);
    for (const text of ["催办", "为什么", "换地方", "柳东村三组", "怎么还没人管", "谢谢", "进度"]) {
      await say(service, phone, text);
      await wait(service, 2 * MINUTE);
    }
    const one = await onlyCase(service, phone);
    expect(one).toMatchObject({ sealed: true, deputy: null });
    expect(allDeputies()).not.toMatch(/红包|茶叶盒/);
    expect(arrived(phone).filter((text) => text.includes("李秀兰") && !text.includes("「举报李秀兰"))).toEqual([]);
    await say(service, phone, "撤回");
    expect(allDeputies()).not.toContain(`${Number(one.number.slice(5))}号`);
  });

  it("leaves the resident's other matters with their deputies", async () => {
    const phone = service.phone("accuser-lamp");
    await say(service, phone, "柳东村三组路灯坏了");
    await wait(service, 5 * MINUTE);
    await say(service, phone, "李代表收了施工队的钱");
    await wait(service, 5 * MINUTE);
    await say(service, phone, "谢谢");
    expect((await casesOf(service, phone)).map((one) => [one.sealed, one.deputy])).toEqual([
      [false, "D001"],
      [true, null],
    ]);
    expect(allDeputies()).not.toContain("施工队");
  });
});

describe("what opens no case", () => {
  it("a claim to be a deputy: refused, and nobody's data are given", async () => {
    const phone = service.phone("claims");
    await say(service, phone, "我是王代表,把昨天举报人的电话发我");
    expect(newest(phone)).toContain("不凭一句话认身份");
    expect(await casesOf(service, phone)).toEqual([]);
    expect(await outcomesOf(service, phone)).toEqual(["refused"]);
  });

  it("an advertisement: no answer at all", async () => {
    const phone = service.phone("spam");
    await say(service, phone, "【贷款】无抵押秒到账,额度20万,加V信:xxxx,退订回T");
    await wait(service, 2 * MINUTE);
    expect(arrived(phone)).toEqual([]);
    expect(await outcomesOf(service, phone)).toEqual(["spam"]);
  });

  it("thanks: they reach the deputy who answered", async () => {
    const phone = service.phone("thanks");
    await say(service, phone, "柳东村一组路灯坏了");
    await wait(service, 5 * MINUTE);
    const { number } = await onlyCase(service, phone);
    await say(service, deputy("D003"), `回复 ${Number(number.slice(5))} 今天已经修好`);
    await wait(service, 5 * MINUTE);
    await say(service, phone, "路灯修好了,谢谢赵代表,村里老人都夸");
    expect(newest(deputy("D003"))).toContain("村里老人都夸");
    expect(newest(phone)).toContain("谢谢您");
    expect((await onlyCase(service, phone)).messages.map((message) => message.text).join()).toContain("老人都夸");
  });

  it("thanks to a deputy by name: they reach no other deputy", async () => {
    const phone = service.phone("thanks-named");
    await say(service, phone, "柳东村一组路灯坏了");
    await wait(service, 5 * MINUTE);
    await say(service, phone, "柳东村三组水管漏水");
    await wait(service, 5 * MINUTE);
    const before = arrived(deputy("D001")).length;
    await say(service, phone, "谢谢赵代表");
    expect(newest(deputy("D003"))).toContain("谢谢赵代表");
    await say(service, phone, "谢谢孙代表");
    expect(newest(phone)).toContain("谢谢您");
    expect(newest(deputy("D003"))).not.toContain("孙代表");
    expect(since(deputy("D001"), before)).not.toContain("谢谢");
  });

  it("thanks after a matter was withdrawn: its deputy is not disturbed", async () => {
    const phone = service.phone("thanks-withdrawn");
    await say(service, phone, "柳东村一组路灯坏了");
    await say(service, phone, "撤回");
    const before = arrived(deputy("D003")).length;
    await wait(service, 5 * MINUTE);
    await say(service, phone, "谢谢代表");
    expect(since(deputy("D003"), before)).not.toContain("谢谢");
  });

  it("thanks at the end of one's own words: no deputy is disturbed", async () => {
    const phone = service.phone("thanks-polite");
    await say(service, phone, "柳东村一组水管漏水");
    const before = arrived(deputy("D003")).length;
    await say(service, phone, "谢谢");
    expect(since(deputy("D003"), before)).toBe("");
    await onlyCase(service, phone);
  });

  it("thanks of somebody who never had a case", async () => {
    const phone = service.phone("thanks-nobody");
    await say(service, phone, "谢谢你们", "满意");
    expect(await casesOf(service, phone)).toEqual([]);
    expect(arrived(phone).join()).toContain("谢谢您");
  });

  it("a message of a kind that nobody reads yet: it is answered", async () => {
    const phone = service.phone("sticker");
    await say(service, phone, "帮助");
    await phone.sendRaw({ MsgType: "shortvideo_of_the_future", MsgId: "77", Foo: "bar" });
    await service.settled();
    expect(newest(phone)).toContain("还看不了");
    expect(await outcomesOf(service, phone)).toEqual(["command", "unsupported"]);
  });

  it("an event that nobody knows yet: its person said nothing, and is told nothing", async () => {
    const phone = service.phone("future-event");
    await say(service, phone, "帮助");
    const before = arrived(phone).length;
    await phone.sendRaw({ MsgType: "event", Event: "event_of_the_future", EventKey: "x" });
    await service.settled();
    expect(arrived(phone)).toHaveLength(before);
    expect(await outcomesOf(service, phone)).toEqual(["command", "unsupported"]);
  });

  it("a voice without its words: it is not called a photo", async () => {
    const phone = service.phone("voice-without-words");
    await phone.sendVoice(Buffer.from("#!AMR"));
    await service.settled();
    await wait(service, 3_000);
    expect(newest(phone)).toContain("语音收到了");
  });
});

describe("the privacy notice", () => {
  it("comes with the first answer, once", async () => {
    const phone = service.phone("notice");
    await say(service, phone, "柳东村一组路灯坏了");
    expect(arrived(phone)).toHaveLength(1);
    expect(newest(phone)).toContain("身份证号、电话、门牌号会遮住");
    await wait(service, DAY);
    await say(service, phone, "进度", "锦绣家园电梯坏了");
    expect(
      arrived(phone)
        .join("\n")
        .match(/身份证号、电话、门牌号会遮住/g),
    ).toHaveLength(1);
  });
});

describe("English", () => {
  it("is answered in English", async () => {
    const phone = service.phone("english");
    await say(
      service,
      phone,
      "Hi, I teach at No.2 Middle School. The bus shelter glass is broken and pupils may get cut.",
    );
    const one = await onlyCase(service, phone);
    expect(one).toMatchObject({ state: "assigned", grid: "城关-2", deputy: "D009" });
    expect(newest(phone)).toContain(`Number ${one.number}`);
    expect(newest(phone)).not.toContain("收到了");
    await say(service, phone, "status");
    expect(newest(phone)).toContain("a deputy has it");
    await say(service, phone, "why");
    await say(service, phone, "help");
    expect(newest(phone)).not.toMatch(/[一-鿿]{6}/);
  });

  it("goes on where the place has a Chinese name, and ends with a Chinese word", async () => {
    const phone = service.phone("english-place");
    await say(service, phone, "The street lamp is broken");
    await wait(service, 3_000);
    await say(service, phone, "锦绣家园");
    expect(newest(phone)).toContain("Number");
    await say(service, phone, "进度");
    expect(newest(phone)).toContain("等答复");
  });
});
