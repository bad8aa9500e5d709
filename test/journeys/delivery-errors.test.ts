import { eq } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { outbox } from "../../db/schema/outbox.ts";
import { deliver } from "../../src/casework/delivery/deliver.ts";
import type { FaultKind } from "../../src/demo/platforms/wechat/faults.ts";
import type { Phone } from "../../src/demo/platforms/wechat/phone.ts";
import { arrived, newest } from "../arrived.ts";
import { startService, type TestService } from "../service.ts";
import { CUSTOM_SEND, callsTo, conversationOf, outgoingOf, shownOf, withCase } from "./delivery.ts";
import { expectEveryMessageEnded, HOUR, MINUTE, SECOND, say, short, wait } from "./resident.ts";

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

const reply = (number: string, text: string) => say(service, deputy, `回复 ${short(number)} ${text}`);

type Failing = { readonly kind: FaultKind; readonly errcode?: number; readonly times?: number };
const failFor = (phone: Phone, { times = 1, ...fault }: Failing) =>
  service.wechat.fail({ path: CUSTOM_SEND, to: phone.openid, times, ...fault });

/** How many times a text stands on a phone. */
const timesOn = (phone: Phone, text: string) => arrived(phone).join("\n").split(text).length - 1;

describe("a failure that passes", () => {
  it.each<[string, Failing, number, RegExp]>([
    ["-1, the platform is busy", { kind: "errcode", errcode: -1 }, 3 * SECOND, /^-1\b/],
    ["HTTP 500", { kind: "http-500" }, 6 * SECOND, /^HTTP 500$/],
    ["45011, the minute's quota", { kind: "errcode", errcode: 45011 }, MINUTE + SECOND, /^45011\b/],
    ["45009, the day's quota", { kind: "errcode", errcode: 45009 }, 25 * HOUR, /^45009\b/],
  ])("%s: the message waits its time, goes out once, and counts as delivered only then", async (...given) => {
    const [name, failing, ms, reason] = given;
    const { phone, number } = await withCase(service, `passes-${name}`);
    failFor(phone, failing);
    await reply(number, "明天来修");
    expect(timesOn(phone, "明天来修")).toBe(0);
    expect(await shownOf(service, number)).toEqual(["receipt delivered", "reply waiting"]);
    expect((await outgoingOf(service, phone)).at(-1)).toMatchObject({
      tries: 1,
      reason: expect.stringMatching(reason),
    });
    await wait(service, ms);
    expect(timesOn(phone, "明天来修")).toBe(1);
    expect(await shownOf(service, number)).toEqual(["receipt delivered", "reply delivered"]);
    expect((await outgoingOf(service, phone)).at(-1)).toMatchObject({ reason: null });
  });

  it("leaves the account in peace when the day's quota is used up: nobody is written to until the platform's next day", async () => {
    const { phone, number } = await withCase(service, "quota-rests");
    const other = await withCase(service, "quota-rests-too");
    failFor(phone, { kind: "errcode", errcode: 45009 });
    await reply(number, "明天来修");
    const row = (await outgoingOf(service, phone)).at(-1)!;
    expect(row.notBefore.toISOString()).toContain("T16:05:00");
    const calls = service.wechat.log().length;
    await reply(other.number, "也等一等");
    await service.deliverDue();
    expect(
      service.wechat
        .log()
        .slice(calls)
        .filter((entry) => entry.kind === "call"),
    ).toEqual([]);
    expect(await shownOf(service, other.number)).toEqual(["receipt delivered", "reply waiting"]);
    await wait(service, 25 * HOUR);
    expect(timesOn(phone, "明天来修")).toBe(1);
    expect(timesOn(other.phone, "也等一等")).toBe(1);
    expect(await shownOf(service, other.number)).toEqual(["receipt delivered", "reply delivered"]);
  });

  it("comes at longer and longer intervals up to half a minute, and is given up after some hours, with the reason", async () => {
    const { phone, number } = await withCase(service, "never-passes");
    failFor(phone, { kind: "errcode", errcode: -1, times: Number.POSITIVE_INFINITY });
    await reply(number, "明天来修");
    const last = async () => (await outgoingOf(service, phone)).at(-1)!;
    const from = service.runtime.now().getTime();
    const pauses: number[] = [];
    for (let tries = 1; tries <= 12; tries += 1) {
      const row = await last();
      const pauseMs = row.notBefore.getTime() - service.runtime.now().getTime();
      pauses.push(pauseMs);
      await wait(service, Math.max(0, pauseMs) + 1);
    }
    expect(pauses.slice(0, 4)).toEqual([...pauses.slice(0, 4)].sort((a, b) => a - b));
    expect(Math.max(...pauses)).toBeLessThanOrEqual(30 * SECOND);
    expect(service.runtime.now().getTime() - from).toBeGreaterThan(3 * MINUTE);
    expect(await last()).toMatchObject({ state: "waiting", tries: expect.toSatisfy((tries) => tries < 13) });
    await service.runtime.database.inCounty(service.jurisdiction("qinghe"), async (tx) =>
      tx
        .update(outbox)
        .set({ tries: (3 * HOUR) / (30 * SECOND) })
        .where(eq(outbox.id, (await last()).id)),
    );
    while ((await last()).state !== "failed") await wait(service, MINUTE);
    expect(await last()).toMatchObject({ reason: expect.stringContaining("-1") });
    expect(await shownOf(service, number)).toEqual(["receipt delivered", "reply failed"]);
    service.wechat.clearFaults();
    await wait(service, 2 * MINUTE);
    await reply(number, "已经修好");
    expect(newest(phone)).toContain("已经修好");
  });

  it("does not outlast the person's next word: they get at once what waited for its next try", async () => {
    const { phone, number } = await withCase(service, "writes-meanwhile");
    failFor(phone, { kind: "errcode", errcode: 40001, times: 2 });
    await reply(number, "明天来修");
    expect(timesOn(phone, "明天来修")).toBe(0);
    await say(service, phone, "进度");
    expect(newest(phone)).toMatch(/明天来修.*路灯/s);
  });
});

describe("order, with tries", () => {
  it("a failing first text holds back the later ones of this conversation, and of no other", async () => {
    const { phone, number } = await withCase(service, "order");
    const other = await withCase(service, "order-other");
    failFor(phone, { kind: "errcode", errcode: -1, times: 2 });
    await reply(number, "第一句");
    await reply(number, "第二句");
    await reply(other.number, "给别人的");
    await reply(number, "第三句");
    expect(newest(other.phone)).toContain("给别人的");
    expect(timesOn(phone, "第")).toBe(0);
    const { id: conversationId, jurisdictionId } = await conversationOf(service, phone);
    const failing = (await outgoingOf(service, phone)).at(-3)!;
    expect(await deliver(service.runtime, { jurisdictionId, conversationId })).toEqual({ nextAt: failing.notBefore });
    await wait(service, 3 * SECOND);
    expect(timesOn(phone, "第")).toBe(0);
    await wait(service, 5 * SECOND);
    expect(arrived(phone).join("\n").match(/第.句/g)).toEqual(["第一句", "第二句", "第三句"]);
    expect(await shownOf(service, number)).toEqual([
      "receipt delivered",
      "reply delivered",
      "reply delivered",
      "reply delivered",
    ]);
  });

  it.each([40013, 40164, 41001, 48001, 48004])(
    "an account that must be mended (%i) keeps its messages, in order",
    async (errcode) => {
      const { phone, number } = await withCase(service, `account-${errcode}`);
      failFor(phone, { kind: "errcode", errcode });
      await reply(number, "第一句");
      await reply(number, "第二句");
      expect(timesOn(phone, "第")).toBe(0);
      expect((await outgoingOf(service, phone)).at(-2)).toMatchObject({
        state: "waiting",
        reason: expect.stringContaining(String(errcode)),
      });
      await wait(service, 31 * SECOND);
      expect(arrived(phone).join("\n").match(/第.句/g)).toEqual(["第一句", "第二句"]);
    },
  );
});

describe("a refusal that does not pass", () => {
  it.each([
    [40003, "unknown to this account"],
    [43004, "does not follow"],
    [43019, "blacklist"],
    [48002, "refuses"],
    [50002, "restricted"],
  ])(
    "%i fails for good with its reason, and nothing else is tried until the person is heard of again",
    async (errcode, reason) => {
      const { phone, number } = await withCase(service, `person-${errcode}`);
      failFor(phone, { kind: "errcode", errcode });
      await reply(number, "第一句");
      expect((await outgoingOf(service, phone)).at(-1)).toMatchObject({
        state: "failed",
        reason: expect.stringContaining(reason),
      });
      await reply(number, "第二句");
      expect(callsTo(service, phone)).toHaveLength(2);
      expect(await shownOf(service, number)).toEqual(["receipt delivered", "reply failed", "reply waiting"]);
      await wait(service, HOUR);
      await say(service, phone, "进度");
      expect(newest(phone)).toContain("第二句");
      expect(await shownOf(service, number)).toEqual(["receipt delivered", "reply failed", "reply delivered"]);
      expect(timesOn(phone, "第一句")).toBe(0);
    },
  );

  it.each([45008, 47003, 99999])("%i fails this message only", async (errcode) => {
    const { phone, number } = await withCase(service, `content-${errcode}`);
    failFor(phone, { kind: "errcode", errcode });
    await reply(number, "第一句");
    await reply(number, "第二句");
    expect(await shownOf(service, number)).toEqual(["receipt delivered", "reply failed", "reply delivered"]);
    expect((await outgoingOf(service, phone)).at(-2)).toMatchObject({
      reason: expect.stringContaining(String(errcode)),
    });
    expect(newest(phone)).toContain("第二句");
  });

  it("a person who left the account is not written to, and gets what waited when they come back", async () => {
    const { phone, number } = await withCase(service, "leaves");
    await phone.unfollow();
    await service.settled();
    await reply(number, "修好了");
    expect(callsTo(service, phone)).toHaveLength(1);
    expect(await shownOf(service, number)).toEqual(["receipt delivered", "reply waiting"]);
    await phone.follow();
    await service.settled();
    expect(arrived(phone).join("\n")).toContain("修好了");
    expect(await conversationOf(service, phone)).toMatchObject({ following: true });
  });
});

describe("a menu that this account may not send", () => {
  it("goes as numbered words at once, and a bare number answers it", async () => {
    const { phone, number } = await withCase(service, "menu");
    failFor(phone, { kind: "errcode", errcode: 40200 });
    await say(service, deputy, `办结 ${short(number)} 换好了`);
    expect(newest(phone)).toMatch(/换好了.*1.*满意.*2/s);
    await say(service, phone, "1");
    expect(await service.case(number)).toMatchObject({ state: "closed", rating: 5 });
  });
});
