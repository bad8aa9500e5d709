import postgres from "postgres";
import { expect } from "vitest";
import type { InboxRow } from "../../../db/schema/conversations.ts";
import { readPayload } from "../../../src/casework/inbox/payload.ts";
import type { Phone, SimulatedPlatform } from "../../../src/demo/platforms/face/platform.ts";
import { SECRET } from "../../database.ts";
import { killRunning, startMain } from "../../main-process.ts";
import type { TestService } from "../../service.ts";
import type { Cases } from "./cases.ts";
import type { Driver } from "./driver.ts";

const MINUTE_MS = 60_000;
const LIMIT = { timeout: 60_000, interval: 30 };

/** What the cases about pulling share with the others that go through the service. */
type Through = {
  service(): TestService;
  platform(): SimulatedPlatform;
  opened(person: string): Promise<Phone>;
  matter(): string;
  heardOf(): Promise<readonly InboxRow[]>;
  timesOn(phone: Phone, words: string): number;
};

type CursorState = { nudges: number; pulled_nudges: number; cursor: string; behind_since: Date | null };

/** The part of the suite about platforms that only say that something lies ready (P1 to P6). */
export function pullCases(cases: Cases, driver: Driver, through: Through): void {
  const { pulling, channel } = driver;
  const { opened, matter, timesOn } = through;
  const add = (name: string, run: (path: string) => Promise<void>) =>
    cases.add(name, async (nothing) => (pulling === undefined ? nothing() : run(pulling.path)), 180_000);
  const asOwner = async <T>(work: (sql: postgres.Sql) => Promise<T>): Promise<T> => {
    const sql = postgres(through.service().ownerUrl, { max: 2, onnotice: () => undefined });
    try {
      return await work(sql);
    } finally {
      await sql.end();
    }
  };
  const cursorNow = () =>
    asOwner(async (sql) => (await sql<CursorState[]>`select * from pull_cursors order by pulled_at desc limit 1`)[0]!);
  const outage = (path: string, code = 500) =>
    through.platform().fail({ path, times: Number.POSITIVE_INFINITY, kind: code === 500 ? "http-500" : "error", code });
  /** The texts that a person said, in the order in which they were stored. */
  const storedOf = async (said: readonly string[]) =>
    (await through.heardOf())
      .toSorted((one, other) => one.seq - other.seq)
      .flatMap((row) => {
        const { content } = readPayload(through.service().runtime.vault, row);
        return content.kind === "text" && said.includes(content.text) ? [content.text] : [];
      });
  const several = (count: number) => {
    const first = matter();
    return [
      first,
      ...Array.from({ length: count - 1 }, (_, at) => `${/\d+号楼/.exec(first)?.[0]}往东第${at + 2}盏也不亮`),
    ];
  };
  const sayAll = async (phone: Phone, said: readonly string[]) => {
    for (const text of said) expect(await phone.say(text)).toMatchObject({ accepted: true });
  };
  const syncs = (path: string) =>
    through
      .platform()
      .log()
      .filter((one) => one.kind === "call" && one.path === path);

  add("P1 that something lies ready is stored before the platform hears yes", async (path) => {
    const phone = await opened("2101");
    const before = await cursorNow();
    outage(path);
    const text = matter();
    await sayAll(phone, [text]);
    const after = await cursorNow();
    expect(after.nudges).toBe(before.nudges + 1);
    expect(after.pulled_nudges).toBe(before.pulled_nudges);
    expect(after.behind_since).not.toBeNull();
    expect(await storedOf([text])).toEqual([]);
    through.platform().clearFaults();
    through.service().advance(MINUTE_MS);
    await through.service().settled();
    expect(await storedOf([text])).toEqual([text]);
    expect((await cursorNow()).behind_since).toBeNull();
  });
  add("P2 a page that is not full is no end where the platform says that there is more", async (path) => {
    const phone = await opened("2102");
    const said = several(8);
    through.service().pulling.hold(true);
    await sayAll(phone, said);
    const before = syncs(path).length;
    through.service().pulling.hold(false);
    await through.service().settled();
    expect(await storedOf(said)).toEqual(said);
    expect(syncs(path).length - before).toBeGreaterThan(1);
  });
  add("P3 a process that is killed between the call and the store loses nothing and doubles nothing", async (path) => {
    const service = through.service();
    const phone = await opened("2103");
    const said = several(3);
    service.pulling.hold(true);
    await sayAll(phone, said);
    const before = await cursorNow();
    const called = syncs(path).length;
    await asOwner(async (sql) => {
      await sql.begin(async (tx) => {
        await tx`lock table inbox in share mode`;
        const { child, ended } = startMain(["work"], {
          ...{ DATABASE_URL: service.ownerUrl, LIAISON_SECRET: SECRET.toString("base64"), LOG_LEVEL: "warn" },
          [channel.apiBaseVariable]: through.platform().url,
        });
        try {
          const waitsToStore = async () => {
            const [row] = await sql<{ waits: boolean }[]>`select exists (select from pg_locks l
              where l.relation = 'inbox'::regclass and not l.granted) as waits`;
            return row?.waits === true && syncs(path).length > called;
          };
          await expect.poll(waitsToStore, LIMIT).toBe(true);
          child.kill("SIGKILL");
          await ended;
        } finally {
          killRunning();
        }
      });
      expect(await storedOf(said)).toEqual([]);
      expect((await cursorNow()).cursor).toBe(before.cursor);
      // As if its process had died long ago.
      await sql`update pull_cursors set lease_until = clock_timestamp()`;
    });
    service.pulling.hold(false);
    await service.settled();
    expect(await storedOf(said)).toEqual(said);
    const number = (await service.cases()).at(-1)!.number;
    expect(timesOn(phone, number)).toBeGreaterThan(0);
    const shown = phone.lines().length;
    await service.pulling.now();
    await through.platform().repeat("qinghe", 3);
    await service.settled();
    expect(await storedOf(said)).toEqual(said);
    expect(phone.lines()).toHaveLength(shown);
  });
  add("P4 of several that would pull at once one does", async (path) => {
    const service = through.service();
    const phone = await opened("2104");
    const said = several(5);
    for (const text of said) {
      through.platform().fail({ path, times: 1, kind: "slow", delayMs: 40 });
      await sayAll(phone, [text]);
      await Promise.all(Array.from({ length: 4 }, () => service.pulling.now()));
    }
    await service.settled();
    through.platform().clearFaults();
    expect(await storedOf(said)).toEqual(said);
    expect(syncs(path).filter(({ code }) => code === 45033)).toEqual([]);
  });
  add("P5 a hint that is over is done without", async (path) => {
    const service = through.service();
    const phone = await opened("2105");
    outage(path);
    const text = matter();
    await sayAll(phone, [text]);
    const hinted = syncs(path).length;
    service.advance(11 * MINUTE_MS);
    through.platform().clearFaults();
    await service.settled();
    expect(await storedOf([text])).toEqual([text]);
    const asked = syncs(path)
      .slice(hinted)
      .map(({ request, code }) => ["token" in Object(request), code === null]);
    expect(asked).toContainEqual([true, false]);
    expect(asked).toContainEqual([false, true]);
  });
  add("P6 what the platform forgot to tell is found within a minute", async () => {
    const service = through.service();
    const phone = await opened("2106");
    pulling!.silence(through.platform(), true);
    const text = matter();
    await sayAll(phone, [text]);
    pulling!.silence(through.platform(), false);
    service.advance(MINUTE_MS + 1000);
    await expect.poll(() => storedOf([text]), LIMIT).toEqual([text]);
    await service.settled();
  });
}
