import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { eq } from "drizzle-orm";
import { v7 as newId } from "uuid";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { conversations, inbox } from "../../db/schema/conversations.ts";
import { channelAccounts } from "../../db/schema/county.ts";
import { outbox } from "../../db/schema/outbox.ts";
import { noteCheckup } from "../../src/casework/audit/checkups.ts";
import { countWaiting } from "../../src/casework/backlog/counts.ts";
import { leaseFor } from "../../src/casework/delivery/lease.ts";
import { arrived } from "../arrived.ts";
import { type WatchedService, watchedService } from "../observe/watched.ts";

const LIMIT = { timeout: 60_000, interval: 50 };
const MINUTE = 60_000;

let watched: WatchedService;
let operator: string;
beforeAll(async () => {
  watched = await watchedService();
  operator = await watched.token("operator");
});
afterAll(() => watched.close());

const read = async (token = operator, base = watched.url): Promise<string> => {
  const answer = await fetch(`${base}/metrics`, { headers: { authorization: `Bearer ${token}` } });
  expect([answer.status, answer.headers.get("content-type")]).toEqual([200, expect.stringContaining("version=0.0.4")]);
  return answer.text();
};
/** The value of a sample whose line begins so. */
const sample = (text: string, begins: string) =>
  Number(
    text
      .split("\n")
      .find((line) => line.startsWith(begins))
      ?.split(" ")
      .at(-1) ?? Number.NaN,
  );

describe("what an operator must do from time to time", () => {
  it("is seen by when it was last done, and how it ended", async () => {
    const { database } = watched.service.runtime;
    await expect.poll(async () => sample(await read(), "liaison_database_up"), LIMIT).toBe(1);
    const fresh = await read();
    expect(sample(fresh, "liaison_backup_last_seconds")).toBe(0);
    expect(sample(fresh, 'liaison_checkup_last_seconds{county="qinghe",kind="audit"}')).toBe(0);
    expect(sample(fresh, 'liaison_checkup_good{county="qinghe",kind="audit"}')).toBe(1);
    const at = new Date("2026-11-24T02:00:00Z");
    await noteCheckup(database, await watched.db.county("qinghe"), { kind: "audit", at, isGood: true });
    await noteCheckup(database, await watched.db.county("qinghe"), { kind: "audit", at, isGood: false });
    await writeFile(join(watched.folder, "last-backup.json"), `{"at":"${at.toISOString()}","rows":1}`);
    const good = async () => sample(await read(), 'liaison_checkup_good{county="qinghe",kind="audit"}');
    await expect.poll(good, LIMIT).toBe(0);
    const later = await read();
    expect(sample(later, 'liaison_checkup_last_seconds{county="qinghe",kind="audit"}')).toBe(at.getTime() / 1000);
    expect(sample(later, "liaison_backup_last_seconds")).toBe(at.getTime() / 1000);
  });
});

describe("the metrics", () => {
  it("are for the tokens of operators and auditors, and for nobody else", async () => {
    for (const [token, status] of [
      [undefined, 401],
      ["guessed", 401],
      [await watched.token("office"), 403],
      [await watched.token("station"), 403],
      [operator, 200],
      [await watched.token("auditor"), 200],
    ] as const) {
      expect((await watched.get("/metrics", token)).status).toBe(status);
    }
  });

  it("count a resident's message from the webhook to the platform", async () => {
    const resident = watched.wechat.phone("oa", "o_zhang_san");
    await resident.say("柳东村三组的路灯坏了,我叫张三丰,电话13800000000");
    await expect.poll(() => arrived(resident).length, LIMIT).toBeGreaterThan(0);
    await fetch(`${watched.url}/webhooks/wechat-official/oa?signature=wrong`, { method: "POST", body: "<xml/>" });
    await fetch(`${watched.url}/webhooks/o_zhang_san/13800000000`, { method: "POST", body: "x" });
    const text = await read();
    expect(sample(text, 'liaison_webhooks_total{channel="wechat-official",result="accepted"}')).toBe(1);
    expect(sample(text, 'liaison_webhooks_total{channel="wechat-official",result="refused"}')).toBe(1);
    expect(sample(text, 'liaison_webhooks_total{channel="unknown",result="refused"}')).toBe(1);
    expect(sample(text, 'liaison_webhook_seconds_count{channel="wechat-official"}')).toBe(2);
    expect(sample(text, 'liaison_messages_heard_total{outcome="case"}')).toBe(1);
    const delivered =
      'liaison_deliveries_total{channel="wechat-official",rung="direct",outcome="delivered",class="none"}';
    expect(sample(text, delivered)).toBeGreaterThanOrEqual(1);
    expect(sample(text, "liaison_database_up")).toBe(1);
    expect(sample(text, "liaison_queue_up")).toBe(1);
    expect(sample(text, 'liaison_queue_jobs{queue="liaison-receive",state="waiting"}')).toBe(0);
    expect(sample(text, "process_cpu_seconds_total")).toBeGreaterThan(0);
  });

  it("show an auditor the own county alone, and nothing of the process", async () => {
    const text = await read(await watched.token("auditor", "empty"));
    expect(sample(text, 'liaison_messages_waiting{county="empty",reason="unheard"}')).toBe(0);
    expect(text).not.toMatch(/qinghe|liaison_webhooks|process_cpu|liaison_queue/);
  });

  it("hold nothing of any person", async () => {
    expect(await read()).not.toMatch(/张三丰|138000|o_zhang|[一-鿿]/);
    expect(watched.logged()).not.toMatch(/张三丰|13800000000|o_zhang|liaison_[\w-]{40}/);
  });

  it("of a worker are where METRICS_PORT says", async () => {
    const silent = await watched.beside("work");
    expect(silent.url).toBeNull();
    const worker = await watched.beside("work", { METRICS_PORT: "0" });
    expect(sample(await read(operator, worker.url!), 'liaison_deliveries_waiting{county="qinghe",reason="due"}')).toBe(
      0,
    );
    expect((await fetch(`${worker.url}/readyz`)).status).toBe(200);
    expect((await fetch(`${worker.url}/webhooks/wechat-official/oa`)).status).toBe(404);
    expect((await fetch(`${worker.url}/console/queues`)).status).toBe(404);
  });
});

describe("who waits", () => {
  it("is counted by reason, with the age of the oldest, from indexes that hold no history", async () => {
    const { database } = watched.service.runtime;
    const id = await watched.db.county("empty");
    const now = new Date("2026-11-24T02:00:00Z");
    const ago = (minutes: number) => new Date(now.getTime() - minutes * MINUTE);
    const accountId = newId();
    const conversationId = newId();
    const county = { jurisdictionId: id };
    const sealed = new Uint8Array();
    await database.inCounty(id, async (tx) => {
      await tx.insert(channelAccounts).values({
        ...county,
        id: accountId,
        channel: "none",
        name: "none",
        settings: {},
        secrets: sealed,
        createdAt: now,
      });
      await tx
        .insert(conversations)
        .values({ ...county, id: conversationId, accountId, peer: "p", peerSealed: sealed, createdAt: now });
      const message = { ...county, accountId, peer: "p", kind: "text", payload: sealed };
      await tx.insert(inbox).values([
        { ...message, dedupeKey: "1", receivedAt: ago(5) },
        { ...message, dedupeKey: "2", receivedAt: ago(3) },
        { ...message, dedupeKey: "3", receivedAt: ago(7), attempts: 2, failure: "x" },
        { ...message, dedupeKey: "4", receivedAt: ago(9), attempts: 5, stuckAt: ago(8) },
        { ...message, dedupeKey: "6", receivedAt: ago(2), urgent: true, attempts: 1 },
        { ...message, dedupeKey: "5", receivedAt: ago(99), processedAt: ago(98), outcome: "case" },
      ]);
      const out = { ...county, conversationId, kind: "receipt", isAnswer: false, content: sealed };
      const waiting = { ...out, state: "waiting" as const, createdAt: ago(10) };
      await tx.insert(outbox).values([
        { ...waiting, id: newId(), notBefore: ago(0.5) },
        { ...waiting, id: newId(), notBefore: ago(-1) },
        { ...waiting, id: newId(), notBefore: ago(-5), tries: 2 },
        { ...waiting, id: newId(), notBefore: ago(30), awaitsContact: true, createdAt: ago(40) },
        { ...waiting, id: newId(), notBefore: ago(2) },
        { ...out, id: newId(), state: "sending", notBefore: ago(2), leaseUntil: leaseFor(60_000), createdAt: ago(2) },
        {
          ...out,
          id: newId(),
          state: "sending",
          notBefore: ago(9),
          leaseUntil: leaseFor(-3 * 60_000),
          createdAt: ago(20),
        },
        { ...out, id: newId(), state: "failed", notBefore: ago(9), settledAt: ago(3), createdAt: ago(20) },
        { ...out, id: newId(), state: "uncertain", notBefore: ago(9), settledAt: ago(3), createdAt: ago(20) },
        { ...out, id: newId(), state: "uncertain", notBefore: ago(9), settledAt: ago(3000), createdAt: ago(3000) },
        { ...out, id: newId(), state: "delivered", notBefore: ago(9), settledAt: ago(3), createdAt: ago(20) },
      ]);
    });
    try {
      expect(await countWaiting(database, id, now)).toEqual({
        messages: {
          unheard: { count: 2, oldest: ago(5) },
          retry: { count: 1, oldest: ago(7) },
          stuck: { count: 1, oldest: ago(9) },
          danger: { count: 1, oldest: ago(2) },
        },
        deliveries: {
          due: { count: 1, oldest: ago(10) },
          time: { count: 1, oldest: ago(10) },
          retry: { count: 1, oldest: ago(10) },
          sending: { count: 1, oldest: ago(2) },
          contact: { count: 1, oldest: ago(40) },
          stuck: { count: 2, oldest: ago(20) },
        },
        endedBadly: { failed: 1, uncertain: 1 },
        unlinkedEvents: 0,
      });
    } finally {
      await database.inCounty(id, async (tx) => {
        await tx.delete(outbox).where(eq(outbox.conversationId, conversationId));
        await tx.delete(inbox).where(eq(inbox.accountId, accountId));
      });
    }
  });
});

describe("a database that is away", () => {
  it("is told to whoever had a right token before, and the figures that only it knows are left out", {
    timeout: 60_000,
  }, async () => {
    await read();
    watched.link.decline();
    await expect.poll(async () => sample(await read(), "liaison_database_up"), { ...LIMIT, timeout: 60_000 }).toBe(0);
    const text = await read();
    expect(text).not.toMatch(/^liaison_messages_waiting\{/m);
    expect(sample(text, "process_cpu_seconds_total")).toBeGreaterThan(0);
    expect((await watched.get("/metrics", `liaison_${"A".repeat(86)}`)).status).toBe(503);
    watched.link.resume();
    await expect.poll(async () => sample(await read(), "liaison_database_up"), { ...LIMIT, timeout: 60_000 }).toBe(1);
  });
});
