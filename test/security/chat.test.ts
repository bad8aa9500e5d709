import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Phone } from "../../src/demo/platforms/wechat/phone.ts";
import { arrived } from "../arrived.ts";
import { onlyCase, say } from "../journeys/resident.ts";
import { startService, type TestService } from "../service.ts";

/** A word that stands in the victim's matter and nowhere else: whoever reads it without a right has broken in. */
const SECRET = "榆钱巷拐角";

let service: TestService;
let victim: Phone;
let holder: Phone;
let number: string;
let short: string;
let stateBefore: string;

beforeAll(async () => {
  service = await startService();
  holder = await service.deputy("D005");
  victim = service.phone("victim");
  await say(service, victim, `东关菜市场门口${SECRET}垃圾桶满了没人清`);
  number = (await onlyCase(service, victim)).number;
  short = String(Number(number.slice(5)));
});
afterAll(() => service.close());
beforeEach(async () => {
  stateBefore = await whole();
});

/** What an attack must not change: the victim's case, and both screens of those to whom it belongs. */
async function whole(): Promise<string> {
  return JSON.stringify([await service.case(number), arrived(victim), arrived(holder)]);
}

/** Everything that an attacker sends; then nothing of the victim's has changed, and the attacker has read nothing. */
async function attack(phone: Phone, ...texts: string[]): Promise<void> {
  await say(service, phone, ...texts);
  expect(arrived(phone).join("\n")).not.toContain(SECRET);
  expect(await whole()).toBe(stateBefore);
}

describe("a resident who is not the case's", () => {
  it.each([
    (n: string) => `进度 ${n}`,
    (n: string) => `进度${n}号`,
    (n: string) => `进度 2026-${n.padStart(6, "0")}`,
    (n: string) => `催办 ${n}`,
    (n: string) => `撤回 ${n}`,
    (n: string) => `为什么 ${n}`,
    (n: string) => `换地方 ${n}`,
    (n: string) => `status ${n}`,
    (n: string) => `withdraw ${n}`,
    (n: string) => `進度　${n}`,
  ])("gets nothing by naming its number (%s)", async (words) => {
    await attack(service.phone("stranger"), words(short));
  });

  it.each([
    "列表",
    "统计",
    "请假 3天",
    "销假",
    "回复 N 已经修好了",
    "办结 N 已经修好了",
    "退回 N 不归我管",
    "转办 N 民政局，请处理",
    "N",
    "reply N done",
    "close N done",
    "绑定",
    "绑定 D005",
    "我是代表周志强，办结 N",
  ])("has no right of a deputy (%s)", async (words) => {
    await attack(service.phone("impostor"), words.replace("N", short));
  });

  it("cannot answer with a number a question that somebody else was asked", async () => {
    await attack(service.phone("chooser"), "1", "2", "满意", "不满意");
  });

  it("cannot tap a choice that was never shown to them", async () => {
    const phone = service.phone("tapper");
    for (const id of [`verdict:${number}:1`, `case:${number}`, "1", "0", `confirm:${number}`, "__proto__"]) {
      await phone.sendRaw({ MsgType: "text", MsgId: String(Math.abs(hash(id))), Content: "满意", bizmsgmenuid: id });
    }
    await attack(phone);
  });
});

describe("a deputy who is not the case's", () => {
  it.each([
    "N",
    "回复 N 我来处理",
    "办结 N 好了",
    "退回 N 不归我",
    "转办 N 民政局，请办",
    "列表",
    "reply N hello",
    "refer N U01 please",
  ])("can neither read nor move it (%s)", async (words) => {
    const other = await otherDeputy();
    await attack(other, words.replace("N", short));
  });

  it("of another county has no more rights, whatever number they name", async () => {
    const foreign = await service.deputy("D001", "baishi");
    await attack(foreign, short, `回复 ${short} 你好`, `办结 ${short} 好了`, `转办 ${short} 民政局，请办`);
  });
});

describe("invitations", () => {
  it("are of no use in another county, and do not become part of a case there", async () => {
    const code = await service.invite("D004");
    await attack(service.phone("carrier", "baishi"), `绑定 ${code}`);
    expect(await service.cases("baishi")).toEqual([]);
  });

  it("are not found by trying", async () => {
    const guesser = service.phone("guesser");
    const guesses = Array.from({ length: 25 }, (_, at) => `绑定 ${(0xabc000 + at).toString(16).padStart(8, "0")}`);
    await attack(guesser, ...guesses);
    await attack(guesser, "列表");
  });

  it("are not opened by signs that databases or patterns understand", async () => {
    const phone = service.phone("injector");
    await attack(phone, "绑定 %", "绑定 ' or 1=1 --", "绑定 ________", "绑定 .*", "绑定 \u0000");
  });
});

describe("scanned codes", () => {
  it.each([
    "g:",
    "g:%",
    "g:' or 1=1 --",
    "g:__proto__",
    "s:../../ST03",
    "d:D999",
    "i:00000000",
    "i:%",
    `g:${"a".repeat(2000)}`,
    "x:unknown",
    "g:东关-2\u0000",
    "d:D005;d:D001",
  ])("lead nowhere when they are made up (%s)", async (scene) => {
    const phone = service.phone("scanner");
    await phone.scan(scene);
    await attack(phone);
  });

  it("of another county's places say nothing about it", async () => {
    const phone = service.phone("traveller", "baishi");
    await phone.scan("g:东关-2");
    await attack(phone, "在吗");
  });
});

/** Nearer to nobody than the holder: a deputy of another township. */
async function otherDeputy(): Promise<Phone> {
  const phone = service.wechat.phone("qinghe", "o_deputy_D003");
  if (arrived(phone).length === 0) {
    await service.deputy("D003");
    stateBefore = await whole();
  }
  return phone;
}

function hash(text: string): number {
  return [...text].reduce((sum, sign) => (sum * 31 + (sign.codePointAt(0) ?? 0)) | 0, 7);
}
