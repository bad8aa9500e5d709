import { and, eq, gt } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { outbox } from "../../db/schema/outbox.ts";
import type { Phone } from "../../src/demo/platforms/wechat/phone.ts";
import { arrived, newest } from "../arrived.ts";
import { SUBSCRIPTION_ID, startService, type TestService } from "../service.ts";
import { callsTo, outgoingOf, SUBSCRIBE_SEND, shownOf, TEMPLATE_SEND, triesFor, withCase } from "./delivery.ts";
import { casesOf, DAY, expectEveryMessageEnded, HOUR, letPass, MINUTE, say, short, since, wait } from "./resident.ts";

type Variant = Parameters<typeof startService>[0];

let service: TestService;
let deputy: Phone;
function serve(options?: Variant): void {
  beforeAll(async () => {
    service = await startService(options);
    deputy = await service.deputy("D001");
  });
  afterAll(() => service.close());
  afterEach(() => expectEveryMessageEnded(service));
}

const reply = (number: string, ...texts: string[]) =>
  say(service, deputy, ...texts.map((text) => `回复 ${short(number)} ${text}`));

describe.each<[string, Variant]>([
  ["in safe mode, with XML", {}],
  ["in plain mode, with JSON", { mode: "plain", format: "json" }],
  ["in compat mode, on a verified subscription account", { mode: "compat", kind: "verified-subscription" }],
])("the window %s", (_name, options) => {
  serve(options);

  it("holds five messages per message of the resident: what comes sixth waits for their next words and leaves before the answer to them", async () => {
    const { phone, number } = await withCase(service, "five");
    for (const text of ["答一", "答二", "答三", "答四"]) await reply(number, text);
    expect(callsTo(service, phone)).toHaveLength(5);
    await reply(number, "答五");
    await reply(number, "答六");
    expect(callsTo(service, phone)).toHaveLength(5);
    expect(await shownOf(service, number)).toEqual([
      "receipt delivered",
      "reply delivered",
      "reply delivered",
      "reply delivered",
      "reply delivered",
      "reply waiting",
      "reply waiting",
    ]);
    const before = arrived(phone).length;
    await say(service, phone, "进度");
    expect(since(phone, before)).toMatch(/答五.*答六.*路灯/s);
    expect(callsTo(service, phone)).toHaveLength(6);
    expect(await shownOf(service, number)).not.toContain("reply waiting");
    expect(
      arrived(phone)
        .join()
        .match(/答[一二三四五六]/g),
    ).toEqual(["答一", "答二", "答三", "答四", "答五", "答六"]);
  });

  it("ends after 48 hours: answers wait without a call, and leave as one message, in order", async () => {
    const { phone, number } = await withCase(service, "48h");
    await wait(service, 48 * HOUR + MINUTE);
    await say(service, deputy, "列表");
    await reply(number, "先来看过了", "零件在路上");
    await say(service, deputy, `办结 ${short(number)} 换好了`);
    expect(callsTo(service, phone)).toHaveLength(1);
    expect(await shownOf(service, number)).toEqual([
      "receipt delivered",
      "reply waiting",
      "reply waiting",
      "closure waiting",
    ]);
    await wait(service, HOUR);
    expect(callsTo(service, phone)).toHaveLength(1);
    await say(service, phone, "在吗");
    expect(newest(phone)).toMatch(/先来看过了.*零件在路上.*换好了.*满意/s);
    expect(callsTo(service, phone)).toHaveLength(2);
    expect(await shownOf(service, number)).toEqual([
      "receipt delivered",
      "reply delivered",
      "reply delivered",
      "closure delivered",
    ]);
  });
});

describe("the window, when the platform counts otherwise than the service", () => {
  serve({ template: true });

  it.each([45015, 45047])(
    "falls to the template notice on %i, and the words come with the next contact",
    async (errcode) => {
      const { phone, number } = await withCase(service, `counts-${errcode}`);
      service.wechat.fail({
        path: "/cgi-bin/message/custom/send",
        to: phone.openid,
        times: 1,
        kind: "errcode",
        errcode,
      });
      await reply(number, "明天来修");
      expect(phone.messages().at(-1)).toMatchObject({ rung: "template", content: { kind: "card" } });
      expect(newest(phone)).toContain(number);
      expect(newest(phone)).toContain("李秀兰");
      expect(newest(phone)).not.toContain("明天来修");
      expect(await shownOf(service, number)).toEqual(["receipt delivered", "reply waiting"]);
      await reply(number, "后天再来");
      expect(callsTo(service, phone, TEMPLATE_SEND)).toHaveLength(2);
      expect(callsTo(service, phone)).toHaveLength(2);
      await say(service, phone, "进度");
      expect(newest(phone)).toMatch(/明天来修.*后天再来/s);
      expect(await shownOf(service, number)).toEqual(["receipt delivered", "reply delivered", "reply delivered"]);
      expect(await triesFor(service, phone)).toContain("direct refused");
    },
  );

  it("announces each answer once, however long the resident stays away", async () => {
    const { phone, number } = await withCase(service, "away");
    await wait(service, 3 * DAY);
    await say(service, deputy, "列表");
    await reply(number, "修好了");
    for (let day = 0; day < 3; day += 1) await letPass(service, DAY);
    expect(callsTo(service, phone, TEMPLATE_SEND)).toHaveLength(1);
    expect(callsTo(service, phone)).toHaveLength(1);
    expect(await shownOf(service, number)).toEqual(["receipt delivered", "reply waiting"]);
  });

  it("tells a deputy who was silent for days of a new case by the notice, and the case follows their next word", async () => {
    await wait(service, 3 * DAY);
    const { number } = await withCase(service, "for-silent-deputy");
    expect(deputy.messages().at(-1)).toMatchObject({ rung: "template" });
    expect(newest(deputy)).toContain(number);
    await say(service, deputy, "列表");
    expect(arrived(deputy).slice(-2).join()).toContain("路灯坏了");
  });

  it("keeps the words when every try of the notice failed", async () => {
    const { phone, number } = await withCase(service, "notice-fails");
    await wait(service, 3 * DAY);
    await say(service, deputy, "列表");
    const fault = { path: TEMPLATE_SEND, to: phone.openid, times: Number.POSITIVE_INFINITY } as const;
    service.wechat.fail({ ...fault, kind: "errcode", errcode: -1 });
    await reply(number, "修好了");
    await wait(service, HOUR);
    await service.runtime.database.inCounty(service.jurisdiction("qinghe"), (tx) =>
      tx
        .update(outbox)
        .set({ tries: 1000 })
        .where(and(eq(outbox.state, "waiting"), gt(outbox.tries, 0))),
    );
    for (let tries = 0; tries < 3; tries += 1) await wait(service, 2 * HOUR);
    expect((await outgoingOf(service, phone)).at(-1)).toMatchObject({ awaitsContact: true });
    expect(await shownOf(service, number)).toEqual(["receipt delivered", "reply waiting"]);
    service.wechat.clearFaults();
    await say(service, phone, "进度");
    expect(newest(phone)).toContain("修好了");
  });

  it("needs no notice from an account whose template is wrong: the words come with the next contact at once", async () => {
    const { phone, number } = await withCase(service, "template-wrong");
    await wait(service, 3 * DAY);
    await say(service, deputy, "列表");
    const fault = { path: TEMPLATE_SEND, to: phone.openid, times: 1 } as const;
    service.wechat.fail({ ...fault, kind: "errcode", errcode: 40037 });
    await reply(number, "修好了");
    expect((await outgoingOf(service, phone)).at(-1)).toMatchObject({ reason: expect.stringContaining("40037") });
    await say(service, phone, "进度");
    expect(newest(phone)).toContain("修好了");
  });
});

describe("the window of an account with subscription notices", () => {
  serve({ subscription: true, kind: "verified-subscription" });

  it("spends one consent on one answer; what comes next waits for the resident's next words", async () => {
    const { phone, number } = await withCase(service, "consent");
    await phone.consent(SUBSCRIPTION_ID, true);
    await wait(service, 3 * DAY);
    await say(service, deputy, "列表");
    await reply(number, "第一句");
    await reply(number, "第二句");
    expect(callsTo(service, phone, SUBSCRIBE_SEND).map((call) => call.errcode)).toEqual([0]);
    expect(phone.messages().at(-1)).toMatchObject({ rung: "subscription" });
    expect(await shownOf(service, number)).toEqual(["receipt delivered", "reply waiting", "reply waiting"]);
    await say(service, phone, "进度");
    expect(newest(phone)).toMatch(/第一句.*第二句/s);
  });

  it("puts nothing into a notice that does something by itself", async () => {
    const phone = service.phone("consent-inert");
    await say(service, phone, "柳东村二组<a href='x'>路灯</a>\u202e\n\n不亮");
    const { number } = (await casesOf(service, phone))[0]!;
    await phone.consent(SUBSCRIPTION_ID, true);
    await wait(service, 3 * DAY);
    await say(service, deputy, "列表");
    await reply(number, "明天去");
    const notice = JSON.stringify(phone.messages().at(-1));
    expect(notice).toContain("柳东村");
    expect(notice).not.toMatch(/<a|\u202e|\\n\\n/);
  });

  it("believes the platform when no consent is left there", async () => {
    const { phone, number } = await withCase(service, "no-consent");
    await phone.consent(SUBSCRIPTION_ID, true);
    service.wechat.fail({ path: SUBSCRIBE_SEND, to: phone.openid, times: 1, kind: "errcode", errcode: 43101 });
    await wait(service, 3 * DAY);
    await say(service, deputy, "列表");
    await reply(number, "第一句");
    await reply(number, "第二句");
    expect(callsTo(service, phone, SUBSCRIBE_SEND)).toHaveLength(1);
    await say(service, phone, "进度");
    expect(newest(phone)).toMatch(/第一句.*第二句/s);
  });
});
