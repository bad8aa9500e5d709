import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import type { Phone } from "../../src/demo/platforms/wechat/phone.ts";
import { arrived } from "../arrived.ts";
import { startService, type TestService } from "../service.ts";
import { CUSTOM_SEND, callsTo, outgoingOf, shownOf, triesFor, withCase } from "./delivery.ts";
import { DAY, expectEveryMessageEnded, SECOND, say, short, wait } from "./resident.ts";

const PLATFORM_BYTES = 2048;

let service: TestService;
let deputy: Phone;
beforeAll(async () => {
  service = await startService();
  deputy = await service.deputy("D001");
});
afterAll(() => service.close());
afterEach(async () => {
  service.wechat.clearFaults();
  await expectEveryMessageEnded(service);
});

/** A text of numbered sentences, longer than `characters`. */
function story(characters: number): string {
  let text = "";
  for (let sentence = 1; text.length < characters; sentence += 1) {
    text += `【${String(sentence).padStart(3, "0")}】我们和供电所一起看了这段路的灯杆线路和控制箱。`;
  }
  return text;
}

/** The numbered sentences that stand on a phone, in the order in which they arrived. */
const sentences = (phone: Phone) =>
  arrived(phone)
    .join("")
    .match(/【\d{3}】/g) ?? [];
const sentencesOf = (text: string) => text.match(/【\d{3}】/g);
const answersOn = (phone: Phone) => arrived(phone).filter((text) => /【\d{3}】/.test(text));

describe("a text over the platform's limit", () => {
  it.each([
    [700, 2],
    [1300, 3],
    [2000, 4],
  ])("of %i characters arrives whole, in pieces that end with their sentences, in order", async (characters, count) => {
    const { phone, number } = await withCase(service, `long-${characters}`);
    const text = story(characters);
    await say(service, deputy, `回复 ${short(number)} ${text}`);
    expect(sentences(phone)).toEqual(sentencesOf(text));
    const pieces = answersOn(phone);
    expect(pieces.length).toBe(count);
    for (const piece of pieces) {
      expect(Buffer.byteLength(piece)).toBeLessThanOrEqual(PLATFORM_BYTES);
      expect(piece.trimEnd()).toMatch(/。$/);
    }
    expect(await shownOf(service, number)).toEqual(["receipt delivered", "reply delivered"]);
  });

  it("is taken up again at the piece that failed: none comes twice, what follows waits", async () => {
    const { phone, number } = await withCase(service, "long-fails");
    const text = story(1300);
    service.wechat.fail({ path: CUSTOM_SEND, to: phone.openid, times: 1, kind: "slow", delayMs: 0 });
    service.wechat.fail({ path: CUSTOM_SEND, to: phone.openid, times: 2, kind: "errcode", errcode: -1 });
    await say(service, deputy, `回复 ${short(number)} ${text}`, `回复 ${short(number)} 就这些`);
    expect(answersOn(phone)).toHaveLength(1);
    expect(arrived(phone).join()).not.toContain("就这些");
    expect((await shownOf(service, number)).slice(1)).toEqual(["reply waiting", "reply waiting"]);
    await wait(service, 3 * SECOND);
    expect(answersOn(phone)).toHaveLength(1);
    await wait(service, 5 * SECOND);
    expect(sentences(phone)).toEqual(sentencesOf(text));
    expect(arrived(phone).at(-1)).toContain("就这些");
    expect(await shownOf(service, number)).toEqual(["receipt delivered", "reply delivered", "reply delivered"]);
  });

  it("goes on after a piece whose end nobody saw, which alone is told again", async () => {
    const { phone, number } = await withCase(service, "long-unseen");
    const text = story(1300);
    service.wechat.fail({ path: CUSTOM_SEND, to: phone.openid, times: 1, kind: "slow", delayMs: 0 });
    service.wechat.fail({ path: CUSTOM_SEND, to: phone.openid, times: 1, kind: "accept-then-hang" });
    await say(service, deputy, `回复 ${short(number)} ${text}`);
    expect(sentences(phone)).toEqual(sentencesOf(text));
    expect(await shownOf(service, number)).toEqual(["receipt delivered", "reply uncertain"]);
    expect((await outgoingOf(service, phone)).at(-1)).toMatchObject({ reason: "timed out" });
    expect((await triesFor(service, phone)).filter((one) => one === "direct uncertain")).toHaveLength(1);
    const pieces = answersOn(phone);
    await say(service, phone, "进度");
    const again = answersOn(phone).slice(pieces.length);
    expect(again[0]).toContain("可能已经收到过");
    expect(sentencesOf(again.join(""))).toEqual(sentencesOf(pieces[1] ?? ""));
    expect(await shownOf(service, number)).toEqual(["receipt delivered", "reply delivered"]);
  });

  it("whose question alone was not seen to arrive asks it again", async () => {
    const { phone, number } = await withCase(service, "long-unseen-question");
    const text = story(700);
    service.wechat.fail({ path: CUSTOM_SEND, to: phone.openid, times: 1, kind: "slow", delayMs: 0 });
    service.wechat.fail({ path: CUSTOM_SEND, to: phone.openid, times: 1, kind: "hang" });
    await say(service, deputy, `办结 ${short(number)} ${text}`);
    expect(phone.messages().filter((line) => line.content.kind === "menu")).toHaveLength(0);
    await say(service, phone, "进度");
    expect(phone.messages().filter((line) => line.content.kind === "menu")).toHaveLength(1);
    expect(new Set(sentences(phone))).toEqual(new Set(sentencesOf(text)));
    await say(service, phone, "满意");
    expect((await service.case(number)).rating).toBe(5);
  });

  it("that is longer than the window is continued with the resident's next word", async () => {
    const { phone, number } = await withCase(service, "long-window");
    for (const text of ["答一", "答二"]) await say(service, deputy, `回复 ${short(number)} ${text}`);
    const text = story(1700);
    await say(service, deputy, `回复 ${short(number)} ${text}`);
    expect(answersOn(phone)).toHaveLength(2);
    expect((await shownOf(service, number)).at(-1)).toBe("reply waiting");
    await wait(service, 3 * DAY);
    expect(callsTo(service, phone)).toHaveLength(5);
    await say(service, phone, "进度");
    expect(sentences(phone)).toEqual(sentencesOf(text));
    expect((await shownOf(service, number)).at(-1)).toBe("reply delivered");
  });

  it("that ends with a question asks it after the last piece", async () => {
    const { phone, number } = await withCase(service, "long-closure");
    const text = story(1300);
    await say(service, deputy, `办结 ${short(number)} ${text}`);
    expect(sentences(phone)).toEqual(sentencesOf(text));
    expect(phone.messages().filter((line) => line.content.kind === "menu")).toHaveLength(1);
    expect(phone.messages().at(-1)?.content.kind).toBe("menu");
    await phone.tapChoice("101");
    await service.settled();
    expect((await service.case(number)).rating).toBe(5);
  });

  it("that the platform finds too long all the same goes in smaller pieces", async () => {
    const { phone, number } = await withCase(service, "long-halves");
    const text = story(500);
    service.wechat.fail({ path: CUSTOM_SEND, to: phone.openid, times: 1, kind: "errcode", errcode: 45002 });
    await say(service, deputy, `回复 ${short(number)} ${text}`);
    expect(sentences(phone)).toEqual(sentencesOf(text));
    expect(answersOn(phone).length).toBeGreaterThan(1);
    expect(await shownOf(service, number)).toEqual(["receipt delivered", "reply delivered"]);
  });
});
