import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { sql } from "drizzle-orm";
import { v7 as newId } from "uuid";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { openDatabase } from "../../db/database.ts";
import { errands } from "../../db/schema/errands.ts";
import type { Caller } from "../../src/casework/access/caller.ts";
import { askErrand, fileOf, listErrands, showErrand, stopErrand } from "../../src/casework/errands/errands.ts";
import { forgetErrands, runErrand, takeErrand } from "../../src/casework/errands/run.ts";
import { startErrands } from "../../workers/errands.ts";
import { type TestDatabase, testDatabase } from "../database.ts";
import { COUNTING } from "./errand-kinds.ts";
import { openSendingRuntime, type SendingFrom } from "./sending-runtime.ts";

const LIMIT = { timeout: 60_000, interval: 50 };

let db: TestDatabase;
let from: SendingFrom;
let here: Awaited<ReturnType<typeof openSendingRuntime>>;
const running: { close(): Promise<void> }[] = [];

beforeAll(async () => {
  db = await testDatabase();
  from = { url: db.url, secret: db.secret.toString("base64"), apiBase: "http://127.0.0.1:9" };
  here = await openSendingRuntime(from);
});
afterEach(async () => {
  for (const one of running.splice(0)) await one.close();
  await inEast((tx) => tx.delete(errands));
});
afterAll(async () => {
  await here.close();
  await db.close();
});

const caller = (county: string, name = "lin"): Caller => ({
  ...{ kind: "person", id: newId(), jurisdictionId: county, name, role: "office" },
  ...{ stations: [], deputyId: null, confirmedAt: null },
});
const inEast = async <T>(work: Parameters<typeof db.database.inCounty<T>>[1]) =>
  db.database.inCounty(await db.county("east"), work);

function worker(silentMs?: number): void {
  const openLong = () => openDatabase({ login: db.database.login, statementLimitMs: 60_000 });
  running.push(startErrands({ runtime: here.runtime, kinds: COUNTING, openLong, log: here.runtime.log, silentMs }));
}

type End = "well" | "never" | "plainly" | "badly" | "file";
async function ask(end: End, { kind = "count", county = "east", to = 3 } = {}) {
  const by = caller(await db.county(county));
  const { id } = await db.database.inCounty(by.jurisdictionId, (tx) =>
    askErrand(tx, by, kind, { asked: { to, end }, now: new Date() }),
  );
  const see = async () => (await db.database.inCounty(by.jurisdictionId, (tx) => showErrand(tx, by, COUNTING, id)))!;
  const until = (state: string) => vi.waitFor(async () => expect((await see()).state).toBe(state), LIMIT);
  return { id, by, see, until };
}
const rowsOf = (id: string) =>
  inEast(async (tx) => {
    const rows = await tx.execute<{ count: string }>(
      sql`select case_number as count from dry_run_differences where errand_id = ${id}::uuid order by seq`,
    );
    return rows.map(({ count }) => count);
  });

describe("an errand", () => {
  it("is done by a worker, with its answer and its file for whoever asked", async () => {
    worker();
    const { id, by, see, until } = await ask("file");
    await until("done");
    expect(await see()).toMatchObject({
      ...{ kind: "count", by: "lin", done: 3, total: 3, answer: { counted: 3 }, problem: null },
      file: { name: "数.txt", type: "text/plain", bytes: 9 },
    });
    const fetched = await inEast((tx) =>
      fileOf({ tx, vault: here.runtime.vault }, by, COUNTING, { id, now: new Date() }),
    );
    expect(Buffer.from(fetched!.content).toString()).toBe("一二三");
    const [kept] = await inEast((tx) => tx.execute<{ content: Buffer }>(sql`select content from files`));
    expect(Buffer.from(kept!.content).includes("一二三")).toBe(false);
  });

  it("exists for nobody else, where its kind is not for all of a role", async () => {
    const { id, by } = await ask("well");
    const other = caller(by.jurisdictionId, "zhao");
    const seen = await inEast(async (tx) => ({
      shown: await showErrand(tx, other, COUNTING, id),
      listed: (await listErrands(tx, other, COUNTING)).items,
      stopped: await stopErrand(tx, other, COUNTING, { id, now: new Date() }),
      file: await fileOf({ tx, vault: here.runtime.vault }, other, COUNTING, { id, now: new Date() }),
    }));
    expect(seen).toEqual({ shown: null, listed: [], stopped: null, file: null });
    const elsewhere = await db.database.inCounty(await db.county("west"), (tx) => showErrand(tx, by, COUNTING, id));
    expect(elsewhere).toBeNull();
  });

  it("that fails says why where a person can understand it, and otherwise says nothing of the cause", async () => {
    worker();
    const [plain, bad] = [await ask("plainly"), await ask("badly", { kind: "tally" })];
    await Promise.all([plain.until("failed"), bad.until("failed")]);
    expect((await plain.see()).problem?.detail).toBe("There is no paper.");
    expect(JSON.stringify(await bad.see())).not.toContain("王小明");
  });

  it("tells how far it is while it runs, and is stopped by whoever asked", async () => {
    worker();
    const { id, by, see, until } = await ask("never", { to: 7 });
    await vi.waitFor(async () => expect(await see()).toMatchObject({ state: "running", done: 7, total: 7 }), LIMIT);
    const stopped = await inEast((tx) => stopErrand(tx, by, COUNTING, { id, now: new Date() }));
    expect(stopped).toMatchObject({ state: "stopped", answer: null });
    const next = await ask("well");
    await next.until("done");
    await until("stopped");
    expect(await inEast((tx) => stopErrand(tx, next.by, COUNTING, { id: next.id, now: new Date() }))).toMatchObject({
      state: "done",
    });
  });

  it("waits while another of its kind runs in its county, but not for other kinds and counties", async () => {
    worker();
    const first = await ask("never");
    await first.until("running");
    const second = await ask("well");
    const [other, west] = [await ask("well", { kind: "tally" }), await ask("well", { county: "west" })];
    await Promise.all([other.until("done"), west.until("done")]);
    expect((await second.see()).state).toBe("waiting");
    await inEast((tx) => stopErrand(tx, first.by, COUNTING, { id: first.id, now: new Date() }));
    await second.until("done");
  });

  it("whose process is killed in the middle is begun again from nothing by another", async () => {
    const { id, see } = await ask("never", { to: 5 });
    const child = spawn(
      process.execPath,
      [join(import.meta.dirname, "../setup/errand-process.ts"), JSON.stringify(from)],
      {
        stdio: "ignore",
      },
    );
    const ended = once(child, "exit");
    try {
      await vi.waitFor(async () => expect(await rowsOf(id)).toHaveLength(5), LIMIT);
      await vi.waitFor(async () => expect((await see()).state).toBe("running"), LIMIT);
    } finally {
      child.kill("SIGKILL");
      await ended;
    }
    await inEast((tx) => tx.update(errands).set({ asked: { to: 2, end: "well" } }));
    expect((await see()).state).toBe("running");
    worker(500);
    await vi.waitFor(async () => expect((await see()).state).toBe("done"), LIMIT);
    expect([await rowsOf(id), (await see()).answer]).toEqual([["1", "2"], { counted: 2 }]);
  });

  it("whose process ends in peace waits for the next one at once", async () => {
    const { see, until } = await ask("never");
    worker();
    await until("running");
    await running.splice(0)[0]!.close();
    expect((await see()).state).toBe("waiting");
  });

  it("that broke off five times is given up", async () => {
    const { until, see } = await ask("well");
    await inEast((tx) =>
      tx.update(errands).set({ state: "running", runs: 5, runId: newId(), heardAt: new Date(Date.now() - 60_000) }),
    );
    worker();
    await until("failed");
    expect((await see()).problem?.title).toBe("It was broken off");
  });

  it("is written down by nobody to whom it does not belong any more", async () => {
    const { id, see } = await ask("well");
    const [jurisdictionId, now] = [await db.county("east"), new Date()];
    const kinds = COUNTING.map(({ name }) => name);
    const taken = (await takeErrand(db.database, jurisdictionId, { kinds, now }))!;
    expect(await takeErrand(db.database, jurisdictionId, { kinds, now })).toBeNull();
    await inEast((tx) => tx.update(errands).set({ runId: newId() }));
    const services = { runtime: here.runtime, long: db.database };
    await runErrand(services, COUNTING[0]!, taken, new AbortController().signal);
    expect([taken.id, (await see()).state, (await see()).answer]).toEqual([id, "running", null]);
  });

  it("of a kind that this version does not know is left to a newer one", async () => {
    await ask("well", { kind: "paint" });
    const kinds = COUNTING.map(({ name }) => name);
    const county = await db.county("east");
    const take = () => takeErrand(db.database, county, { kinds, now: new Date() });
    expect(await take()).toBeNull();
    const { id } = await ask("well");
    expect(await take()).toMatchObject({ id });
    expect(await take()).toBeNull();
  });

  it("is forgotten after seven days, with its file", async () => {
    worker();
    const { until } = await ask("file");
    await until("done");
    const jurisdictionId = await db.county("east");
    const left = () =>
      inEast((tx) =>
        tx.execute(sql`select (select count(*)::int from errands) as e, (select count(*)::int from files) as f`),
      );
    await forgetErrands(db.database, jurisdictionId, new Date(Date.now() + 6 * 86_400_000));
    expect(await left()).toMatchObject([{ e: 1, f: 1 }]);
    await forgetErrands(db.database, jurisdictionId, new Date(Date.now() + 8 * 86_400_000));
    expect(await left()).toMatchObject([{ e: 0, f: 0 }]);
  });
});
