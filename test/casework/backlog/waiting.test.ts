import { sql } from "drizzle-orm";
import type { PgInsertValue } from "drizzle-orm/pg-core";
import postgres from "postgres";
import { v7 as newId } from "uuid";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { conversations, inbox } from "../../../db/schema/conversations.ts";
import { outbox } from "../../../db/schema/outbox.ts";
import { findStuck } from "../../../src/casework/backlog/stuck.ts";
import { findWaiting } from "../../../src/casework/backlog/waiting.ts";
import { leaseFor } from "../../../src/casework/delivery/lease.ts";
import { bareAccount } from "../../bare-account.ts";
import { type TestDatabase, testDatabase } from "../../database.ts";

const NOW = new Date("2026-11-23T08:00:00Z");
const ago = (seconds: number) => new Date(NOW.getTime() - seconds * 1000);
let db: TestDatabase;
let east: string;
let accountId: string;
const conversation = () => newId();
const [due, later, leased, expired, away] = [
  conversation(),
  conversation(),
  conversation(),
  conversation(),
  conversation(),
];

beforeAll(async () => {
  db = await testDatabase();
  east = await db.county("east");
  ({ id: accountId } = await bareAccount(db.database, east));
  const sealed = new Uint8Array();
  await db.database.inCounty(east, async (tx) => {
    const inboxRow = (peer: string, receivedAt: Date, rest: Partial<typeof inbox.$inferInsert> = {}) => ({
      jurisdictionId: east,
      accountId,
      peer,
      dedupeKey: newId(),
      kind: "text",
      payload: sealed,
      receivedAt,
      ...rest,
    });
    await tx
      .insert(inbox)
      .values([
        inboxRow("waits", ago(10)),
        inboxRow("waits", ago(9)),
        inboxRow("just-came", ago(1)),
        inboxRow("done", ago(60), { processedAt: ago(50), outcome: "case" }),
        inboxRow("broken", ago(60), { processedAt: ago(50), outcome: "case", failure: "it broke", attempts: 5 }),
      ]);
    for (const id of [due, later, leased, expired, away]) {
      await tx
        .insert(conversations)
        .values({ id, jurisdictionId: east, accountId, peer: id, peerSealed: sealed, createdAt: NOW });
    }
    const says = (conversationId: string, rest: Partial<PgInsertValue<typeof outbox>>) => ({
      id: newId(),
      jurisdictionId: east,
      conversationId,
      kind: "reply",
      isAnswer: false,
      content: sealed,
      state: "waiting" as const,
      notBefore: ago(5),
      createdAt: ago(100),
      ...rest,
    });
    await tx
      .insert(outbox)
      .values([
        says(due, {}),
        says(due, {}),
        says(later, { notBefore: new Date(NOW.getTime() + 60_000) }),
        says(leased, { state: "sending", leaseUntil: leaseFor(60_000) }),
        says(expired, { state: "sending", leaseUntil: leaseFor(-1000) }),
        says(away, { awaitsContact: true }),
        says(due, { state: "failed", settledAt: ago(30), reason: "blocked" }),
        says(due, { state: "delivered", settledAt: ago(30) }),
      ]);
  });
});
afterAll(() => db.close());

describe("what waits", () => {
  test("is the county in which somebody is unheard for a while, and every conversation with something due", async () => {
    const waiting = await findWaiting(db.database, east, { now: NOW, unprocessedSince: ago(2) });
    expect(waiting.receive).toEqual({ jurisdictionId: east });
    expect((await findWaiting(db.database, east, { now: NOW, unprocessedSince: ago(11) })).receive).toBeNull();
    expect(new Set(waiting.deliver.map((key) => key.conversationId))).toEqual(new Set([due, expired]));
    expect(waiting.deliver).toHaveLength(2);
  });

  test("of one county is not found by another", async () => {
    const waiting = await findWaiting(db.database, await db.county("west"), { now: NOW, unprocessedSince: ago(2) });
    expect(waiting).toEqual({ receive: null, deliver: [] });
  });

  test("is found without walking through the history", async () => {
    await db.database.inCounty(east, (tx) =>
      tx.execute(sql`
        insert into inbox (jurisdiction_id, account_id, peer, dedupe_key, kind, payload, received_at, processed_at)
        select ${east}::uuid, ${accountId}::uuid, 'p' || n, 'k' || n, 'text', '', now(), now() from generate_series(1, 20000) n`),
    );
    const owner = postgres(db.url, { max: 1 });
    await owner`analyze inbox`;
    await owner.end();
    const plan = await db.database.inCounty(east, (tx) =>
      tx.execute(sql`
        explain select account_id, peer from inbox where jurisdiction_id = ${east}::uuid and processed_at is null
          and received_at < now() order by received_at limit 500`),
    );
    expect(JSON.stringify(plan)).toContain("inbox_waiting_since_index");
  });

  test("too long or failed is stuck, with its reason; what was heard in the end is not", async () => {
    const stuck = await findStuck(db.database, east, { waitingSince: ago(4), settledSince: ago(3600) });
    expect(stuck.map(({ what, state, reason }) => [what, state, reason]).sort()).toEqual(
      [
        ["delivery", "failed", "blocked"],
        ["delivery", "sending", null],
        ["delivery", "sending", null],
        ["delivery", "waiting", null],
        ["delivery", "waiting", null],
        ["delivery", "waiting", null],
        ["message", "waiting", null],
        ["message", "waiting", null],
      ].sort(),
    );
  });
});
