import { randomBytes } from "node:crypto";
import { eq } from "drizzle-orm";
import { pino } from "pino";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { sharedValues } from "../../../db/schema/county.ts";
import { lastCheckups, noteCheckup } from "../../../src/casework/audit/checkups.ts";
import { isAuditDue, verifyDue } from "../../../src/casework/audit/nightly.ts";
import { takeLease } from "../../../src/casework/county/lease.ts";
import { openQueues } from "../../../workers/queues.ts";
import { startWorkers } from "../../../workers/start.ts";
import { type TestDatabase, testDatabase } from "../../database.ts";
import { fillLedger, tamper } from "./ledger.ts";

const SHANGHAI = "Asia/Shanghai";
const NOW = new Date("2026-11-24T02:00:00Z");
const HOUR = 3_600_000;
const LIMIT = { timeout: 60_000, interval: 20 };

let db: TestDatabase;
const lines: Record<string, unknown>[] = [];
const log = pino({ level: "info" }, { write: (line: string) => void lines.push(JSON.parse(line)) });
beforeAll(async () => {
  db = await testDatabase({ counties: [] });
});
afterAll(() => db.close());

const verify = (at = NOW, signal = new AbortController().signal) =>
  verifyDue({ database: db.database, vault: db.vault, now: () => at, timeZone: SHANGHAI, log, signal });
const checkupOf = async (id: string) => (await lastCheckups(db.database, id))[0];

test.each([
  ["was never verified", null, "2026-11-24T02:00:00Z", true],
  ["was verified an hour ago", "2026-11-23T17:00:00Z", "2026-11-23T18:00:00Z", false],
  ["was verified last night, and it is noon", "2026-11-22T18:00:00Z", "2026-11-23T04:00:00Z", false],
  ["was verified last night, and it is half past midnight", "2026-11-22T18:00:00Z", "2026-11-23T16:30:00Z", false],
  ["was verified last night, and it is one in the morning", "2026-11-22T18:00:00Z", "2026-11-23T17:00:00Z", true],
  ["was verified by hand in the evening, and it is night", "2026-11-23T12:00:00Z", "2026-11-23T18:00:00Z", false],
  ["was missed last night, and it is morning", "2026-11-21T18:00:00Z", "2026-11-23T01:00:00Z", true],
  ["was noted by a clock a year ahead", "2027-11-21T18:00:00Z", "2026-11-23T01:00:00Z", true],
])("a ledger that %s is due: see the table", (_what, last, now, isDue) => {
  expect(isAuditDue(last === null ? null : new Date(last), new Date(now), SHANGHAI)).toBe(isDue);
});

describe("verifying by itself", () => {
  test("is done by one of several processes, once, with the head in the log", async () => {
    const one = await fillLedger(db, "one", 700);
    const two = await fillLedger(db, "two", 3);
    const done = (await Promise.all([verify(), verify(), verify()])).flat();
    expect(done.sort()).toEqual(["one", "two"]);
    for (const { id } of [one, two]) expect(await checkupOf(id)).toEqual({ kind: "audit", at: NOW, isGood: true });
    const said = lines.filter(({ msg }) => msg === "the ledger is intact");
    expect(said).toContainEqual(
      expect.objectContaining({
        county: "one",
        links: 2100,
        cases: 700,
        head: expect.stringMatching(/^2100:[0-9a-f]{64}$/),
      }),
    );
    expect(await verify(new Date(NOW.getTime() + HOUR))).toEqual([]);
  });

  test("says what is broken, also to whoever watches, until it is intact again", async () => {
    const { id } = await fillLedger(db, "broken", 2);
    await verify();
    await tamper(
      db.url,
      (client) => client`update case_events set by = 'office' where jurisdiction_id = ${id} and type = 'closed'`,
    );
    const next = new Date(NOW.getTime() + 29 * HOUR);
    expect(await verify(next)).toContain("broken");
    expect(await checkupOf(id)).toMatchObject({ at: next, isGood: false });
    expect(lines.filter(({ level }) => level === 50)).toContainEqual(
      expect.objectContaining({
        county: "broken",
        msg: "the ledger is broken",
        first: expect.stringContaining("link 3"),
      }),
    );
    await tamper(db.url, (client) => client`update case_events set by = 'resident' where jurisdiction_id = ${id}`);
    await verify(new Date(next.getTime() + 29 * HOUR));
    expect(await checkupOf(id)).toMatchObject({ isGood: true });
  });

  test("that is told to stop notes nothing, and leaves the turn to the next", async () => {
    const { id } = await fillLedger(db, "stopped", 700);
    const before = await checkupOf(id);
    const stopping = new AbortController();
    const ended = verify(NOW, stopping.signal);
    await expect.poll(() => db.database.inCounty(id, (tx) => tx.select().from(sharedValues)), LIMIT).toHaveLength(1);
    stopping.abort();
    expect(await ended).not.toContain("stopped");
    expect(await checkupOf(id)).toEqual(before);
    expect(await verify()).toContain("stopped");
  });

  test("is taken over from a process that died in its turn, when its time is over", async () => {
    const { id } = await fillLedger(db, "died", 1);
    const turn = { name: "audit", holder: randomBytes(16), ms: 60_000 };
    expect(await takeLease(db.database, id, turn)).toBe(true);
    expect(await takeLease(db.database, id, turn)).toBe(true);
    expect(await verify()).not.toContain("died");
    await db.database.inCounty(id, (tx) =>
      tx
        .update(sharedValues)
        .set({ expiresAt: new Date(0) })
        .where(eq(sharedValues.jurisdictionId, id)),
    );
    expect(await verify()).toContain("died");
  });

  test("is asked for by every worker, some time after its start", async () => {
    const id = await db.county("asked");
    await noteCheckup(db.database, id, { kind: "audit", at: NOW, isGood: true });
    const queues = await openQueues({ databaseUrl: db.url, redisUrl: null, now: () => new Date(), log });
    const signals: AbortSignal[] = [];
    const workers = await startWorkers({
      database: db.database,
      queues,
      now: () => new Date(),
      log,
      receive: {
        next: async () => ({ conversations: [], outcomes: [], apart: [], isMore: false, urgent: false }),
        alone: async () => ({ conversations: [], outcomes: [] }),
      },
      deliver: async () => ({ nextAt: null }),
      tick: async () => ({ conversations: [] }),
      verify: async (signal) => void signals.push(signal),
      verifyFirstMs: 500,
      concurrency: 1,
    });
    expect(signals).toEqual([]);
    await expect.poll(() => signals.length, LIMIT).toBe(1);
    expect(signals[0]!.aborted).toBe(false);
    await workers.close();
    expect(signals[0]!.aborted).toBe(true);
    await queues.close();
  });
});
