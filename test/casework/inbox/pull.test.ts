import { pino } from "pino";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { pullCursors } from "../../../db/schema/conversations.ts";
import { createInbox, type Inbox } from "../../../src/casework/inbox/accept.ts";
import { countiesThatPull, type PullServices, pullDue } from "../../../src/casework/inbox/pull.ts";
import { accountStates } from "../../../src/casework/office/channel-accounts.ts";
import type { ChannelAccount, Pulled } from "../../../src/channels/channel.ts";
import { channels } from "../../../src/channels/registry.ts";
import { inboundOf } from "../../../src/domain/messages/inbound.ts";
import { bareAccount } from "../../bare-account.ts";
import { bareSender } from "../../bare-channel.ts";
import { type TestDatabase, testDatabase } from "../../database.ts";
import { slowClock } from "../../slow-clock.ts";

const MINUTE_MS = 60_000;
const clock = slowClock();
let db: TestDatabase;
let inbox: Inbox;
let account: ChannelAccount;
let services: PullServices;
let pulled: (from: { readonly cursor: string; readonly hint: string | null }) => Promise<Pulled>;
let asked: { cursor: string; hint: string | null }[] = [];
let places = 0;
let key = "";

beforeAll(async () => {
  db = await testDatabase();
  const { database, vault } = db;
  inbox = createInbox({ database, vault, now: clock.now, announce: () => undefined });
  account = await bareAccount(database, await db.county("east"), { channel: "wecom-customer", name: "kf" });
  const names = { "zh-CN": "微信", en: "WeChat" };
  const found = { account, sender: bareSender({}), names, note: () => undefined };
  const pull = async (from: { cursor: string; hint: string | null }) => {
    asked.push({ cursor: from.cursor, hint: from.hint });
    return pulled(from);
  };
  const accounts = { named: async () => [], find: async () => account, byId: async () => ({ ...found, pull }) };
  services = { database, vault, now: clock.now, log: pino({ level: "silent" }), accounts, inbox };
});
afterAll(async () => {
  await inbox.close();
  await db.close();
});
beforeEach(async () => {
  // What an earlier test left is not looked at again before a minute has passed.
  await db.database.inCounty(account.jurisdictionId, (tx) => tx.delete(pullCursors));
  places += 1;
  key = `place-${places}`;
  asked = [];
});

const page = (cursor: string, more = false): Pulled => ({
  ...{ ok: true, cursor, more },
  messages: [
    inboundOf({
      ...{ dedupeKey: `${key}-${cursor}`, sender: "wm1", sentAt: clock.now() },
      content: { kind: "text", text: "灯坏了" },
    }),
  ],
});
const nudge = (hint: string | null = null) => inbox.accept(account, [], { nudges: [{ key, hint }] });
const look = (isStopping?: () => boolean) => pullDue(services, account.jurisdictionId, isStopping);
const place = async () =>
  (await db.database.inCounty(account.jurisdictionId, (tx) => tx.select().from(pullCursors)))[0]!;
const behind = async () =>
  (await accountStates(db.database, account.jurisdictionId)).find(({ name }) => name === "kf")?.behindSince;

test("the counties are those with an account of a platform that is pulled", async () => {
  expect(await countiesThatPull(db.database, channels)).toEqual([account.jurisdictionId]);
});

test("what was told while a pull was under way is pulled anew, with its own hint", async () => {
  pulled = async () => {
    if (asked.length === 1) await nudge("second");
    return page(`c${asked.length}`);
  };
  await nudge("first");
  await look();
  expect(await place()).toMatchObject({ cursor: "c1", nudges: 2, pulledNudges: 1 });
  expect(await behind()).not.toBeNull();
  await look();
  expect(asked).toEqual([
    { cursor: "", hint: "first" },
    { cursor: "c1", hint: "second" },
  ]);
  expect(await place()).toMatchObject({ cursor: "c2", pulledNudges: 2, hint: null, leaseUntil: null });
  expect(await behind()).toBeNull();
  await look();
  expect(asked).toHaveLength(2);
});

test("whoever comes back late with a page moves nothing: somebody else has gone on", async () => {
  await nudge();
  pulled = async () => {
    await inbox.accept(account, [], { cursor: { key, cursor: "c9", nudges: 1 } });
    return page("c1");
  };
  await look();
  expect((await place()).cursor).toBe("c9");
});

test("a failure is put off for as long as the platform says, and counts as behind; then all is fetched", async () => {
  await nudge();
  pulled = async () => ({ ok: false, reason: "45009 too many calls this minute", retryAfterMs: MINUTE_MS });
  await look();
  await look();
  expect(asked).toHaveLength(1);
  expect(await place()).toMatchObject({ failure: expect.stringContaining("45009"), leaseUntil: null });
  expect(await behind()).not.toBeNull();
  pulled = async () => page("c1");
  clock.advance(MINUTE_MS + 1000);
  await look();
  expect(await place()).toMatchObject({ cursor: "c1", failure: null, notBefore: null });
  expect(await behind()).toBeNull();
});

test("a process that ends leaves the rest to the next at once, and a platform that says more for ever is not asked for ever", async () => {
  await nudge();
  pulled = async () => page(`c${asked.length}`, asked.length < 3);
  await look(() => true);
  expect(await place()).toMatchObject({ cursor: "c1", pulledNudges: 0, leaseUntil: null, failure: null });
  await look();
  expect(await place()).toMatchObject({ cursor: "c3", pulledNudges: 1 });
  await nudge();
  pulled = async () => ({ ok: true, messages: [], cursor: "c3", more: true });
  await look();
  expect(asked).toHaveLength(4);
  expect((await place()).pulledNudges).toBe(2);
});
