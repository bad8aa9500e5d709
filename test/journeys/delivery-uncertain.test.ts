import { createServer, connect as dial, type Server, type Socket } from "node:net";
import { eq } from "drizzle-orm";
import { v7 as newId } from "uuid";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { attempts, outbox } from "../../db/schema/outbox.ts";
import { deliver } from "../../src/casework/delivery/deliver.ts";
import { leaseFor } from "../../src/casework/delivery/lease.ts";
import type { FaultKind } from "../../src/demo/platforms/wechat/faults.ts";
import type { Phone } from "../../src/demo/platforms/wechat/phone.ts";
import { arrived, newest } from "../arrived.ts";
import { hasRedis } from "../redis.ts";
import { startService, type TestService } from "../service.ts";
import {
  CUSTOM_SEND,
  callsTo,
  conversationOf,
  outgoingOf,
  shownOf,
  TEMPLATE_SEND,
  triesFor,
  withCase,
} from "./delivery.ts";
import { DAY, expectEveryMessageEnded, HOUR, letPass, MINUTE, SECOND, say, short, wait } from "./resident.ts";

/** The way from the service to the platform, which can be closed so that connections are refused. */
type Way = { readonly url: string; close(): Promise<void>; open(): Promise<void> };

async function wayTo(target: string): Promise<Way> {
  const links = new Set<Socket>();
  let server: Server | null = null;
  let port = 0;
  const open = () =>
    new Promise<void>((resolve, reject) => {
      server = createServer((near) => {
        const far = dial(Number(new URL(target).port), "127.0.0.1");
        for (const link of [near, far]) {
          links.add(link);
          link.on("error", () => undefined);
          link.on("close", () => {
            links.delete(link);
            near.destroy();
            far.destroy();
          });
        }
        near.pipe(far).pipe(near);
      });
      server.once("error", reject);
      server.listen(port, "127.0.0.1", () => {
        const address = server?.address();
        port = typeof address === "object" && address !== null ? address.port : 0;
        resolve();
      });
    });
  await open();
  return {
    url: `http://127.0.0.1:${port}`,
    open,
    close: () =>
      new Promise((resolve) => {
        for (const link of links) link.destroy();
        server?.close(() => resolve());
      }),
  };
}

let service: TestService;
let deputy: Phone;
let way: Way;
function serve(backend: "postgres" | "redis"): void {
  beforeAll(async () => {
    service = await startService({
      backend,
      template: true,
      apiBase: async (url) => {
        way = await wayTo(url);
        return way.url;
      },
    });
    deputy = await service.deputy("D001");
  });
  afterAll(async () => {
    await service.close();
    await way.close();
  });
  afterEach(async () => {
    service.wechat.clearFaults();
    await expectEveryMessageEnded(service);
  });
}

const reply = (number: string, text: string) => say(service, deputy, `回复 ${short(number)} ${text}`);
const timesOn = (phone: Phone, text: string) => arrived(phone).join("\n").split(text).length - 1;

describe.each(hasRedis ? (["postgres", "redis"] as const) : (["postgres"] as const))(
  "a send whose end nobody saw, with the queue on %s",
  (backend) => {
    serve(backend);

    it.each<[FaultKind, number, RegExp]>([
      ["hang", 0, /timed out/],
      ["reset", 0, /connection broke/],
      ["accept-then-hang", 1, /timed out/],
      ["accept-then-reset", 1, /connection broke/],
      ["garbled", 1, /no JSON/],
      ["accept-then-502", 1, /HTTP 502/],
      ["http-502", 0, /HTTP 502/],
    ])(
      "(%s) is uncertain, is shown, stops nothing behind it, and is told once more after an hour, never oftener",
      async (kind, times, reason) => {
        const { phone, number } = await withCase(service, `unseen-${kind}`);
        service.wechat.fail({ path: CUSTOM_SEND, to: phone.openid, times: 1, kind });
        await reply(number, "明天来修");
        expect(await shownOf(service, number)).toEqual(["receipt delivered", "reply uncertain"]);
        expect((await outgoingOf(service, phone)).at(-1)).toMatchObject({ reason: expect.stringMatching(reason) });
        await reply(number, "后天复查");
        expect(newest(phone)).toContain("后天复查");
        await letPass(service, HOUR / 2);
        expect(timesOn(phone, "明天来修")).toBe(times);
        await letPass(service, HOUR);
        expect(timesOn(phone, "明天来修")).toBe(times + 1);
        expect(newest(phone)).toContain("可能已经收到过");
        expect(await shownOf(service, number)).toEqual(["receipt delivered", "reply delivered", "reply delivered"]);
        await say(service, phone, "进度");
        await letPass(service, DAY);
        expect(timesOn(phone, "明天来修")).toBe(times + 1);
      },
    );

    it("is told once more at the next contact, before what answers that", async () => {
      const { phone, number } = await withCase(service, "unseen-contact");
      service.wechat.fail({ path: CUSTOM_SEND, to: phone.openid, times: 1, kind: "http-502" });
      await reply(number, "明天来修");
      await say(service, phone, "进度");
      expect(timesOn(phone, "明天来修")).toBe(1);
      expect(arrived(phone).join("\n")).toMatch(/可能已经收到过[\s\S]*明天来修[\s\S]*要催，回/);
      expect(await shownOf(service, number)).toEqual(["receipt delivered", "reply delivered"]);
    });

    it("of a new case does not keep it from its deputy, who hears of it at the next contact or after an hour", async () => {
      service.wechat.fail({ path: CUSTOM_SEND, to: deputy.openid, times: 1, kind: "http-502" });
      const first = await withCase(service, "unseen-case-contact");
      expect(timesOn(deputy, `编号${first.number}`)).toBe(0);
      await say(service, deputy, "列表");
      expect(timesOn(deputy, `编号${first.number}`)).toBe(1);
      service.wechat.fail({ path: CUSTOM_SEND, to: deputy.openid, times: 1, kind: "http-502" });
      const second = await withCase(service, "unseen-case-hour");
      await letPass(service, HOUR);
      expect(timesOn(deputy, `编号${second.number}`)).toBe(1);
      await say(service, deputy, "列表");
      expect(timesOn(deputy, `编号${second.number}`)).toBe(1);
    });

    it("that ends so a second time stays as it is, for people to see", async () => {
      const { phone, number } = await withCase(service, "unseen-twice");
      service.wechat.fail({ path: CUSTOM_SEND, to: phone.openid, times: 2, kind: "hang" });
      await reply(number, "明天来修");
      await letPass(service, HOUR);
      await letPass(service, HOUR);
      await say(service, phone, "进度");
      expect(timesOn(phone, "明天来修")).toBe(0);
      expect(await shownOf(service, number)).toEqual(["receipt delivered", "reply uncertain"]);
      expect((await triesFor(service, phone)).filter((one) => one === "direct uncertain")).toHaveLength(2);
    });

    it("is delivered when the answer is only slow", async () => {
      const { phone, number } = await withCase(service, "slow");
      service.wechat.fail({ path: CUSTOM_SEND, to: phone.openid, times: 1, kind: "slow", delayMs: 150 });
      await reply(number, "明天来修");
      expect(await shownOf(service, number)).toEqual(["receipt delivered", "reply delivered"]);
    });

    it("does not arise where no connection came about: that is tried again, and arrives once", async () => {
      const { phone, number } = await withCase(service, "refused");
      await way.close();
      try {
        await reply(number, "明天来修");
        expect((await outgoingOf(service, phone)).at(-1)).toMatchObject({
          state: "waiting",
          reason: expect.stringContaining("ECONNREFUSED"),
        });
      } finally {
        await way.open();
      }
      await wait(service, 10 * SECOND);
      expect(timesOn(phone, "明天来修")).toBe(1);
      expect(await shownOf(service, number)).toEqual(["receipt delivered", "reply delivered"]);
    });

    it("does not lose the words when it was only their notice", async () => {
      const { phone, number } = await withCase(service, "unseen-notice");
      await wait(service, 3 * DAY);
      await say(service, deputy, "列表");
      service.wechat.fail({ path: TEMPLATE_SEND, to: phone.openid, times: 1, kind: "accept-then-hang" });
      await reply(number, "明天来修");
      expect(await shownOf(service, number)).toEqual(["receipt delivered", "reply waiting"]);
      expect((await triesFor(service, phone)).at(-1)).toBe("template uncertain");
      await letPass(service, HOUR);
      expect(callsTo(service, phone, TEMPLATE_SEND)).toHaveLength(1);
      await say(service, phone, "进度");
      expect(newest(phone)).toContain("明天来修");
      expect(await shownOf(service, number)).toEqual(["receipt delivered", "reply delivered"]);
    });
  },
);

describe("a worker that died", () => {
  serve("postgres");

  /** What a worker leaves behind that was killed between recording an attempt and hearing its end. */
  async function dieSending(phone: Phone, rung: "direct" | "template"): Promise<void> {
    const row = (await outgoingOf(service, phone)).findLast((one) => one.state === "waiting")!;
    const startedAt = service.runtime.now();
    await service.runtime.database.inCounty(row.jurisdictionId, async (tx) => {
      await tx.insert(attempts).values({
        id: newId(),
        jurisdictionId: row.jurisdictionId,
        outboxId: row.id,
        rung,
        startedAt,
        outcome: "pending",
      });
      await tx
        .update(outbox)
        .set({
          state: "sending",
          awaitsContact: false,
          notBefore: startedAt,
          leaseUntil: leaseFor(MINUTE),
        })
        .where(eq(outbox.id, row.id));
    });
  }

  const waiting = async (person: string, text: string) => {
    const { phone, number } = await withCase(service, person);
    service.wechat.fail({ path: CUSTOM_SEND, to: phone.openid, times: 1, kind: "errcode", errcode: -1 });
    await reply(number, text);
    return { phone, number };
  };

  const holds = async (phone: Phone) => {
    const { id: conversationId, jurisdictionId } = await conversationOf(service, phone);
    return { jurisdictionId, conversationId };
  };

  it("leaves its message uncertain when its lease is over, and what is behind it goes on", async () => {
    const { phone, number } = await waiting("died", "明天来修");
    await dieSending(phone, "direct");
    await deputy.say(`回复 ${short(number)} 后天复查`);
    await expect.poll(async () => (await shownOf(service, number)).length).toBe(3);
    const key = await holds(phone);
    const leaseLeft = (await deliver(service.runtime, key)).nextAt!.getTime() - service.runtime.now().getTime();
    expect(leaseLeft).toBeGreaterThan(MINUTE / 2);
    expect(leaseLeft).toBeLessThanOrEqual(MINUTE);
    expect(await shownOf(service, number)).toEqual(["receipt delivered", "reply sending", "reply waiting"]);
    // A process whose clock is ahead does not end it.
    service.advance(MINUTE + SECOND);
    await deliver(service.runtime, key);
    expect(await shownOf(service, number)).toEqual(["receipt delivered", "reply sending", "reply waiting"]);
    await service.endLeases();
    await service.deliverDue();
    expect(await shownOf(service, number)).toEqual(["receipt delivered", "reply uncertain", "reply delivered"]);
    expect((await outgoingOf(service, phone)).at(-2)).toMatchObject({
      reason: expect.stringContaining("ended before"),
    });
    expect(timesOn(phone, "明天来修")).toBe(0);
    expect(newest(phone)).toContain("后天复查");
    await say(service, phone, "进度");
    expect(timesOn(phone, "明天来修")).toBe(1);
  });

  it("while it sent a notice leaves the words waiting for the person", async () => {
    const { phone, number } = await waiting("died-noticing", "明天来修");
    await dieSending(phone, "template");
    await service.endLeases();
    await service.deliverDue();
    expect(await shownOf(service, number)).toEqual(["receipt delivered", "reply waiting"]);
    await say(service, phone, "进度");
    expect(newest(phone)).toContain("明天来修");
    expect(await shownOf(service, number)).toEqual(["receipt delivered", "reply delivered"]);
  });

  it("does not matter to a message that several workers find at once: it leaves once", async () => {
    const { phone, number } = await waiting("parallel", "明天来修");
    service.advance(10 * SECOND);
    const key = await holds(phone);
    service.wechat.fail({ path: CUSTOM_SEND, to: phone.openid, times: 1, kind: "slow", delayMs: 100 });
    await Promise.all(Array.from({ length: 8 }, () => deliver(service.runtime, key)));
    await service.deliverDue();
    expect(timesOn(phone, "明天来修")).toBe(1);
    expect(callsTo(service, phone)).toHaveLength(3);
    expect(await shownOf(service, number)).toEqual(["receipt delivered", "reply delivered"]);
  });
});
