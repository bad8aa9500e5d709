import { randomUUID } from "node:crypto";
import { sql } from "drizzle-orm";
import { v7 as newId } from "uuid";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { cases } from "../../../db/schema/cases.ts";
import { readings } from "../../../db/schema/console.ts";
import { acts, handovers } from "../../../db/schema/ledger.ts";
import { units } from "../../../db/schema/people.ts";
import { staffChanges } from "../../../db/schema/sign-in.ts";
import { auditCounty } from "../../../src/casework/audit/audit-county.ts";
import { extendChain } from "../../../src/casework/audit/chain.ts";
import { isGenuine, type KeptHead, printHead, readHead } from "../../../src/casework/audit/noted-head.ts";
import { NOTHING_YET, readProgress } from "../../../src/casework/audit/progress.ts";
import { verifyWhole } from "../../../src/casework/audit/verify-whole.ts";
import { type TestDatabase, testDatabase } from "../../database.ts";
import { AT, fillLedger, tamper } from "./ledger.ts";

let db: TestDatabase;
beforeAll(async () => {
  db = await testDatabase({ counties: [] });
});
afterAll(() => db.close());

let counties = 0;

/** A county with three readings and two staff changes, linked. */
async function county() {
  counties += 1;
  const code = `records-${counties}`;
  const id = await db.county(code);
  await db.database.inCounty(id, async (tx) => {
    const who = { jurisdictionId: id, callerId: randomUUID(), callerName: "林晓", role: "office" as const };
    for (const reason of ["inspection", "answer-the-resident", null])
      await tx.insert(readings).values({ ...who, what: "original", reason, at: new Date(), requestId: "r" });
    const change = { jurisdictionId: id, at: new Date(), by: "周强", subjectId: randomUUID(), name: "赵敏" };
    await tx.insert(staffChanges).values([
      { ...change, what: "invited", after: { role: "reviewer" } },
      { ...change, what: "ended", before: { role: "reviewer" } },
    ]);
  });
  await extendChain(db.database, id);
  return { id, code, name: code };
}

const found = async (one: Awaited<ReturnType<typeof county>>) =>
  (await auditCounty(db.database, one)).findings.map(({ kind, position }) => [kind, position]);

/** A case of a county with a hand-over that was opened and sent, linked. */
async function withHandover() {
  counties += 1;
  const code = `handover-${counties}`;
  const { id } = await fillLedger(db, code, 1);
  const handoverId = newId();
  await db.database.inCounty(id, async (tx) => {
    const [one] = await tx.select({ id: cases.id, number: cases.number }).from(cases);
    const unitId = newId();
    await tx.insert(units).values({ id: unitId, jurisdictionId: id, code: "U01", name: "住房和城乡建设局" });
    const opening = { role: "lead", dueOn: "2026-12-14" } as const;
    const times = { openedAt: AT, sentAt: AT };
    await tx
      .insert(handovers)
      .values({ id: handoverId, jurisdictionId: id, caseId: one!.id, unitId, state: "sent", ...opening, ...times });
    const act = { jurisdictionId: id, subject: "handover", subjectId: handoverId, at: AT } as const;
    await tx.insert(acts).values([
      { ...act, type: "opened", by: "deputy:D001", details: { case: one!.number, unit: "U01", ...opening } },
      { ...act, type: "sent", by: "service" },
    ]);
  });
  await extendChain(db.database, id);
  return { id, code, name: code };
}

/** Verifies whole, as a person does, and gives what was found, and the heads that were noted. */
async function verify(one: { id: string; code: string; name: string }, kept: KeptHead | null = null) {
  const services = { database: db.database, vault: db.vault, now: () => AT };
  const reached = await readProgress(db.database, db.vault, one.id);
  const progress = reached === "unreadable" ? NOTHING_YET : reached;
  return verifyWhole(services, one, { progress, kept, mayForgive: true, onProgress: () => undefined });
}

describe("acts stand in the same chain, and what they are about follows from them alone", () => {
  test("a hand-over that nobody touched is intact", async () => {
    expect(await found(await withHandover())).toEqual([]);
  });

  test("a hand-over that was altered by hand is named with its case and unit, and what was altered", async () => {
    const one = await withHandover();
    await tamper(db.url, (sql_) => sql_`update handovers set due_on = '2027-01-31' where jurisdiction_id = ${one.id}`);
    const audit = await auditCounty(db.database, one);
    expect(audit.findings).toMatchObject([{ kind: "handover-differs", case: "2026-000001" }]);
    expect(audit.findings[0]?.text).toBe(
      "hand-over of case 2026-000001 to U01: dueOn is 2027-01-31, by its acts 2026-12-14",
    );
  });

  test("an act that was changed, deleted or slipped in is found, and so is a hand-over that was taken away", async () => {
    const changed = await withHandover();
    await tamper(
      db.url,
      (sql_) => sql_`update acts set by = 'x' where jurisdiction_id = ${changed.id} and type = 'sent'`,
    );
    expect(await found(changed)).toEqual([["changed", 2]]);
    const deleted = await withHandover();
    await tamper(db.url, (sql_) => sql_`delete from acts where jurisdiction_id = ${deleted.id} and type = 'sent'`);
    expect(await found(deleted)).toEqual([
      ["event-deleted", 2],
      ["handover-differs", null],
    ]);
    const slipped = await withHandover();
    await tamper(
      db.url,
      (sql_) => sql_`
      insert into acts (jurisdiction_id, subject, subject_id, type, at, by)
      select jurisdiction_id, 'handover', id, 'accepted', now(), 'unit:U01' from handovers where jurisdiction_id = ${slipped.id}`,
    );
    expect(await found(slipped)).toEqual([
      ["not-linked", null],
      ["handover-differs", null],
    ]);
    const gone = await withHandover();
    await tamper(db.url, (sql_) => sql_`delete from handovers where jurisdiction_id = ${gone.id}`);
    expect(await found(gone)).toEqual([["handover-differs", null]]);
  });

  test("an act can neither be changed nor deleted by the service", async () => {
    const one = await withHandover();
    for (const change of [
      "update acts set by = 'x'",
      "delete from acts",
      "truncate acts",
      "delete from record_heads",
    ]) {
      await expect(
        db.database.inCounty(one.id, (tx) => tx.execute(change)),
        change,
      ).rejects.toThrow();
    }
  });
});

describe("the head of the chain of records is noted and signed as that of events is", () => {
  test("and its note is compared with the chain ever after", async () => {
    const one = await withHandover();
    const { notedRecord, recordHead } = await verify(one);
    expect(notedRecord).toMatchObject({ serial: 1, position: 2, hash: recordHead?.hash });
    const printed = printHead(notedRecord!, "records");
    expect(readHead(printed)).toEqual({ chain: "records", head: notedRecord, signed: notedRecord });
    expect(isGenuine(db.vault, one.id, notedRecord!, "records")).toBe(true);
    expect(isGenuine(db.vault, one.id, notedRecord!, "events")).toBe(false);
    expect((await verify(one, readHead(printed))).found).toBe(0);
  });

  test("so that whoever cuts its end together with the last acts is found, with the head kept outside and without it", async () => {
    const one = await withHandover();
    const { notedRecord } = await verify(one);
    await tamper(db.url, async (sql_) => {
      await sql_`delete from record_links where jurisdiction_id = ${one.id} and position = 2`;
      await sql_`delete from acts where jurisdiction_id = ${one.id} and type = 'sent'`;
      await sql_`update handovers set state = 'waiting', sent_at = null where jurisdiction_id = ${one.id}`;
    });
    expect((await verify(one)).findings).toMatchObject([{ kind: "not-as-noted", position: 2 }]);
    const kept = { chain: "records" as const, head: notedRecord!, signed: notedRecord };
    expect((await verify(one, kept)).findings.map(({ kind }) => kind)).toEqual(["not-as-noted", "not-as-noted"]);
  });

  test("and a note that was taken away is missed", async () => {
    const one = await withHandover();
    await verify(one);
    await tamper(db.url, (sql_) => sql_`delete from record_heads where jurisdiction_id = ${one.id}`);
    expect((await verify(one)).findings).toMatchObject([
      { kind: "head-missing", text: expect.stringContaining("records: noted head 1") },
    ]);
  });
});

describe("readings and staff changes stand in a chain of their own", () => {
  test("which holds every one of them, and is intact while nobody touches it", async () => {
    const one = await county();
    const [counted] = await db.database.inCounty(one.id, (tx) =>
      tx.execute<{ links: number; waiting: number }>(
        sql`select (select count(*)::int from record_links) as links, (select count(*)::int from records_to_link) as waiting`,
      ),
    );
    expect(counted).toEqual({ links: 5, waiting: 0 });
    expect(await found(one)).toEqual([]);
  });

  test("so that a changed reason, or another name, is found", async () => {
    const one = await county();
    await tamper(
      db.url,
      (sql_) => sql_`
      update readings set reason = 'identify-the-place' where jurisdiction_id = ${one.id} and reason = 'inspection'`,
    );
    expect(await found(one)).toEqual([["changed", 1]]);
    const other = await county();
    await tamper(
      db.url,
      (sql_) => sql_`
      update staff_changes set by = '别人' where jurisdiction_id = ${other.id} and what = 'ended'`,
    );
    expect(await found(other)).toEqual([["changed", 5]]);
  });

  test("so that a row that was taken away is missed, alone or with its link", async () => {
    const one = await county();
    await tamper(db.url, (sql_) => sql_`delete from readings where jurisdiction_id = ${one.id} and reason is null`);
    expect(await found(one)).toEqual([["event-deleted", 3]]);
    const other = await county();
    await tamper(db.url, async (sql_) => {
      await sql_`delete from record_links where jurisdiction_id = ${other.id} and position = 2`;
      await sql_`delete from readings where jurisdiction_id = ${other.id} and reason = 'answer-the-resident'`;
    });
    expect(await found(other)).toEqual([["link-missing", 2]]);
  });

  test("so that a row that was slipped in is seen, and nobody but the owner of the database can do any of it", async () => {
    const one = await county();
    await tamper(
      db.url,
      (sql_) => sql_`
      insert into readings (jurisdiction_id, caller_id, caller_name, role, what, at, request_id)
      values (${one.id}, ${randomUUID()}, '孙悦', 'auditor', 'case', now(), 'r')`,
    );
    expect(await found(one)).toEqual([["not-linked", null]]);
    await expect(
      db.database.inCounty(one.id, (tx) => tx.execute(sql`delete from record_links where position = 1`)),
    ).rejects.toThrow();
  });
});
