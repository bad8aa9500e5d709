import { v7 as newId } from "uuid";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Database } from "../../../db/database.ts";
import { inbox, pullCursors } from "../../../db/schema/conversations.ts";
import { createInbox, type Inbox, type WakeUp } from "../../../src/casework/inbox/accept.ts";
import { readPayload } from "../../../src/casework/inbox/payload.ts";
import type { ChannelAccount } from "../../../src/channels/channel.ts";
import { inboundOf } from "../../../src/domain/messages/inbound.ts";
import type { Inbound } from "../../../src/domain/messages/message.ts";
import { bareAccount } from "../../bare-account.ts";
import { type TestDatabase, testDatabase } from "../../database.ts";

const NOW = new Date("2026-11-23T08:00:00Z");
let db: TestDatabase;
let east: ChannelAccount;
let west: ChannelAccount;
let transactions: number;
let announced: WakeUp[];
let intake: Inbox;

beforeAll(async () => {
  db = await testDatabase();
  east = await account("east");
  west = await account("west");
});
afterAll(() => db.close());
beforeEach(() => {
  transactions = 0;
  announced = [];
  const counting: Database = {
    ...db.database,
    inCounty: (id, work) => {
      transactions += 1;
      return db.database.inCounty(id, work);
    },
  };
  intake = createInbox({
    database: counting,
    vault: db.vault,
    now: () => NOW,
    announce: (wakeUp) => announced.push(wakeUp),
  });
});

const account = async (county: string): Promise<ChannelAccount> =>
  bareAccount(db.database, await db.county(county), { channel: "wechat-official", name: `oa-${county}` });

const says = (text: string, sender = "openid-1", dedupeKey: string = newId()): Inbound =>
  inboundOf({
    dedupeKey,
    sender,
    sentAt: new Date("2026-11-23T07:59:59.123Z"),
    window: { messages: 5, durationMs: 1000 },
    content: { kind: "text", text },
  });
const rowsOf = (owner: ChannelAccount) =>
  db.database.inCounty(owner.jurisdictionId, (tx) => tx.select().from(inbox).orderBy(inbox.seq));

describe("what came another way", () => {
  test("counts from when it arrived there, and where to go on is written with it or not at all", async () => {
    const east = await account("arrival");
    const arrivedAt = new Date("2026-11-23T05:00:00Z");
    await intake.accept(east, [says("early")], { arrivedAt, cursor: { key: "desk-1", cursor: "c7" } });
    expect((await rowsOf(east)).map(({ receivedAt }) => receivedAt)).toEqual([arrivedAt]);
    await intake.accept(east, [], {
      nudges: [
        { key: "desk-1", hint: "a token" },
        { key: "desk-2", hint: null },
      ],
    });
    const cursors = () =>
      db.database.inCounty(east.jurisdictionId, (tx) => tx.select().from(pullCursors).orderBy(pullCursors.key));
    expect(await cursors()).toMatchObject([
      { key: "desk-1", cursor: "c7", nudgedAt: expect.any(Date), pulledAt: expect.any(Date), hint: expect.anything() },
      { key: "desk-2", cursor: "", nudgedAt: expect.any(Date), pulledAt: null, hint: null },
    ]);
    expect(Buffer.from((await cursors())[0]!.hint!).toString("latin1")).not.toContain("a token");
    await intake.accept(east, [says("late")], { cursor: { key: "desk-1", cursor: "c8" } });
    expect((await cursors())[0]).toMatchObject({ cursor: "c8", hint: null });
    const broken = { ...east, id: newId() };
    await expect(intake.accept(broken, [says("x")], { cursor: { key: "desk-3", cursor: "c1" } })).rejects.toThrow();
    expect((await cursors()).map(({ key }) => key)).toEqual(["desk-1", "desk-2"]);
  });
});

describe("the inbox", () => {
  test("gives back exactly what was accepted, and stores no word or id of it in clear", async () => {
    const message = says("东关街道的灯坏了 \u0000 \ud800 😀", "openid-secret");
    await intake.accept(east, [message]);
    const row = (await rowsOf(east)).find((one) => one.dedupeKey === message.dedupeKey)!;
    expect(readPayload(db.vault, row)).toEqual(message);
    expect(row).toMatchObject({ kind: "text", receivedAt: NOW, processedAt: null });
    expect(JSON.stringify({ ...row, payload: row.payload.toString() })).not.toMatch(/openid-secret|东关/);
  });

  test("two people whose messages have one key have two messages, however they arrive and however often", async () => {
    const key = newId();
    const said = (who: number) => says(`words of ${who}`, `openid-same-${who}`, key);
    const stored = async () =>
      (await rowsOf(east))
        .map((row) => readPayload(db.vault, row))
        .filter((message) => message.dedupeKey === key)
        .map(({ sender }) => sender);
    await intake.accept(east, [said(1)]);
    await intake.accept(east, [said(2)]);
    await Promise.all([3, 4, 1, 2, 3].map((who) => intake.accept(east, [said(who)])));
    await intake.accept(east, [said(4), said(5), said(5)]);
    expect((await stored()).sort()).toEqual([1, 2, 3, 4, 5].map((who) => `openid-same-${who}`));
  });

  test("requests that arrive together share a commit, and keep their order", async () => {
    const texts = Array.from({ length: 300 }, (_, index) => `t${index}`);
    const before = (await rowsOf(east)).length;
    transactions = 0;
    await Promise.all(texts.map((text) => intake.accept(east, [says(text)])));
    expect(transactions).toBeLessThanOrEqual(5);
    const stored = (await rowsOf(east)).slice(before).map((row) => readPayload(db.vault, row).content);
    expect(stored).toEqual(texts.map((text) => ({ kind: "text", text })));
  });

  test("a repeat is answered like the first, stored once and announced once", async () => {
    const message = says("again", "openid-repeat");
    await Promise.all([intake.accept(east, [message]), intake.accept(east, [message])]);
    await intake.accept(east, [message]);
    const rows = (await rowsOf(east)).filter((row) => row.dedupeKey === message.dedupeKey);
    expect(rows).toHaveLength(1);
    expect(announced).toHaveLength(1);
  });

  test("the same key on another account is another message", async () => {
    const message = says("both");
    await Promise.all([intake.accept(east, [message]), intake.accept(west, [message])]);
    expect((await rowsOf(west)).map((row) => row.dedupeKey)).toEqual([message.dedupeKey]);
    expect(announced.map((wakeUp) => wakeUp.jurisdictionId).sort()).toEqual(
      [east.jurisdictionId, west.jurisdictionId].sort(),
    );
  });

  test("one request that cannot be stored fails alone", async () => {
    const stranger = { ...east, id: newId() };
    const results = await Promise.allSettled([
      intake.accept(east, [says("before")]),
      intake.accept(stranger, [says("of an account that is gone")]),
      intake.accept(east, [says("after")]),
    ]);
    expect(results.map((result) => result.status)).toEqual(["fulfilled", "rejected", "fulfilled"]);
  });

  test("an account cannot put its messages into another county", async () => {
    const before = (await rowsOf(west)).length;
    await intake.accept({ ...east, jurisdictionId: west.jurisdictionId }, [says("astray")]).catch(() => undefined);
    const rows = (await rowsOf(west)).slice(before);
    expect(rows.filter((row) => row.accountId === west.id)).toEqual([]);
  });

  test("nothing is accepted while the database does not answer", async () => {
    const broken = { ...db.database, inCounty: () => Promise.reject(new Error("connection lost")) };
    const shut = createInbox({ database: broken, vault: db.vault, now: () => NOW, announce: () => undefined });
    const results = await Promise.allSettled([shut.accept(east, [says("a")]), shut.accept(east, [says("b")])]);
    expect(results.map((result) => result.status)).toEqual(["rejected", "rejected"]);
  });

  test("a commit that hangs fails alone, and holds up nobody who comes later", async () => {
    let hangs = true;
    const halfDead: Database = {
      ...db.database,
      inCounty: (id, work) => (hangs ? new Promise(() => undefined) : db.database.inCounty(id, work)),
    };
    const slow = createInbox({ database: halfDead, vault: db.vault, now: () => NOW, announce: () => undefined });
    await expect(slow.accept(east, [says("lost in a dead connection")])).rejects.toThrow(/no answer within/);
    hangs = false;
    await slow.accept(east, [says("next")]);
  });

  test("closing waits for what was accepted", async () => {
    const message = says("last");
    const accepted = intake.accept(east, [message]);
    await intake.close();
    expect((await rowsOf(east)).some((row) => row.dedupeKey === message.dedupeKey)).toBe(true);
    await accepted;
  });
});
