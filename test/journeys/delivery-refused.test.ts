import { Writable } from "node:stream";
import { eq } from "drizzle-orm";
import { pino } from "pino";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { channelAccounts } from "../../db/schema/county.ts";
import { addAccount } from "../../src/casework/office/channel-accounts.ts";
import { channelOf } from "../../src/channels/registry.ts";
import type { Phone } from "../../src/demo/platforms/wechat/phone.ts";
import { createWaitingGauges } from "../../src/observe/waiting.ts";
import { arrived, newest } from "../arrived.ts";
import { startService, type TestService } from "../service.ts";
import { CUSTOM_SEND, callsTo, outgoingOf, shownOf, TEMPLATE_SEND, withCase } from "./delivery.ts";
import { expectEveryMessageEnded, HOUR, MINUTE, SECOND, say, short, since, wait } from "./resident.ts";

let service: TestService;
let deputy: Phone;
let logged = "";
function serve(options: Parameters<typeof startService>[0] = {}): void {
  beforeAll(async () => {
    logged = "";
    const stream = new Writable({
      write(chunk, _encoding, done) {
        logged += chunk;
        done();
      },
    });
    service = await startService({ ...options, log: pino({ level: "info" }, stream) });
    deputy = await service.deputy("D001");
  });
  afterAll(() => service.close());
  afterEach(() => expectEveryMessageEnded(service));
}

const decline = () =>
  service.wechat.fail({ path: CUSTOM_SEND, times: Number.POSITIVE_INFINITY, kind: "errcode", errcode: 48001 });
const calls = () => service.wechat.log().filter((entry) => entry.kind === "call" && entry.path === CUSTOM_SEND).length;
const reply = (number: string, text: string) => say(service, deputy, `回复 ${short(number)} ${text}`);
const timesLogged = (words: string) => logged.split(words).length - 1;
const REFUSED = "refuses this account direct messages";
const TAKEN = "takes this account's direct messages again";

/** The platform says it of one resident's receipt, and again half a minute later. */
async function beRefused(person: string): Promise<{ phone: Phone; number: string }> {
  decline();
  const first = await withCase(service, person);
  expect(await shownOf(service, first.number)).toEqual(["receipt waiting"]);
  await wait(service, 31 * SECOND);
  return first;
}

/** The settings of the account as they are, given again: what somebody does who had it verified. */
async function addAgain(): Promise<void> {
  const { appId, appSecret, token, aesKey } = service.wechat.account("qinghe");
  const added = await addAccount(service.runtime, service.jurisdiction("qinghe"), {
    channel: channelOf("wechat-official")!,
    name: "qinghe",
    options: { "app-id": appId, "app-secret": appSecret, token, "aes-key": aesKey ?? undefined },
  });
  expect(added.ok).toBe(true);
}

/** What the metrics say of the county's account. */
async function isShownRefused(): Promise<boolean> {
  const { database, now } = service.runtime;
  const gauges = createWaitingGauges({
    database,
    now,
    timeZone: "Asia/Shanghai",
    depth: async () => ({}),
    lastBackupAt: async () => null,
  });
  const text = await gauges.read(service.jurisdiction("qinghe"));
  return text.includes('liaison_account_refused{channel="wechat-official",account="qinghe"} 1');
}

describe("an account whose direct messages the platform refuses lastingly", () => {
  serve();

  it("goes on by the answers to what people write: nothing is lost, nothing doubled, all in order", async () => {
    const first = await beRefused("first");
    expect(arrived(first.phone)).toEqual([]);
    expect(await shownOf(service, first.number)).toEqual(["receipt waiting"]);
    for (const row of await outgoingOf(service, first.phone)) expect(row.reason).toContain(REFUSED);
    expect(await isShownRefused()).toBe(true);
    const asked = calls();

    const second = await withCase(service, "second");
    expect(newest(second.phone)).toContain(second.number);
    expect(second.phone.messages().at(-1)).toMatchObject({ rung: "passive" });
    expect(await shownOf(service, second.number)).toEqual(["receipt delivered"]);

    await reply(second.number, "明天来修");
    await reply(second.number, "后天复查");
    await wait(service, 5 * MINUTE);
    expect(await shownOf(service, second.number)).toEqual(["receipt delivered", "reply waiting", "reply waiting"]);
    const before = arrived(second.phone).length;
    await say(service, second.phone, "进度");
    expect(since(second.phone, before)).toMatch(/明天来修.*后天复查.*路灯/s);
    await say(service, first.phone, "在吗");
    expect(arrived(first.phone).join("\n").split(first.number).length - 1).toBe(1);
    expect(await shownOf(service, first.number)).toContain("receipt delivered");

    expect(calls()).toBe(asked);
    expect(timesLogged(REFUSED)).toBe(1);
  });

  it("asks the platform again each hour, by one message alone", async () => {
    const waiting = await withCase(service, "asked-again");
    await reply(waiting.number, "明天来修");
    const other = await withCase(service, "asked-again-too");
    await reply(other.number, "也来看看");
    const asked = calls();
    await wait(service, 50 * MINUTE);
    await service.passTime();
    expect(calls()).toBe(asked);
    service.advance(10 * MINUTE);
    await service.passTime();
    await service.settled();
    expect(calls()).toBe(asked + 1);
    expect(await shownOf(service, waiting.number)).toEqual(["receipt delivered", "reply waiting"]);
    const next = await withCase(service, "still-refused");
    expect(next.phone.messages().at(-1)).toMatchObject({ rung: "passive" });
    expect(calls()).toBe(asked + 1);
    expect(timesLogged(REFUSED)).toBe(1);
  });

  it("writes again when the platform takes the message by which it was asked, and sends what waited", async () => {
    service.wechat.clearFaults();
    const mended = await withCase(service, "mended");
    await reply(mended.number, "明天来修");
    expect(arrived(mended.phone).join()).not.toContain("明天来修");
    service.advance(HOUR + SECOND);
    await service.passTime();
    await expect.poll(() => newest(mended.phone)).toContain("明天来修");
    expect(mended.phone.messages().at(-1)).toMatchObject({ rung: "direct" });
    await wait(service, 5 * SECOND);
    await expect.poll(() => newest(service.phone("asked-again"))).toContain("明天来修");
    await expect.poll(() => newest(service.phone("asked-again-too"))).toContain("也来看看");
    expect(timesLogged(TAKEN)).toBe(1);
    expect(await isShownRefused()).toBe(false);
    const next = await withCase(service, "after");
    expect(next.phone.messages().at(-1)).toMatchObject({ rung: "direct" });
  });

  it("is tried at once when somebody gives the account its settings anew", async () => {
    await beRefused("settings");
    const held = await withCase(service, "settings-held");
    await reply(held.number, "明天来修");
    service.wechat.clearFaults();
    await wait(service, MINUTE);
    expect(arrived(held.phone).join()).not.toContain("明天来修");
    await addAgain();
    expect(await isShownRefused()).toBe(false);
    // A process knows its accounts for two seconds of its own; what is tried before it knows is put aside again.
    await expect
      .poll(async () => (await service.runtime.accounts.find("wechat-official", "qinghe"))?.directRefusedUntil ?? null)
      .toBeNull();
    await expect
      .poll(
        async () => {
          await wait(service, SECOND);
          return newest(held.phone);
        },
        { timeout: 60_000 },
      )
      .toContain("明天来修");
  });

  it("is not silenced by a word that the platform takes back at once", async () => {
    service.wechat.fail({ path: CUSTOM_SEND, times: 1, kind: "errcode", errcode: 48001 });
    const { phone, number } = await withCase(service, "mistake");
    expect(await isShownRefused()).toBe(false);
    await wait(service, 31 * SECOND);
    expect(newest(phone)).toContain(number);
    expect(phone.messages().at(-1)).toMatchObject({ rung: "direct" });
  });
});

describe("a refused account that has a template", () => {
  serve({ template: true });

  it("announces an answer by it, and the words come with the next contact", async () => {
    await beRefused("template-first");
    const { phone, number } = await withCase(service, "template");
    await reply(number, "明天来修");
    expect(callsTo(service, phone, TEMPLATE_SEND)).toHaveLength(1);
    expect(phone.messages().at(-1)).toMatchObject({ rung: "template" });
    expect(await shownOf(service, number)).toEqual(["receipt delivered", "reply waiting"]);
    await say(service, phone, "进度");
    expect(newest(phone)).toContain("明天来修");
    expect(await shownOf(service, number)).toEqual(["receipt delivered", "reply delivered"]);
  });
});

describe("several processes", () => {
  serve();

  it("agree within seconds, for they read it where it is written", async () => {
    const until = new Date(service.runtime.now().getTime() + HOUR);
    await service.runtime.database.inCounty(service.jurisdiction("qinghe"), (tx) =>
      tx.update(channelAccounts).set({ directRefusedUntil: until }).where(eq(channelAccounts.name, "qinghe")),
    );
    await expect
      .poll(async () => (await service.runtime.accounts.find("wechat-official", "qinghe"))?.directRefusedUntil, {
        timeout: 60_000,
      })
      .toEqual(until);
    const asked = calls();
    const { phone, number } = await withCase(service, "told-by-another");
    expect(newest(phone)).toContain(number);
    expect(calls()).toBe(asked);
  });
});
