import { and, eq, inArray, isNull } from "drizzle-orm";
import { pino } from "pino";
import { v7 as newId } from "uuid";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { conversations, inbox } from "../../db/schema/conversations.ts";
import { outbox } from "../../db/schema/outbox.ts";
import { leaseFor } from "../../src/casework/delivery/lease.ts";
import { createInbox } from "../../src/casework/inbox/accept.ts";
import type { ChannelAccount } from "../../src/channels/channel.ts";
import { inboundOf } from "../../src/domain/messages/inbound.ts";
import type { Inbound } from "../../src/domain/messages/message.ts";
import { openQueues, type Queues } from "../../workers/queues.ts";
import type { Receive } from "../../workers/route.ts";
import { startWorkers, type Workers } from "../../workers/start.ts";
import { bareAccount } from "../bare-account.ts";
import { type TestDatabase, testDatabase } from "../database.ts";
import { hasRedis, type TestRedis, testRedis } from "../redis.ts";

const log = pino({ level: "silent" });
const now = () => new Date();
let db: TestDatabase;
let redis: TestRedis | null = null;
let account: ChannelAccount;
const open: { close(): Promise<void> }[] = [];

beforeAll(async () => {
  db = await testDatabase();
  redis = hasRedis ? await testRedis() : null;
  const jurisdictionId = await db.county("east");
  account = await bareAccount(db.database, jurisdictionId);
});
afterEach(async () => {
  for (const one of open.splice(0)) await one.close();
});
afterAll(async () => {
  await redis?.close();
  await db.close();
});

const says = (text: string): Inbound =>
  inboundOf({
    dedupeKey: newId(),
    sender: text,
    sentAt: now(),
    content: { kind: "text", text },
  });
const inCounty = <T>(work: Parameters<typeof db.database.inCounty<T>>[1]) =>
  db.database.inCounty(account.jurisdictionId, work);

/** Marks what is waiting as heard, and queues one outgoing message for it; as casework does, in one transaction. */
async function receive({ peer }: { peer: string }): Promise<{ conversations: string[]; outcomes: string[] }> {
  return inCounty(async (tx) => {
    const processed = await tx
      .update(inbox)
      .set({ processedAt: now() })
      .where(and(eq(inbox.peer, peer), isNull(inbox.processedAt)))
      .returning({ seq: inbox.seq });
    const outcomes = processed.map(() => "case");
    if (processed.length === 0) return { conversations: [], outcomes };
    const id = newId();
    const sealed = new Uint8Array();
    const common = { jurisdictionId: account.jurisdictionId, createdAt: now() };
    await tx.insert(conversations).values({ ...common, id, accountId: account.id, peer: newId(), peerSealed: sealed });
    await tx.insert(outbox).values({
      ...common,
      id: newId(),
      conversationId: id,
      kind: "receipt",
      isAnswer: false,
      content: sealed,
      state: "waiting",
      notBefore: now(),
    });
    return { conversations: [id], outcomes };
  });
}

function deliverInto(delivered: string[]) {
  return async ({ conversationId }: { conversationId: string }): Promise<{ nextAt: Date | null }> => {
    const sent = await inCounty((tx) =>
      tx
        .update(outbox)
        .set({ state: "delivered", settledAt: now() })
        .where(and(eq(outbox.conversationId, conversationId), inArray(outbox.state, ["waiting", "sending"])))
        .returning({ id: outbox.id }),
    );
    if (sent.length > 0) delivered.push(conversationId);
    return { nextAt: null };
  };
}

describe.each(["postgres", ...(hasRedis ? ["redis"] : [])])("workers woken through %s", (backend) => {
  const openOne = async (): Promise<Queues> => {
    const queues = await openQueues({
      databaseUrl: db.url,
      redisUrl: backend === "redis" ? (redis?.url ?? null) : null,
      now,
      log,
    });
    open.push(queues);
    return queues;
  };
  const work = async (queues: Queues, delivered: string[]): Promise<Workers> => {
    const tick = async () => ({ conversations: [] });
    const workers = await startWorkers({
      database: db.database,
      queues,
      now,
      log,
      receive: receiveAll,
      deliver: deliverInto(delivered),
      tick,
      concurrency: 3,
    });
    open.unshift(workers);
    return workers;
  };

  test("hear what was accepted, and deliver at once what follows from it", async () => {
    const [queues, delivered] = [await openOne(), [] as string[]];
    await work(queues, delivered);
    const intake = createInbox({
      database: db.database,
      vault: db.vault,
      now,
      announce: (wakeUp) => void queues.announceReceive([wakeUp]),
    });
    await Promise.all(Array.from({ length: 40 }, (_, index) => intake.accept(account, [says(`${backend}-${index}`)])));
    await expect.poll(() => delivered.length, { timeout: 60_000 }).toBe(40);
    expect(new Set(delivered).size).toBe(40);
  });

  test("find what nobody announced", async () => {
    const [queues, delivered] = [await openOne(), [] as string[]];
    const past = () => new Date(Date.now() - 10_000);
    const silent = createInbox({ database: db.database, vault: db.vault, now: past, announce: () => undefined });
    await silent.accept(account, [says(`${backend}-silent`)]);
    await work(queues, delivered);
    await expect.poll(() => delivered.length, { timeout: 60_000 }).toBe(1);
  });

  test("find an outgoing message whose call never ended", async () => {
    const [queues, delivered] = [await openOne(), [] as string[]];
    const {
      conversations: [id = ""],
    } = await silently(`${backend}-lease`);
    await inCounty((tx) =>
      tx
        .update(outbox)
        .set({ state: "sending", leaseUntil: leaseFor(-1000) })
        .where(eq(outbox.conversationId, id)),
    );
    await work(queues, delivered);
    await expect.poll(() => delivered, { timeout: 60_000 }).toEqual([id]);
  });
});

const receiveAll: Receive = {
  async next(_county, { limit }) {
    const waiting = await inCounty((tx) =>
      tx.selectDistinct({ peer: inbox.peer }).from(inbox).where(isNull(inbox.processedAt)).limit(limit),
    );
    const heard = await Promise.all(waiting.map(receive));
    return {
      conversations: heard.flatMap((one) => one.conversations),
      outcomes: heard.flatMap((one) => one.outcomes),
      apart: [],
      isMore: waiting.length === limit,
      urgent: false,
    };
  },
  alone: receive,
};

async function silently(text: string): Promise<{ conversations: string[] }> {
  const intake = createInbox({ database: db.database, vault: db.vault, now, announce: () => undefined });
  await intake.accept(account, [says(text)]);
  return receive({ peer: db.vault.blindIndex(text, account.id) });
}
