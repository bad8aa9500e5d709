import { asc, sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { caseEvents } from "../../../db/schema/cases.ts";
import { eventLinks, eventsToLink } from "../../../db/schema/ledger.ts";
import { auditCounty } from "../../../src/casework/audit/audit-county.ts";
import { extendChain, extendChains } from "../../../src/casework/audit/chain.ts";
import { type TestDatabase, testDatabase } from "../../database.ts";
import { fillLedger, tamper } from "./ledger.ts";

let db: TestDatabase;
beforeAll(async () => {
  db = await testDatabase({ counties: [] });
});
afterAll(() => db.close());

const CASES = 4;
const LINKS = 3 * CASES;
let counties = 0;

/** A county with a whole ledger of twelve links. */
async function county() {
  counties += 1;
  const code = `county-${counties}`;
  const { id } = await fillLedger(db, code, CASES);
  await extendChain(db.database, id);
  const links = await db.database.inCounty(id, (tx) => tx.select().from(eventLinks).orderBy(asc(eventLinks.position)));
  return { id, code, name: code, links, seqs: links.map((link) => link.eventSeq) };
}

const audit = (
  one: { id: string; code: string; name: string },
  noted: { position: number; hash: string } | null = null,
) => auditCounty(db.database, one, { noted });
const found = async (one: Parameters<typeof audit>[0], noted: Parameters<typeof audit>[1] = null) =>
  (await audit(one, noted)).findings.map(({ kind, position, event }) => [kind, position, event]);

describe("an untouched ledger", () => {
  test("is intact, with every event in one link in the order in which it was written", async () => {
    const one = await county();
    expect(one.seqs).toEqual([...one.seqs].sort((a, b) => a - b));
    expect(one.links.map((link) => link.position)).toEqual(Array.from({ length: LINKS }, (_, index) => index + 1));
    const hash = Buffer.from(one.links.at(-1)!.hash).toString("hex");
    expect(await audit(one)).toEqual({
      county: one.code,
      links: LINKS,
      cases: CASES,
      head: { position: LINKS, hash },
      recordHead: null,
      findings: [],
      found: 0,
    });
    expect(await found(one, { position: LINKS, hash })).toEqual([]);
  });

  test("of a county without events is intact and has no head", async () => {
    const id = await db.county("empty");
    expect(await audit({ id, code: "empty", name: "" })).toMatchObject({
      links: 0,
      head: null,
      recordHead: null,
      found: 0,
    });
  });

  test("takes in what several processes link at once exactly once", async () => {
    const { id } = await fillLedger(db, "busy", 400);
    await Promise.all([extendChains(db.database), extendChains(db.database), extendChain(db.database, id)]);
    await extendChains(db.database);
    expect(await audit({ id, code: "busy", name: "" })).toMatchObject({ links: 1200, found: 0 });
    expect(await db.database.inCounty(id, (tx) => tx.select().from(eventsToLink))).toEqual([]);
  });

  test("misses no event that was written first and committed last", async () => {
    const one = await county();
    const caseId = sql`(select id from cases limit 1)`;
    const event = { jurisdictionId: one.id, caseId, type: "message_added", at: new Date(), by: "resident" };
    const details = { thanks: true };
    await db.database.inCounty(one.id, async (slow) => {
      await slow.insert(caseEvents).values({ ...event, details });
      await db.database.inCounty(one.id, (quick) => quick.insert(caseEvents).values({ ...event, details }));
      await extendChain(db.database, one.id);
    });
    expect(await audit(one)).toMatchObject({ links: LINKS + 2, found: 0 });
  });
});

describe("a ledger that somebody with all rights tampered with", () => {
  test.each([
    ["type", "update case_events set type = 'replied' where seq = $1"],
    ["author", "update case_events set by = 'office' where seq = $1"],
    ["moment, by a microsecond", "update case_events set at = at + interval '1 microsecond' where seq = $1"],
    ["case", "update case_events set case_id = (select max(id::text)::uuid from cases) where seq = $1"],
    ["details", `update case_events set details = '{"kinds": []}' where seq = $1`],
  ])("shows a changed event by its first link: its %s", async (_, statement) => {
    const one = await county();
    const seq = one.seqs[1]!;
    await tamper(db.url, (client) => client.unsafe(statement, [seq]));
    expect((await found(one))[0]).toEqual(["changed", 2, seq]);
    expect((await found(one)).filter(([kind]) => kind !== "case-differs")).toHaveLength(1);
  });

  test("shows a deleted event, and a deleted case's events", async () => {
    const one = await county();
    await tamper(db.url, (client) => client`delete from case_events where seq = ${one.seqs[4]!}`);
    expect(await found(one)).toEqual([["event-deleted", 5, one.seqs[4]]]);
  });

  test("shows an event that was moved to another county", async () => {
    const [one, other] = [await county(), await county()];
    await tamper(
      db.url,
      (client) => client`update case_events set jurisdiction_id = ${other.id} where seq = ${one.seqs[4]!}`,
    );
    expect(await found(one)).toEqual([["event-deleted", 5, one.seqs[4]]]);
  });

  test("shows an event that was deleted before it was linked", async () => {
    const { id } = await fillLedger(db, "early", 1);
    const [seq] = await db.database.inCounty(id, (tx) => tx.select().from(caseEvents).orderBy(asc(caseEvents.seq)));
    await tamper(db.url, (client) => client`delete from case_events where seq = ${seq!.seq}`);
    expect((await found({ id, code: "early", name: "" }))[0]).toEqual(["event-deleted", null, seq!.seq]);
  });

  test("shows a deleted link, and its event without one", async () => {
    const one = await county();
    await tamper(db.url, (client) => client`delete from event_links where event_seq = ${one.seqs[6]!}`);
    expect(await found(one)).toEqual([
      ["link-missing", 7, null],
      ["not-linked", null, one.seqs[6]],
    ]);
  });

  test("shows links that changed places, at the first of them", async () => {
    const one = await county();
    await tamper(db.url, async (client) => {
      await client`update event_links set position = -position where event_seq in ${client([one.seqs[2]!, one.seqs[3]!])}`;
      await client`update event_links set position = 7 + position where position < 0 and jurisdiction_id = ${one.id}`;
    });
    const [first] = await found(one);
    expect(first).toEqual(["changed", 3, one.seqs[3]]);
  });

  test("shows a link that was computed anew without those behind it", async () => {
    const one = await county();
    await tamper(
      db.url,
      (client) => client`update event_links set hash = sha256('x') where event_seq = ${one.seqs[2]!}`,
    );
    expect((await found(one))[0]).toEqual(["changed", 3, one.seqs[2]]);
  });

  test("shows an event that was slipped in", async () => {
    const one = await county();
    await tamper(
      db.url,
      (client) => client`
        insert into case_events (jurisdiction_id, case_id, type, at, by, details)
        select jurisdiction_id, case_id, 'message_added', at + interval '1 year', by, '{"thanks": true}'
        from case_events where seq = ${one.seqs[2]!}`,
    );
    expect(await found(one)).toEqual([["not-linked", null, expect.any(Number)]]);
  });

  test("shows an end that was cut off the links; cut off the events too, only to who noted the head, or by the case", async () => {
    const one = await county();
    const head = (await audit(one)).head!;
    const last = one.seqs.at(-1)!;
    await tamper(db.url, (client) => client`delete from event_links where event_seq = ${last}`);
    expect(await found(one)).toEqual([["not-linked", null, last]]);
    await tamper(db.url, (client) => client`delete from case_events where seq = ${last}`);
    expect(await found(one)).toEqual([["case-differs", null, null]]);
    await tamper(
      db.url,
      (client) => client`
        update cases set state = 'clarifying', outcome = null, closed_at = null
        where jurisdiction_id = ${one.id} and number = '2026-000004'`,
    );
    expect(await found(one)).toEqual([]);
    expect(await found(one, head)).toEqual([["not-as-noted", LINKS, null]]);
  });

  test("shows a ledger that was rewritten whole to who noted a head", async () => {
    const one = await county();
    const { head } = await audit(one);
    await tamper(db.url, async (client) => {
      await client`update case_events set by = 'office' where seq = ${one.seqs[1]!}`;
      await client`delete from event_links where jurisdiction_id = ${one.id}`;
      await client`insert into events_to_link select seq, jurisdiction_id from case_events where jurisdiction_id = ${one.id}`;
    });
    expect(await found(one)).toEqual([]);
    expect(await found(one, head)).toEqual([["not-as-noted", LINKS, null]]);
  });

  test("shows a case whose row says something else than its events", async () => {
    const one = await county();
    await tamper(
      db.url,
      (client) => client`
        update cases set outcome = 'solved', rating = 5 where jurisdiction_id = ${one.id} and number = '2026-000002'`,
    );
    expect((await audit(one)).findings).toEqual([
      {
        kind: "case-differs",
        position: null,
        event: null,
        case: "2026-000002",
        text: "case 2026-000002: outcome is solved, by its events withdrawn; rating is 5, by its events empty",
      },
    ]);
  });

  test("names the first hundred findings and counts the others", async () => {
    const { id } = await fillLedger(db, "many", 120);
    await tamper(db.url, (client) => client`update cases set rating = 5 where jurisdiction_id = ${id}`);
    const result = await audit({ id, code: "many", name: "" });
    expect([result.findings.length, result.found]).toEqual([100, 120]);
  });

  test("keeps no other county's ledger from being intact", async () => {
    const [one, other] = [await county(), await county()];
    await tamper(db.url, (client) => client`delete from event_links where jurisdiction_id = ${other.id}`);
    expect(await found(one)).toEqual([]);
    expect(await found(other)).toHaveLength(LINKS);
  });
});
