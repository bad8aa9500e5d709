import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { conversations } from "../../db/schema/conversations.ts";
import { findStuck } from "../../src/casework/backlog/stuck.ts";
import type { Phone } from "../../src/demo/platforms/wechat/phone.ts";
import { arrived, newest } from "../arrived.ts";
import { startService, type TestService } from "../service.ts";
import { post } from "./callback.ts";
import {
  casesOf,
  expectEveryMessageEnded,
  MINUTE,
  onlyCase,
  outcomesOf,
  SECOND,
  say,
  short,
  since,
  wait,
} from "./resident.ts";

let service: TestService;
let deputy: Phone;
let buildings = 0;

beforeAll(async () => {
  service = await startService();
  deputy = await service.deputy("D001");
});
afterAll(async () => {
  await expectEveryMessageEnded(service);
  await service.close();
});

const STICKERS = [
  "【收到不支持的消息类型，暂无法显示】",
  "[Unsupported Message]",
  "【收到不支援的訊息類型，暫無法顯示】",
];
const FACES = ["[让我看看]", "[Smile]", "/:rose", "[社会社会][社会社会]", "😀"];
const KEYS = ["V1001_TODAY_NEWS", "#sendmsg#_0#70001", "12", "about us"];

async function conversationOf(phone: Phone) {
  const account = await service.runtime.accounts.find("wechat-official", phone.account);
  const peer = service.runtime.vault.blindIndex(phone.openid, account?.id ?? "");
  return service.runtime.database.inCounty(service.jurisdiction("qinghe"), async (tx) => {
    const [row] = await tx.select().from(conversations).where(eq(conversations.peer, peer));
    return row!;
  });
}

describe("what the platform wrote is nobody's words", () => {
  it.each([...STICKERS, ...FACES])(
    "%s as the first that somebody sends: no case, and no other language",
    async (text) => {
      const phone = service.phone(`first ${text}`);
      await say(service, phone, text);
      await wait(service, 2 * MINUTE);
      expect(await casesOf(service, phone)).toEqual([]);
      expect(arrived(phone).length).toBeLessThanOrEqual(1);
      expect(arrived(phone).join("")).toMatch(/^(?:\p{Script=Han}.*)?$/su);
      expect((await conversationOf(phone)).locale).toBe("zh-CN");
    },
  );

  it.each([...STICKERS, ...FACES])("%s right behind words: nobody hears of it", async (text) => {
    const phone = service.phone(`behind ${text}`);
    // Each has a lamp of their own: of one that another told of a moment ago its deputy hears later.
    await say(service, phone, `柳东村三组${++buildings}号楼前路灯坏了`);
    await wait(service, 4 * SECOND);
    const [toDeputy, toResident] = [arrived(deputy).length, arrived(phone).length];
    await say(service, phone, text);
    await wait(service, 2 * MINUTE);
    expect([since(deputy, toDeputy), since(phone, toResident)]).toEqual(["", ""]);
    expect((await onlyCase(service, phone)).messages.filter(({ party }) => party === "service")).toHaveLength(1);
  });

  it.each([...STICKERS, ...FACES])("%s after a case was closed and thanked for: no new one", async (text) => {
    const phone = service.phone(`closed ${text}`);
    await say(service, phone, "柳东村三组井盖丢了");
    const { number } = await onlyCase(service, phone);
    await say(service, deputy, `办结 ${short(number)} 已装新井盖`);
    await wait(service, 5 * MINUTE);
    await say(service, phone, "好的谢谢");
    await wait(service, 5 * MINUTE);
    const before = arrived(deputy).length;
    await say(service, phone, text);
    await wait(service, 2 * MINUTE);
    expect(since(deputy, before)).toBe("");
    expect(await onlyCase(service, phone)).toMatchObject({ number, state: "closed" });
  });

  it.each([...STICKERS, ...FACES])("%s of a deputy is not offered as an answer", async (text) => {
    const phone = service.phone(`asks ${text}`);
    await say(service, phone, "柳东村三组垃圾没人清");
    const { number } = await onlyCase(service, phone);
    await wait(service, 5 * MINUTE);
    const before = arrived(deputy).length;
    await say(service, deputy, text);
    await say(service, deputy, "1");
    expect(since(deputy, before)).not.toMatch(/转给居民|Unsupported|不支持/);
    expect((await service.case(number)).messages.filter(({ party }) => party === "deputy")).toEqual([]);
    await say(service, deputy, `办结 ${short(number)} 清了`);
  });

  it("a thumb in any spelling answers whether somebody is satisfied", async () => {
    for (const [text, rating] of [
      ["[ThumbsUp]", 5],
      ["/:strong", 5],
      ["[强]", 5],
      ["/:weak", 1],
    ] as const) {
      const phone = service.phone(`thumb ${text}`);
      await say(service, phone, "柳东村三组长椅坏了");
      const { number } = await onlyCase(service, phone);
      await say(service, deputy, `办结 ${short(number)} 修好了`);
      await wait(service, 5 * MINUTE);
      await say(service, phone, text);
      expect((await service.case(number)).rating ?? 1).toBe(rating);
    }
  });

  it.each(KEYS)("the menu key %s: no case, help at most, and no other language", async (key) => {
    const phone = service.phone(`menu ${key}`);
    await phone.click(key);
    await service.settled();
    expect(await casesOf(service, phone)).toEqual([]);
    expect(arrived(phone)).toHaveLength(1);
    expect(newest(phone)).toMatch(/\p{Script=Han}/u);
    await wait(service, 5 * MINUTE);
    await say(service, phone, "柳东村三组路灯坏了");
    await wait(service, 5 * MINUTE);
    const before = arrived(deputy).length;
    await phone.click(key);
    await service.settled();
    expect(since(deputy, before)).toBe("");
    expect((await onlyCase(service, phone)).messages.filter(({ party }) => party === "resident")).toHaveLength(1);
  });

  it("a menu key that is a command does it", async () => {
    const phone = service.phone("menu command");
    await say(service, phone, "柳东村三组路灯坏了");
    const { number } = await onlyCase(service, phone);
    await wait(service, 5 * MINUTE);
    await phone.click("进度");
    await service.settled();
    expect(newest(phone)).toContain(number);
    await deputy.click("列表");
    await service.settled();
    expect(newest(deputy)).toContain("路灯坏了");
  });
});

describe("a message whose own words broke its form", () => {
  const broken = (phone: Phone, words: string, id: string) =>
    `<xml><ToUserName><![CDATA[gh]]></ToUserName><FromUserName><![CDATA[${phone.openid}]]></FromUserName><CreateTime>${Math.floor(service.runtime.now().getTime() / 1000)}</CreateTime><MsgType><![CDATA[text]]></MsgType><Content><![CDATA[${words}]]></Content><MsgId>${id}</MsgId></xml>`;
  const send = async (phone: Phone, words: string, id: string) => {
    expect(
      await post(service.wechat.account("qinghe"), broken(phone, words, id), { now: service.runtime.now() }),
    ).toEqual([200, "success"]);
    await service.settled();
  };
  const quarantined = async () => {
    const since = new Date(0);
    const times = { waitingSince: since, settledSince: since };
    const stuck = await findStuck(service.runtime.database, service.jurisdiction("qinghe"), times);
    return stuck.filter(({ state }) => state === "quarantined");
  };

  it("is kept and listed, and its writer hears that it was not understood", async () => {
    const phone = service.phone("broken");
    await say(service, phone, "你好");
    const before = (await quarantined()).length;
    await send(phone, "路灯<Content>]]>坏了<br>", "900001");
    expect(newest(phone)).toContain("没看懂");
    expect(await quarantined()).toHaveLength(before + 1);
    expect(await outcomesOf(service, phone)).toEqual(["courtesy", "quarantine"]);
    expect(await casesOf(service, phone)).toEqual([]);
  });

  it("is a danger to life all the same", async () => {
    const phone = service.phone("broken-danger");
    await say(service, phone, "帮助");
    const before = (await quarantined()).length;
    await send(phone, "柳东村三组 <Content><![CDATA[你好]]></Content>… 厨房一股煤气味", "900002");
    expect(arrived(phone).join("\n")).toMatch(/119|煤气|燃气/);
    expect(await onlyCase(service, phone)).toMatchObject({ priority: true });
    expect(await quarantined()).toHaveLength(before + 1);
  });

  it("is nobody's where only its words name a writer", async () => {
    const victim = service.phone("victim");
    await say(service, victim, "帮助");
    const before = arrived(victim).length;
    const body = `<xml><Content><![CDATA[<FromUserName><![CDATA[${victim.openid}]]></FromUserName>`;
    await post(service.wechat.account("qinghe"), body, { now: service.runtime.now() });
    await service.settled();
    expect(since(victim, before)).toBe("");
  });
});

describe("what comes late about following", () => {
  const event = async (phone: Phone, name: string, secondsAgo: number) => {
    const at = Math.floor(service.runtime.now().getTime() / 1000) - secondsAgo;
    await phone.sendRaw({ MsgType: "event", Event: name, EventKey: "", CreateTime: at });
    await service.settled();
  };

  it("an unfollow older than the last follow, or than what was said since, changes nothing", async () => {
    const phone = service.phone("late unfollow");
    await event(phone, "subscribe", 0);
    await event(phone, "unsubscribe", 90);
    expect(await conversationOf(phone)).toMatchObject({ following: true });
    await say(service, phone, "柳东村三组路灯坏了");
    await event(phone, "unsubscribe", 30);
    const { number } = await onlyCase(service, phone);
    await say(service, deputy, `回复 ${short(number)} 明天来修`);
    expect(newest(phone)).toContain("明天来修");
  });

  it("a follow older than the last unfollow changes nothing", async () => {
    const phone = service.phone("late follow");
    await event(phone, "subscribe", 300);
    await event(phone, "unsubscribe", 10);
    const before = arrived(phone).length;
    await event(phone, "subscribe", 60);
    expect(await conversationOf(phone)).toMatchObject({ following: false });
    expect(since(phone, before)).toBe("");
    await event(phone, "subscribe", 0);
    expect(await conversationOf(phone)).toMatchObject({ following: true });
  });
});

describe("an open invite code in a few words that are no command", () => {
  it.each([
    ["邦定 CODE", "D002"],
    ["我要绑定 CODE", "D004"],
    ["验证码CODE", "D005"],
    ["CODE", "D006"],
    ["绑定CODE谢谢", "D007"],
  ])("%s binds, and stands in no case", async (words, code) => {
    const phone = service.phone(`invited-${code}`);
    await say(service, phone, words.replace("CODE", await service.invite(code)));
    expect(await casesOf(service, phone)).toEqual([]);
    const { deputyId, locale } = await conversationOf(phone);
    expect([deputyId === null, locale]).toEqual([false, "zh-CN"]);
  });

  it("that is used or none is somebody's words", async () => {
    const phone = service.phone("no-code");
    await say(service, phone, "柳东村三组车牌 A1B2C3D4 的车堵门");
    expect(await onlyCase(service, phone)).toMatchObject({ deputy: "D001" });
  });
});
