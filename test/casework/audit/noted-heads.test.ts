import { pino } from "pino";
import type postgres from "postgres";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { caseEvents, cases } from "../../../db/schema/cases.ts";
import { createVault } from "../../../db/vault.ts";
import { lastCheckups } from "../../../src/casework/audit/checkups.ts";
import { verifyDue } from "../../../src/casework/audit/nightly.ts";
import { type NotedHead, newestHead, printHead, readPrinted } from "../../../src/casework/audit/noted-head.ts";
import { NOTHING_YET, readProgress } from "../../../src/casework/audit/progress.ts";
import { verifyWhole } from "../../../src/casework/audit/verify-whole.ts";
import { type TestDatabase, testDatabase } from "../../database.ts";
import { fillLedger, recomputeChain, tamper } from "./ledger.ts";

const NIGHT = new Date("2026-11-24T02:00:00Z").getTime();
const DAY = 86_400_000;

let db: TestDatabase;
const lines: Record<string, unknown>[] = [];
const log = pino({ level: "info" }, { write: (line: string) => void lines.push(JSON.parse(line)) });
beforeAll(async () => {
  db = await testDatabase({ counties: [] });
});
afterAll(() => db.close());

/** Verifies by itself in the night of this number; a ledger of more links than `wholeLinks` by its share. */
const night = (number: number, wholeLinks?: number) =>
  verifyDue({
    database: db.database,
    vault: db.vault,
    now: () => new Date(NIGHT + number * DAY),
    timeZone: "Asia/Shanghai",
    log,
    signal: new AbortController().signal,
    ...(wholeLinks === undefined ? {} : { wholeLinks }),
  });

const county = (id: string) => ({ id, code: id, name: "" });

/** Verifies this ledger as a person does, on the day of this number. */
async function byHand(id: string, outside: NotedHead | null = null, day = 0) {
  const reached = await readProgress(db.database, db.vault, id);
  const progress = reached === "unreadable" ? NOTHING_YET : reached;
  const services = { database: db.database, vault: db.vault, now: () => new Date(NIGHT + day * DAY) };
  const kept = outside && { chain: "events" as const, head: outside, signed: outside };
  const how = { progress, kept, mayForgive: true, onProgress: () => undefined };
  const { findings } = await verifyWhole(services, county(id), how);
  return findings.map(({ kind, position, text }) => ({ kind, position, text }));
}

async function heads(id: string): Promise<{ serial: string; position: string }[]> {
  return asOwner((sql) => sql`select serial, position from ledger_heads where jurisdiction_id = ${id} order by serial`);
}

async function asOwner<T>(work: (sql: postgres.TransactionSql) => Promise<T>): Promise<T> {
  const results: T[] = [];
  await tamper(db.url, async (sql) => void results.push(await work(sql)));
  return results[0]!;
}

/** Adds one more event to a case of a county: thanks. */
async function goOn(id: string): Promise<void> {
  await db.database.inCounty(id, async (tx) => {
    const [one] = await tx.select({ id: cases.id }).from(cases).limit(1);
    const event = { jurisdictionId: id, caseId: one!.id, type: "message_added", at: new Date(NIGHT), by: "resident" };
    await tx.insert(caseEvents).values({ ...event, details: { thanks: true } });
  });
}

/** A county whose head was noted on three days, at links 6, 7 and 8. */
async function threeDays(code: string): Promise<string> {
  const { id } = await fillLedger(db, code, 2);
  for (const number of [0, 1, 2]) {
    if (number > 0) await goOn(id);
    await byHand(id, null, number);
  }
  expect((await heads(id)).map(({ position }) => Number(position))).toEqual([6, 7, 8]);
  return id;
}

describe("a night that found a ledger intact", () => {
  test("notes its head, signed, in the database and in the log; a night without news notes nothing", async () => {
    const { id } = await fillLedger(db, "quiet", 3);
    await night(0);
    await night(2);
    expect(await heads(id)).toEqual([{ serial: "1", position: "9" }]);
    const head = (await newestHead(db.database, id))!;
    const said = lines.filter((line) => line.county === "quiet");
    expect(said.map(({ signed }) => signed)).toEqual([printHead(head), printHead(head)]);
    expect(readPrinted(printHead(head))).toEqual(head);
  });

  test("notes it of a ledger too large for a night too", async () => {
    const { id } = await fillLedger(db, "large", 4);
    await night(0, 3);
    await goOn(id);
    await night(2, 3);
    expect((await heads(id)).map(({ position }) => Number(position))).toEqual([12, 13]);
    expect(lines.findLast((line) => line.county === "large")).toMatchObject({
      signed: printHead((await newestHead(db.database, id))!),
    });
  });

  test("is noted in rows that are only added, also for the owner", async () => {
    const id = await threeDays("kept");
    for (const change of [
      "update ledger_heads set position = 1",
      "delete from ledger_heads",
      "truncate ledger_heads",
    ]) {
      const trying = db.database.inCounty(id, (tx) => tx.execute(change));
      await expect(trying, change).rejects.toThrow();
      await expect(
        asOwner(async (sql) => {
          await sql`set local session_replication_role = origin`;
          await sql.unsafe(change);
        }),
        change,
      ).rejects.toThrow("only ever added");
    }
  });
});

describe("a chain that the owner of the database computed anew", () => {
  test.each([1, 4, 6])("from link %i on is found, by hand and in the night", async (from) => {
    const id = await threeDays(`rewritten-${from}`);
    await tamper(db.url, async (sql) => {
      await sql`update case_events set by = 'station'
        where seq = (select event_seq from event_links where jurisdiction_id = ${id} and position = ${from})`;
      await recomputeChain(sql, id, from);
      await sql`delete from checkups where jurisdiction_id = ${id}`;
    });
    const [found] = await byHand(id);
    expect(found).toMatchObject({ kind: "not-as-noted", position: 6 });
    expect(found!.text).toContain("head 1 was noted (link 6, 2026-11-24T02:00:00.000Z, and 2 later ones)");
    expect(await byHand(id), "is found again by whoever looks again").toHaveLength(1);
    await night(4);
    expect((await lastCheckups(db.database, id))[0]).toMatchObject({ isGood: false });
    expect(lines.findLast((line) => line.county === `rewritten-${from}`)).toMatchObject({
      msg: "the ledger is broken",
      first: expect.stringContaining("computed anew"),
      signed: null,
    });
    expect(await heads(id), "no head of a broken ledger is noted").toHaveLength(3);
  });

  test("behind a head is found by the next one, which says between which it was", async () => {
    const id = await threeDays("later");
    await tamper(db.url, async (sql) => {
      await sql`update case_events set by = 'office'
        where seq = (select event_seq from event_links where jurisdiction_id = ${id} and position = 7)`;
      await recomputeChain(sql, id, 7);
    });
    const [found] = await byHand(id);
    expect(found).toMatchObject({ kind: "not-as-noted", position: 7 });
    expect(found!.text).toContain("behind link 6");
  });

  test("with its last events cut off is found", async () => {
    const id = await threeDays("cut");
    await tamper(db.url, async (sql) => {
      await sql`delete from case_events where seq in
        (select event_seq from event_links where jurisdiction_id = ${id} and position > 6)`;
      await sql`delete from event_links where jurisdiction_id = ${id} and position > 6`;
      await sql`delete from checkups where jurisdiction_id = ${id}`;
    });
    expect(await byHand(id)).toMatchObject([{ kind: "not-as-noted", position: 7 }]);
  });

  test("is found by a night of a large ledger as well, and stays found", async () => {
    const { id } = await fillLedger(db, "large-rewritten", 4);
    await night(0, 3);
    await tamper(db.url, async (sql) => {
      await sql`update case_events set by = 'office' where type = 'reminded' and jurisdiction_id = ${id}`;
      await recomputeChain(sql, id, 1);
      await sql`delete from checkups where jurisdiction_id = ${id}`;
    });
    for (const number of [2, 4]) {
      await night(number, 3);
      expect((await lastCheckups(db.database, id)).find(({ kind }) => kind === "audit")).toMatchObject({
        isGood: false,
      });
    }
  });
});

describe("a noted head", () => {
  test("that somebody without the key wrote or changed is found", async () => {
    const id = await threeDays("forged");
    const other = createVault(Buffer.alloc(32, 7));
    await tamper(db.url, async (sql) => {
      await sql`update ledger_heads set hash = sha256('x') where jurisdiction_id = ${id} and serial = 2`;
      await sql`insert into ledger_heads values (${id}, 4, 8, sha256('y'), now(), ${other.sign("a", "b")})`;
      await sql`update ledger_heads set noted_at = noted_at - interval '1 hour' where jurisdiction_id = ${id} and serial = 3`;
    });
    expect((await byHand(id)).map(({ kind, text }) => [kind, /head (\d)/.exec(text)?.[1]])).toEqual([
      ["head-forged", "2"],
      ["head-forged", "3"],
      ["head-forged", "4"],
    ]);
  });

  test("of another county is none of this one", async () => {
    const [one, other] = [await threeDays("mine"), await threeDays("theirs")];
    await tamper(db.url, async (sql) => {
      await sql`delete from ledger_heads where jurisdiction_id = ${one} and serial = 2`;
      await sql`insert into ledger_heads select ${one}, serial, position, hash, noted_at, signature from ledger_heads
        where jurisdiction_id = ${other} and serial = 2`;
    });
    expect(await byHand(one)).toMatchObject([{ kind: "head-forged", position: 7 }]);
  });

  test.each([
    ["the first", [1], "head 1 is"],
    ["one in the middle", [2], "head 2 is"],
    ["the last", [3], "head 3 is"],
    ["all", [1, 2, 3], "heads 1 to 3 are"],
  ])("that was taken away is found: %s", async (what, serials, said) => {
    const id = await threeDays(`taken ${what}`);
    await tamper(
      db.url,
      (sql) => sql`delete from ledger_heads where jurisdiction_id = ${id} and serial in ${sql(serials)}`,
    );
    expect(await byHand(id)).toMatchObject([{ kind: "head-missing", text: expect.stringContaining(said) }]);
    await goOn(id);
    expect(await byHand(id), "a new one does not take its place").toMatchObject([{ kind: "head-missing" }]);
  });

  test("that was kept outside shows what was taken away with everything that remembers it", async () => {
    const id = await threeDays("outside");
    const outside = readPrinted(printHead((await newestHead(db.database, id))!))!;
    expect(await byHand(id, outside)).toEqual([]);
    await tamper(db.url, async (sql) => {
      await sql`update case_events set by = 'office' where type = 'reminded' and jurisdiction_id = ${id}`;
      await recomputeChain(sql, id, 1);
      await sql`delete from checkups where jurisdiction_id = ${id}`;
      await sql`delete from ledger_heads where jurisdiction_id = ${id}`;
    });
    expect((await byHand(id, outside)).map(({ kind }) => kind).sort()).toEqual(["head-missing", "not-as-noted"]);
    expect(await byHand(id), "nothing in the database can tell").toEqual([]);
    await goOn(id);
    await byHand(id);
    expect((await byHand(id, outside)).map(({ kind }) => kind)).toContain("not-as-noted");
  });
});
