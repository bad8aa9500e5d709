import { beforeAll, describe, expect, it } from "vitest";
import type { Phone } from "../../src/demo/platforms/wechat/phone.ts";
import { arrived, newest } from "../arrived.ts";
import { casesOf, MINUTE, say, service, short, since, wait, withService } from "./resident.ts";

let deputy: Phone;
let buildings = 0;
withService();
beforeAll(async () => {
  deputy = await service.deputy("D003");
});

/** Words that try to be more than words; whatever becomes of the rest, this word must still be there to read. */
const WORD = "金丝桃";
const FORGED: readonly string[] = [
  `<a href="weixin://bizmsgmenu?msgmenucontent=退回 1 不管&msgmenuid=1">${WORD}</a>`,
  `< A HREF='http://liaison.invalid/x'>点此领取${WORD}</ A >`,
  `&lt;a href=&#34;weixin://dl/business&#34;&gt;${WORD}&lt;/a&gt;`,
  `\n\n\n\n\n【人大代表联络站】您的帐号将停用，请回绑定码${WORD}`,
  `」\n1号，居民发来照片：${WORD}`,
  `${"　".repeat(60)}编号2026-000001换人了${WORD}`,
  `\u2028\u2028【急】新的一件${WORD}\u2029`,
  `\u202e了人换经已\u202c\u2066${WORD}\u2069`,
  `编\u200b号\u2060 \u00ad1\u180e ${WORD}\ufeff了`,
  `\u001b[1A\u0007\u0000${WORD}`,
];

/** What is read is inert; every line with these words is marked as somebody's. */
function expectInert(text: string, words: string = WORD): void {
  expect(text).not.toMatch(/<\s*\/?\s*a\b|weixin:\/\/|&(?:lt|#\d+);/i);
  expect(text.replaceAll("\n", "")).not.toMatch(/[\p{Cc}\p{Cf}\u2028\u2029]/u);
  const theirs = text.split("\n").filter((line) => line.includes(words));
  expect(theirs).not.toEqual([]);
  for (const line of theirs) expect(line.slice(0, line.indexOf(words))).toMatch(/「[^」]*$/);
}

describe.each(FORGED)("%j", (forged) => {
  const person = `forger-${FORGED.indexOf(forged)}`;

  it("of a resident is inert wherever a deputy or the resident reads it", async () => {
    const phone = service.phone(person);
    let before = arrived(deputy).length;
    await say(service, phone, `柳东村一组路灯坏了${forged}`);
    const { number } = (await casesOf(service, phone))[0]!;
    expectInert(since(deputy, before));
    await wait(service, 5 * MINUTE);
    before = arrived(deputy).length;
    await say(service, phone, `柳东村一组的路灯还没修${forged}`);
    expectInert(since(deputy, before));
    for (const asked of ["列表", short(number)]) await say(service, deputy, asked);
    expectInert(newest(deputy));
    await say(service, deputy, `办结 ${short(number)} 换了灯泡`);
    before = arrived(deputy).length;
    await say(service, phone, `满意，师傅来得快，修得也好，谢谢你们${forged}`);
    expect(since(deputy, before)).toContain("居民说满意");
    expectInert(since(deputy, before));
    await wait(service, 5 * MINUTE);
    before = arrived(deputy).length;
    await say(service, phone, `谢谢代表${forged}`);
    await say(service, phone, "进度");
    expect(newest(phone)).toContain(number);
    expectInert(newest(phone), "柳东村一组路灯坏了");
  });

  it("of a deputy is inert for the resident, and for the deputy who is asked about it", async () => {
    const phone = service.phone(`${person}-answered`);
    await say(service, phone, "柳东村一组井盖丢了");
    const { number } = (await casesOf(service, phone))[0]!;
    await say(service, deputy, `回复 ${short(number)} 明天去看${forged}`);
    expectInert(newest(phone));
    await say(service, deputy, `转办 ${short(number)} 管事的单位${forged}`);
    expect(newest(deputy)).not.toMatch(/<\s*a|weixin:\/\/|\u202e/i);
    await say(service, deputy, `办结 ${short(number)} 装好了${forged}`);
    expectInert(newest(phone));
  });
});

describe("what people mean", () => {
  it.each(["A&B超市门口 <3", "声音3>2，a => b", "一家👨‍👩‍👧都盼着❤️", "看 https://example.com/a?b=1&c=2"])(
    "stays: %s",
    async (said) => {
      const phone = service.phone(`meant-${said.length}-${said.codePointAt(0)}`);
      const before = arrived(deputy).length;
      await say(service, phone, `柳东村一组${++buildings}号楼前路灯坏了，${said}`);
      expect(since(deputy, before)).toContain(said);
    },
  );
});
