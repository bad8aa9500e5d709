import { and, eq, inArray } from "drizzle-orm";
import { pino } from "pino";
import postgres from "postgres";
import { v7 as newId } from "uuid";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { cases } from "../../db/schema/cases.ts";
import { conversations, inbox } from "../../db/schema/conversations.ts";
import { outbox } from "../../db/schema/outbox.ts";
import { findWaiting } from "../../src/casework/backlog/waiting.ts";
import { createInbox, type WakeUp } from "../../src/casework/inbox/accept.ts";
import { type ClaimOrder, claimNext } from "../../src/casework/receive/claim.ts";
import type { ChannelAccount } from "../../src/channels/channel.ts";
import { inboundOf } from "../../src/domain/messages/inbound.ts";
import { openQueues } from "../../workers/queues.ts";
import { bareAccount } from "../bare-account.ts";
import { type TestDatabase, testDatabase } from "../database.ts";
import { hasRedis, type TestRedis, testRedis } from "../redis.ts";

const BACKLOG = 5_000;
const NOW = new Date("2026-11-23T08:00:00Z");
const ago = (seconds: number) => new Date(NOW.getTime() - seconds * 1000);
const sealed = new Uint8Array();
const log = pino({ level: "silent" });
let db: TestDatabase;
let redis: TestRedis | null = null;
let east: string;
let account: ChannelAccount;

beforeAll(async () => {
  db = await testDatabase();
  redis = hasRedis ? await testRedis() : null;
  east = await db.county("east");
  account = await bareAccount(db.database, east);
});
afterAll(async () => {
  await redis?.close();
  await db.close();
});

const look = () => findWaiting(db.database, east, { now: NOW, unprocessedSince: NOW });
/** As Postgres does by itself in time: without it the plans are those of an empty table. */
const analyze = async (tables: string) => {
  const owner = postgres(db.url, { max: 1 });
  await owner.unsafe(`analyze ${tables}`);
  await owner.end();
};
const inParts = <T>(all: readonly T[]): T[][] =>
  Array.from({ length: Math.ceil(all.length / 1000) }, (_, part) => all.slice(part * 1000, part * 1000 + 1000));

describe(`${BACKLOG} outgoing messages that wait`, () => {
  test("leave oldest first, and what is said of a danger to life before all of them, though it came last", async () => {
    const calm = Array.from({ length: BACKLOG }, (_, index) => ({ id: newId(), age: BACKLOG - index + 10 }));
    const [card, receipt] = [newId(), newId()];
    const caseId = newId();
    const conversation = (id: string) => ({
      id,
      jurisdictionId: east,
      accountId: account.id,
      peer: id,
      peerSealed: sealed,
      createdAt: NOW,
    });
    const says = (conversationId: string, notBefore: Date, rest: Partial<typeof outbox.$inferInsert> = {}) => ({
      id: newId(),
      jurisdictionId: east,
      conversationId,
      kind: "reply",
      isAnswer: false,
      content: sealed,
      state: "waiting" as const,
      notBefore,
      createdAt: NOW,
      ...rest,
    });
    await db.database.inCounty(east, async (tx) => {
      for (const part of inParts([...calm.map(({ id }) => id), card, receipt])) {
        await tx.insert(conversations).values(part.map(conversation));
      }
      await tx.insert(cases).values({
        id: caseId,
        jurisdictionId: east,
        number: "2026-000001",
        conversationId: receipt,
        state: "assigned",
        priority: true,
        summary: "",
        receivedAt: NOW,
        dueOn: "2026-11-24",
        lastSpokenAt: NOW,
        keyWrapped: sealed,
      });
      for (const part of inParts(calm)) await tx.insert(outbox).values(part.map(({ id, age }) => says(id, ago(age))));
      await tx.insert(outbox).values([says(card, ago(2), { kind: "emergency" }), says(receipt, ago(1), { caseId })]);
    });
    await analyze("conversations, outbox");

    const left: string[] = [];
    const first = await look();
    expect(first.deliver.slice(0, 3)).toMatchObject([
      { conversationId: card, urgent: true },
      { conversationId: receipt, urgent: true },
      { conversationId: calm[0]?.id },
    ]);
    for (let waiting = first; waiting.deliver.length > 0; waiting = await look()) {
      const keys = waiting.deliver.map((key) => key.conversationId);
      left.push(...keys);
      await db.database.inCounty(east, (tx) =>
        tx.update(outbox).set({ state: "delivered" }).where(inArray(outbox.conversationId, keys)),
      );
    }
    expect(left).toEqual([card, receipt, ...calm.map(({ id }) => id)]);
  });
});

describe(`${BACKLOG} messages that nobody processed`, () => {
  test("are heard oldest first, and the newest beside them", async () => {
    const said = Array.from({ length: BACKLOG }, (_, index) => ({
      jurisdictionId: east,
      accountId: account.id,
      peer: `p${index}`,
      dedupeKey: `k${index}`,
      kind: "text",
      payload: sealed,
      receivedAt: ago(BACKLOG - index),
    }));
    await db.database.inCounty(east, async (tx) => {
      for (const part of inParts(said)) await tx.insert(inbox).values(part);
    });
    await analyze("inbox");
    const heard: string[] = [];
    const claim = (order: ClaimOrder, limit: number) =>
      db.database.inCounty(east, async (tx) => {
        const claimed = await claimNext(tx, east, { now: NOW, limit, order });
        const peers = claimed.map(({ peer }) => peer);
        await tx
          .update(inbox)
          .set({ processedAt: NOW })
          .where(and(eq(inbox.accountId, account.id), inArray(inbox.peer, peers)));
        return peers;
      });
    const newest = said.slice(-2).map(({ peer }) => peer);
    expect(await claim("newest", 2)).toEqual(newest.toReversed());
    for (let peers = await claim("oldest", 1000); peers.length > 0; peers = await claim("oldest", 1000)) {
      expect((await look()).receive).toEqual(
        heard.length + peers.length < BACKLOG - 2 ? { jurisdictionId: east } : null,
      );
      heard.push(...peers);
    }
    expect([...heard, ...newest]).toEqual(said.map(({ peer }) => peer));
  });

  test("and one that speaks of a danger to life is announced as urgent when it comes in", async () => {
    const announced: WakeUp[] = [];
    const intake = createInbox({
      database: db.database,
      vault: db.vault,
      now: () => NOW,
      announce: (wakeUp) => announced.push(wakeUp),
    });
    for (const text of ["路灯坏了", "着火了,快来人"]) {
      await intake.accept(account, [
        inboundOf({ dedupeKey: newId(), sender: text, sentAt: NOW, content: { kind: "text", text } }),
      ]);
    }
    expect(announced.map(({ urgent }) => urgent)).toEqual([undefined, true]);
  });
});

describe.each(["postgres", ...(hasRedis ? ["redis"] : [])])("a backlog in the queue on %s", (backend) => {
  test("does not stand before what is urgent", async () => {
    const redisUrl = backend === "redis" ? (redis?.url ?? null) : null;
    const queues = await openQueues({ databaseUrl: db.url, redisUrl, now: () => new Date(), log });
    await queues.announceReceive(Array.from({ length: 60 }, (_, index) => ({ jurisdictionId: `calm${index}` })));
    await queues.announceReceive([{ jurisdictionId: "danger", urgent: true }]);
    const heard: string[] = [];
    const taking = await queues.work({
      receive: async ({ jurisdictionId }) => void heard.push(jurisdictionId),
      deliver: async () => undefined,
      concurrency: 1,
    });
    await vi.waitFor(() => expect(heard).toHaveLength(61), 60_000);
    expect(heard[0]).toBe("danger");
    await taking.close();
    await queues.close();
  });
});
