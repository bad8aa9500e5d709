import postgres from "postgres";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { addAccount } from "../../src/casework/office/channel-accounts.ts";
import { sms } from "../../src/channels/sms/channel.ts";
import { web } from "../../src/channels/web/channel.ts";
import { type SimulatedGateway, startSms } from "../../src/demo/platforms/sms.ts";
import type { Phone } from "../../src/demo/platforms/wechat/phone.ts";
import { hourIn } from "../../src/domain/calendar/deadline.ts";
import { arrived } from "../arrived.ts";
import { startService, type TestService } from "../service.ts";
import { triesFor } from "./delivery.ts";
import { HOUR, onlyCase, say, short } from "./resident.ts";

const MESSAGES = "/messages";
const MINUTE = 60_000;

let service: TestService;
let gateway: SimulatedGateway;
let deputy: Phone;
let people = 0;
beforeAll(async () => {
  const startPlatform = async (now: () => Date) => {
    gateway = await startSms({ now });
    return gateway;
  };
  service = await startService({ beside: { channel: sms, startPlatform } });
  deputy = await service.deputy("D001");
});
afterAll(() => service.close());

const numberOf = (index: number) => `1380000${String(1000 + index)}`;
const shownOn = (number: string) => gateway.phone("qinghe", number).lines();
const owner = async <T>(work: (sql: postgres.Sql) => Promise<T>): Promise<T> => {
  const sql = postgres(service.ownerUrl, { max: 1, onnotice: () => undefined });
  try {
    return await work(sql);
  } finally {
    await sql.end();
  }
};
/** The first moment of a day after so long at which telephones may ring. */
const untilDay = (ms: number) => {
  service.advance(ms);
  while (hourIn(service.runtime.now(), "Asia/Shanghai") !== 10) service.advance(HOUR);
};

/** Somebody whose answer waits for their next contact, with the number that they wrote. */
async function withAnswer(written = (number: string) => `，我的电话${number}`) {
  people += 1;
  const number = numberOf(people);
  const phone = service.phone(`sms ${people}`);
  await say(service, phone, `柳东村二组${people}号楼前路灯坏了${written(number)}`);
  const matter = await onlyCase(service, phone);
  service.advance(49 * HOUR);
  const words = `灯泡已经买好${people}`;
  await deputy.say(`回复 ${matter.number} ${words}`);
  await service.settled();
  expect(arrived(phone).join()).not.toContain(words);
  return { phone, number, words, case: matter.number };
}

describe("an answer that waits for somebody who gave a number", () => {
  it("is announced after a day, by day, once, and nothing of it is said", async () => {
    const { phone, number, words, case: matter } = await withAnswer();
    service.advance(20 * HOUR);
    await service.passTime();
    expect(shownOn(number)).toEqual([]);
    service.advance(5 * HOUR);
    while (hourIn(service.runtime.now(), "Asia/Shanghai") !== 3) service.advance(HOUR);
    await service.passTime();
    expect(shownOn(number)).toEqual([]);
    untilDay(0);
    await service.passTime();
    await service.passTime();
    const [shown, ...more] = shownOn(number);
    expect(more).toEqual([]);
    expect(shown?.text).toContain("有给您的回复");
    expect(shown?.text).toContain("微信");
    for (const word of [words, matter, short(matter), "路灯", "柳东"]) expect(shown?.text).not.toContain(word);
    expect((await triesFor(service, phone)).at(-1)).toBe("sms delivered");
    await phone.say("进度");
    await service.settled();
    await service.deliverDue();
    expect(arrived(phone).filter((text) => text.includes(words))).toHaveLength(1);
  });

  it("is announced once where the end of the call was not seen, for the gateway knows the key", async () => {
    const { number } = await withAnswer();
    gateway.fail({ path: MESSAGES, to: number, times: 1, kind: "accept-then-reset" });
    untilDay(25 * HOUR);
    await service.passTime();
    service.advance(2 * MINUTE);
    await service.passTime();
    expect(shownOn(number)).toHaveLength(1);
    const calls = gateway.log().filter(({ kind, person }) => kind === "call" && person === number);
    expect(new Set(calls.map(({ request }) => Object(request).key)).size).toBe(1);
    expect(calls.map(({ status }) => status)).toEqual([202, 409]);
  });

  it("goes on waiting where the gateway says later that nothing arrived, and the record says why", async () => {
    const { phone, number, words } = await withAnswer();
    untilDay(25 * HOUR);
    await service.passTime();
    expect(await gateway.report("qinghe", number, false, "空号")).toBe(true);
    await service.settled();
    expect((await triesFor(service, phone)).at(-1)).toBe("sms refused");
    await service.passTime();
    expect(shownOn(number)).toHaveLength(1);
    await phone.say("进度");
    await service.settled();
    await service.deliverDue();
    expect(arrived(phone).filter((text) => text.includes(words))).toHaveLength(1);
  });
});

describe("the account and its words", () => {
  it("names the county's page where there is one, and is tried without writing to anybody", async () => {
    const { runtime } = service;
    const jurisdictionId = service.jurisdiction("qinghe");
    const { number } = await withAnswer();
    await addAccount(runtime, jurisdictionId, { channel: web, name: "county", options: {} });
    untilDay(25 * HOUR);
    await service.passTime();
    expect(shownOn(number).map(({ text }) => text)).toEqual([expect.stringContaining("http://127.0.0.1/w/county")]);
    const made = gateway.log().findLast(({ kind, person }) => kind === "call" && person === number);
    expect(made?.request).toMatchObject({ template: "answer-waits", params: { link: "http://127.0.0.1/w/county" } });
    const account = (await runtime.accounts.find("sms", "qinghe"))!;
    const { sender } = (await runtime.accounts.byId(jurisdictionId, account.id))!;
    const before = gateway.log().length;
    expect(await sender.test!(`${service.url}/webhooks/sms/qinghe`)).toMatchObject([{ verdict: "fine" }]);
    expect(await sender.test!(`${service.url}/webhooks/wechat-official/qinghe`)).toMatchObject([{ verdict: "wrong" }]);
    expect(gateway.log()).toHaveLength(before);
  });
});

describe("nothing is sent", () => {
  it.each([
    ["of a sealed case", { set: "sealed = true" }],
    ["of a child's", { set: "minor = true" }],
    ["of one who stays unnamed", { set: "unnamed = true" }],
    ["of a withdrawn one", { set: "outcome = 'withdrawn', closed_at = now()" }],
  ])("%s", async (_what, { set }) => {
    const { number, case: matter } = await withAnswer();
    await owner((sql) => sql.unsafe(`update cases set ${set} where number = '${matter}'`));
    untilDay(25 * HOUR);
    await service.passTime();
    expect(shownOn(number)).toEqual([]);
  });

  it("to a number that is somebody else's, or to nobody", async () => {
    const other = await withAnswer((number) => `，骗子用${number}打电话`);
    untilDay(25 * HOUR);
    await service.passTime();
    expect(shownOn(other.number)).toEqual([]);
    expect((await triesFor(service, other.phone)).at(-1)).toBe("sms refused");
  });

  it("while the county is in trial", async () => {
    const { number } = await withAnswer();
    const trial = (isOn: boolean) =>
      owner((sql) =>
        sql.unsafe(`update jurisdictions set settings = jsonb_set(settings, '{trial}',
          '{"isOn": ${isOn}, "at": "", "by": "", "deputies": [], "staff": []}') where code = 'qinghe'`),
      );
    await trial(true);
    untilDay(25 * HOUR);
    await service.passTime();
    expect(shownOn(number)).toEqual([]);
    await trial(false);
  });
});
