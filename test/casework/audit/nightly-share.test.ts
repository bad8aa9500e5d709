import { asc, eq, sql } from "drizzle-orm";
import fc from "fast-check";
import { pino } from "pino";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { caseEvents, cases } from "../../../db/schema/cases.ts";
import { eventLinks } from "../../../db/schema/ledger.ts";
import { checkups } from "../../../db/schema/users.ts";
import { auditCounty } from "../../../src/casework/audit/audit-county.ts";
import { extendChain } from "../../../src/casework/audit/chain.ts";
import { lastCheckups } from "../../../src/casework/audit/checkups.ts";
import { verifyDue } from "../../../src/casework/audit/nightly.ts";
import { auditShare } from "../../../src/casework/audit/nightly-share.ts";
import {
  type AuditProgress,
  isGood,
  keepProgress,
  NOTHING_YET,
  noteWhole,
  readProgress,
} from "../../../src/casework/audit/progress.ts";
import { type TestDatabase, testDatabase } from "../../database.ts";
import { fillLedger, tamper } from "./ledger.ts";

const NIGHTS = 5;
const PAGE = 4;
const CASES = 11;
const DAY = 86_400_000;
const NOW = new Date("2026-11-24T18:00:00Z");

let db: TestDatabase;
let counties = 0;
function withLedgers(): void {
  beforeAll(async () => {
    db = await testDatabase({ counties: [] });
  });
  afterAll(() => db.close());
}

/** A county whose ledger has thirty-three links, and grows. */
async function county() {
  counties += 1;
  const { id } = await fillLedger(db, `county-${counties}`, CASES);
  await extendChain(db.database, id);
  let progress: AuditProgress = NOTHING_YET;
  const night = async (isOver: () => boolean = () => false) => {
    const audit = await auditShare(db.database, id, {
      progress,
      nights: NIGHTS,
      page: PAGE,
      isOver,
      keep: async (reached) => {
        progress = reached;
      },
    });
    return audit;
  };
  return { id, code: `county-${counties}`, night, reached: () => progress };
}
type County = Awaited<ReturnType<typeof county>>;

const inCounty = <T>({ id }: Pick<County, "id">, work: Parameters<typeof db.database.inCounty<T>>[1]) =>
  db.database.inCounty(id, work);
const linksOf = (one: Pick<County, "id">) =>
  inCounty(one, (tx) => tx.select().from(eventLinks).orderBy(asc(eventLinks.position)));

/** Somebody thanks in some cases. */
async function grow(one: County, events: number): Promise<void> {
  if (events === 0) return;
  await inCounty(one, async (tx) => {
    const [some] = await tx.select({ id: cases.id }).from(cases).limit(1);
    const event = { jurisdictionId: one.id, caseId: some!.id, type: "message_added", at: NOW, by: "resident" };
    await tx.insert(caseEvents).values(Array.from({ length: events }, () => ({ ...event, details: { thanks: true } })));
  });
}

type Tampering = "event changed" | "event deleted" | "link deleted" | "link changed" | "event slipped in";
const TAMPERINGS: readonly Tampering[] = [
  "event changed",
  "event deleted",
  "link deleted",
  "link changed",
  "event slipped in",
];

/** @returns the position and the event by which the ledger must be found broken */
async function tamperWith(one: County, how: Tampering, where: number): Promise<{ position: number; event: number }> {
  const links = await linksOf(one);
  const { position, eventSeq: event } = links[Math.floor(where * links.length)]!;
  let slippedIn = event;
  await tamper(db.url, async (client) => {
    if (how === "event changed") await client`update case_events set by = 'office' where seq = ${event}`;
    if (how === "event deleted") await client`delete from case_events where seq = ${event}`;
    if (how === "link deleted") await client`delete from event_links where event_seq = ${event}`;
    if (how === "link changed") await client`update event_links set hash = sha256('x') where event_seq = ${event}`;
    if (how === "event slipped in") {
      const [row] = await client`
        insert into case_events (jurisdiction_id, case_id, type, at, by, details)
        select jurisdiction_id, case_id, 'message_added', at, 'resident', '{"thanks": true}'
        from case_events where seq = ${event} returning seq`;
      slippedIn = Number(row!.seq);
    }
  });
  return how === "event slipped in" ? { position: -1, event: slippedIn } : { position, event };
}

describe("what a night verifies of a large ledger", () => {
  withLedgers();

  test("names any one link or event that was changed, deleted or slipped in within one walk around", {
    timeout: 120_000,
  }, async () => {
    const [tampering, share] = [fc.constantFrom(...TAMPERINGS), fc.double({ min: 0, max: 0.999, noNaN: true })];
    const growth = fc.array(fc.nat(9), { minLength: NIGHTS, maxLength: NIGHTS });
    await fc.assert(
      fc.asyncProperty(tampering, share, fc.nat(7), growth, async (how, where, before, grown) => {
        const one = await county();
        for (let night = 0; night < before; night += 1) {
          await grow(one, night % 3);
          expect(await one.night()).toMatchObject({ isDone: true, found: 0 });
        }
        const { position, event } = await tamperWith(one, how, where);
        const named: unknown[] = [];
        for (const events of grown) {
          await grow(one, events);
          named.push(...(await one.night()).findings.filter((one) => one.position === position || one.event === event));
        }
        expect(named.length).toBeGreaterThan(0);
        expect(isGood(one.reached())).toBe(false);
      }),
      { numRuns: 30 },
    );
  });

  test("is a part of the old and all of the new, and everything in so many nights", async () => {
    const one = await county();
    const first = await one.night();
    expect(first).toMatchObject({ links: 33, cases: CASES, isDone: true, isWhole: true, found: 0 });
    expect(first.progress.frontier?.position).toBe(33);
    await grow(one, 2);
    expect(await one.night()).toMatchObject({ links: 2 + 7 + 2, isDone: true, isWhole: false });
    const nights = [];
    for (let night = 0; night < NIGHTS; night += 1) nights.push((await one.night()).isWhole);
    expect(nights.filter(Boolean)).toHaveLength(1);
  });

  test("goes on where the time was over, and is not done before", async () => {
    const one = await county();
    let pages = 0;
    const isOver = () => {
      pages += 1;
      return pages % 3 === 0;
    };
    const parts = [];
    do parts.push(await one.night(isOver));
    while (parts.at(-1)?.isDone === false && parts.length < 20);
    expect(parts.length).toBeGreaterThan(3);
    expect(parts.reduce((sum, { links }) => sum + links, 0)).toBeLessThan(33 + PAGE * parts.length);
    expect(parts.at(-1)).toMatchObject({ isDone: true, found: 0 });
    expect(parts.slice(0, -1).every(({ isWhole }) => !isWhole)).toBe(true);
  });

  test("counts as broken until all was walked over without a finding", async () => {
    const one = await county();
    await one.night();
    const { event } = await tamperWith(one, "event changed", 0.5);
    let clean = 0;
    for (let night = 0; night < NIGHTS; night += 1) clean = (await one.night()).found > 0 ? 0 : clean + 1;
    expect(isGood(one.reached())).toBe(false);
    await tamper(db.url, (client) => client`update case_events set by = 'resident' where seq = ${event}`);
    while (!isGood(one.reached())) clean = (await one.night()).found > 0 ? 0 : clean + 1;
    expect(clean).toBeGreaterThanOrEqual(NIGHTS);
    expect(clean).toBeLessThanOrEqual(NIGHTS + 1);
  });

  test("notices that the end of the chain was cut off with its events, and says so until a person has verified it all", async () => {
    const one = await county();
    await one.night();
    await tamper(db.url, async (client) => {
      await client`delete from case_events where seq in
        (select event_seq from event_links where jurisdiction_id = ${one.id} and position > 31)`;
      await client`delete from event_links where jurisdiction_id = ${one.id} and position > 31`;
    });
    const { findings } = await one.night();
    expect(findings[0]).toMatchObject({ kind: "not-as-noted", position: 33 });
    for (let night = 0; night < 2 * NIGHTS; night += 1) await one.night();
    expect(one.reached().rewritten).toBe(true);
    const audit = await auditCounty(db.database, { id: one.id, code: one.code, name: "" });
    await noteWhole(db.database, db.vault, one.id, audit, { at: NOW, rewritten: false, heads: 0, recordHeads: 0 });
    const progress = await readProgress(db.database, db.vault, one.id);
    expect(progress).toMatchObject({ frontier: audit.head, rewritten: false });
    expect(await lastCheckups(db.database, one.id)).toMatchObject([{ isGood: false }, { isGood: false }]);
  });
});

describe("a worker, for a ledger too large for one night", () => {
  withLedgers();
  const lines: Record<string, unknown>[] = [];
  const log = pino({ level: "info" }, { write: (line: string) => void lines.push(JSON.parse(line)) });
  const verify = (at: Date) =>
    verifyDue({
      database: db.database,
      vault: db.vault,
      now: () => at,
      timeZone: "Asia/Shanghai",
      log,
      signal: new AbortController().signal,
      wholeLinks: 20,
    });
  const nightAfter = (days: number) => new Date(NOW.getTime() + days * DAY);

  test("notes each night, and when it had verified everything once more", async () => {
    const { id, code } = await county();
    expect(await verify(NOW)).toContain(code);
    const noted = () => lastCheckups(db.database, id);
    expect(await noted()).toEqual([
      { kind: "audit", at: NOW, isGood: true },
      { kind: "audit-whole", at: NOW, isGood: true },
    ]);
    expect(lines).toContainEqual(expect.objectContaining({ county: code, links: 33, cases: CASES, whole: true }));
    for (let day = 1; day < 10; day += 1) expect(await verify(nightAfter(day))).toContain(code);
    expect(await noted()).toMatchObject([{ at: nightAfter(9) }, { at: NOW }]);
    for (let day = 10; day < 22; day += 1) await verify(nightAfter(day));
    expect((await noted())[1]!.at.getTime()).toBeGreaterThan(NOW.getTime());
  });

  test("keeps where it is sealed: what somebody else writes there is found", async () => {
    const { id, code } = await county();
    await verify(nightAfter(50));
    expect(await readProgress(db.database, db.vault, id)).toMatchObject({ frontier: { position: 33 } });
    const forged = Buffer.from(JSON.stringify({ ...NOTHING_YET, frontier: { position: 1, hash: "" } }));
    await inCounty({ id }, (tx) => tx.update(checkups).set({ progress: forged }).where(eq(checkups.kind, "audit")));
    expect(await readProgress(db.database, db.vault, id)).toBe("unreadable");
    await verify(nightAfter(51));
    expect((await lastCheckups(db.database, id))[0]).toMatchObject({ at: nightAfter(51), isGood: false });
    expect(lines).toContainEqual(
      expect.objectContaining({ county: code, level: 50, msg: expect.stringContaining("cannot be read") }),
    );
  });

  test("says that it is broken at once, and that the night is not done, where there was no time for the rest", async () => {
    const { id } = await county();
    await keepProgress(db.database, db.vault, id, { ...NOTHING_YET, unclear: { links: 1, cases: 1 } });
    expect(await lastCheckups(db.database, id)).toEqual([{ kind: "audit", at: new Date(0), isGood: false }]);
    const [row] = await inCounty({ id }, (tx) =>
      tx.select({ never: sql<boolean>`extract(epoch from ${checkups.at}) = 0` }).from(checkups),
    );
    expect(row?.never).toBe(true);
  });
});
