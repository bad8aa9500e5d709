import { Redis } from "ioredis";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { postgresStore, redisStore } from "../../db/shared-store.ts";
import { deliver } from "../../src/casework/delivery/deliver.ts";
import { createAccounts } from "../../src/casework/runtime/accounts.ts";
import type { Runtime } from "../../src/casework/runtime/runtime.ts";
import type { SharedStore } from "../../src/channels/channel.ts";
import { channels } from "../../src/channels/registry.ts";
import type { Phone } from "../../src/demo/platforms/wechat/phone.ts";
import { arrived, newest } from "../arrived.ts";
import { hasRedis, type TestRedis, testRedis } from "../redis.ts";
import { startService, type TestService } from "../service.ts";
import { CUSTOM_SEND, callsTo, conversationOf, outgoingOf, STABLE_TOKEN, shownOf, withCase } from "./delivery.ts";
import { expectEveryMessageEnded, HOUR, MINUTE, SECOND, say, short, wait } from "./resident.ts";

let service: TestService;
let deputy: Phone;
let redis: TestRedis | null = null;
beforeAll(async () => {
  service = await startService();
  redis = hasRedis ? await testRedis() : null;
  deputy = await service.deputy("D001");
});
afterAll(async () => {
  await expectEveryMessageEnded(service);
  await service.close();
  await redis?.close();
});

const reply = (number: string, text: string) => say(service, deputy, `回复 ${short(number)} ${text}`);
const tokens = () => service.wechat.tokenCalls("qinghe");

/** Residents for whom one answer waits until the minute's quota is given anew. */
async function withWaiting(name: string, people: number): Promise<{ phone: Phone; number: string }[]> {
  const all: { phone: Phone; number: string }[] = [];
  for (let person = 0; person < people; person += 1) all.push(await withCase(service, `${name}-${person}`));
  service.wechat.fail({ path: CUSTOM_SEND, to: all[0]!.phone.openid, times: 1, kind: "errcode", errcode: 45011 });
  for (const { number } of all) await reply(number, "明天来修");
  for (const { number } of all) expect((await shownOf(service, number)).at(-1)).toBe("reply waiting");
  return all;
}

/** Another process of the same installation, a minute later: its own picture of the platform, the values in common. */
function anotherProcess(store: (jurisdictionId: string) => SharedStore): Runtime {
  const { database, vault } = service.runtime;
  const now = () => new Date(service.runtime.now().getTime() + MINUTE + SECOND);
  const apiBases = { WECHAT_API_BASE: service.wechat.url };
  const accounts = createAccounts({ database, vault, channels, apiBases, store, now, timeoutMs: 5_000 });
  return { ...service.runtime, now, accounts };
}

describe("the access token", () => {
  it("is asked for once, however much is sent", async () => {
    const { number } = await withCase(service, "once");
    for (const text of ["一", "二", "三"]) await reply(number, text);
    expect(tokens()).toBe(1);
  });

  it("is renewed before it ends", async () => {
    const before = tokens();
    await wait(service, 2 * HOUR);
    const { phone } = await withCase(service, "renewed");
    expect(tokens()).toBe(before + 1);
    expect(callsTo(service, phone).map((call) => call.errcode)).toEqual([0]);
  });

  it("that ended early (42001) is renewed once, and the message arrives once, without a try of its own", async () => {
    const { phone, number } = await withCase(service, "ended");
    const before = tokens();
    service.wechat.expireTokens();
    await reply(number, "明天来修");
    expect(newest(phone)).toContain("明天来修");
    expect(arrived(phone).filter((text) => text.includes("明天来修"))).toHaveLength(1);
    expect(await shownOf(service, number)).toEqual(["receipt delivered", "reply delivered"]);
    expect((await outgoingOf(service, phone)).at(-1)).toMatchObject({ tries: 0 });
    expect(tokens()).toBe(before + 1);
  });

  it.each([40001, 40014, 42001])(
    "refused with %i is renewed and the call made once more, never again and again",
    async (errcode) => {
      const { phone, number } = await withCase(service, `refused-${errcode}`);
      service.wechat.fail({ path: CUSTOM_SEND, to: phone.openid, times: 1, kind: "errcode", errcode });
      await reply(number, "第一句");
      expect(callsTo(service, phone).map((call) => call.errcode)).toEqual([0, errcode, 0]);
      service.wechat.fail({ path: CUSTOM_SEND, to: phone.openid, times: 2, kind: "errcode", errcode });
      await reply(number, "第二句");
      expect(callsTo(service, phone)).toHaveLength(5);
      expect((await outgoingOf(service, phone)).at(-1)).toMatchObject({
        state: "waiting",
        reason: expect.stringContaining(String(errcode)),
      });
      await wait(service, MINUTE);
      expect(await shownOf(service, number)).toEqual(["receipt delivered", "reply delivered", "reply delivered"]);
    },
  );

  it("that cannot be had keeps the message waiting with the reason, and nothing is sent without it", async () => {
    const { phone, number } = await withCase(service, "no-token");
    service.wechat.expireTokens();
    service.wechat.fail({ path: STABLE_TOKEN, times: Number.POSITIVE_INFINITY, kind: "http-500" });
    await reply(number, "明天来修");
    expect((await outgoingOf(service, phone)).at(-1)).toMatchObject({
      state: "waiting",
      reason: expect.stringContaining("access token"),
    });
    service.wechat.clearFaults();
    await wait(service, MINUTE);
    expect(arrived(phone).filter((text) => text.includes("明天来修"))).toHaveLength(1);
  });

  it("is renewed by one request when many messages leave at once", async () => {
    const all = await withWaiting("many", 6);
    service.advance(MINUTE + SECOND);
    service.wechat.expireTokens();
    const before = tokens();
    const keys = await Promise.all(all.map(({ phone }) => conversationOf(service, phone)));
    await Promise.all(
      keys.map(({ id, jurisdictionId }) => deliver(service.runtime, { jurisdictionId, conversationId: id })),
    );
    await service.deliverDue();
    for (const { phone } of all) expect(arrived(phone).filter((text) => text.includes("明天来修"))).toHaveLength(1);
    expect(tokens()).toBe(before + 1);
  });

  it.each(hasRedis ? ["postgres", "redis"] : ["postgres"])(
    "is shared between processes through %s, each of which takes what another renewed",
    async (kind) => {
      const { database, vault, now } = service.runtime;
      const client = kind === "redis" && redis !== null ? new Redis(redis.url) : null;
      const store = (jurisdictionId: string) =>
        client === null
          ? postgresStore(database, vault, jurisdictionId, now)
          : redisStore(client, vault, `liaison:${jurisdictionId}`);
      const all = await withWaiting(`shared-${kind}`, 4);
      const processes = [anotherProcess(store), anotherProcess(store)];
      service.wechat.expireTokens();
      const before = tokens();
      for (const [index, { phone, number }] of all.entries()) {
        const { id: conversationId, jurisdictionId } = await conversationOf(service, phone);
        await deliver(processes[index % 2]!, { jurisdictionId, conversationId });
        expect(newest(phone)).toContain("明天来修");
        expect((await shownOf(service, number)).at(-1)).toBe("reply delivered");
      }
      expect(tokens()).toBe(before + 1);
      client?.disconnect();
      await wait(service, MINUTE + SECOND);
    },
  );
});
