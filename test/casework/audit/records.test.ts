import { randomUUID } from "node:crypto";
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { readings } from "../../../db/schema/console.ts";
import { staffChanges } from "../../../db/schema/sign-in.ts";
import { auditCounty } from "../../../src/casework/audit/audit-county.ts";
import { extendChain } from "../../../src/casework/audit/chain.ts";
import { type TestDatabase, testDatabase } from "../../database.ts";
import { tamper } from "./ledger.ts";

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
