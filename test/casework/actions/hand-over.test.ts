import { and, eq, isNull, sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { caseEvents, cases } from "../../../db/schema/cases.ts";
import { deputies } from "../../../db/schema/people.ts";
import { type Office, openOffice } from "../office.ts";

const HOUR = 3_600_000;
const PEOPLE = ["ann", "bob", "eve", "joe", "kay"];

let office: Office;
beforeAll(async () => {
  office = await openOffice();
  await office.bind("deputy-D001", "D001");
  await office.bind("deputy-D002", "D002");
});
afterAll(() => office.close());

/** The numbers of the open cases of a deputy, in the order in which their rows lie in the table. */
const heldInTableOrder = (code: string) =>
  office.db.database.inCounty(office.county.id, async (tx) => {
    const rows = await tx
      .select({ number: cases.number })
      .from(cases)
      .innerJoin(deputies, eq(deputies.id, cases.deputyId))
      .where(and(eq(deputies.code, code), isNull(cases.closedAt)))
      .orderBy(sql`${cases}.ctid`);
    return rows.map((row) => row.number);
  });

test("what a deputy has is handed over oldest first, whatever has happened to the cases since", async () => {
  for (const person of PEOPLE) {
    await office.say(person, "柳东村三组水渠塌了，冲坏了地");
    await office.pass(HOUR);
  }
  const oldestFirst = (await heldInTableOrder("D001")).toSorted();
  expect(oldestFirst).toHaveLength(PEOPLE.length);
  // A row that is written again lies behind the others: the oldest case is the last that a bare scan finds.
  for (const number of oldestFirst.toReversed()) {
    await office.db.database.inCounty(office.county.id, (tx) =>
      tx.update(cases).set({ lastSpokenAt: office.runtime.now() }).where(eq(cases.number, number)),
    );
  }
  expect(await heldInTableOrder("D001")).toEqual(oldestFirst.toReversed());

  await office.say("deputy-D001", "请假 3天");
  const moved = await office.db.database.inCounty(office.county.id, (tx) =>
    tx
      .select({ number: cases.number, type: caseEvents.type })
      .from(caseEvents)
      .innerJoin(cases, eq(cases.id, caseEvents.caseId))
      .orderBy(caseEvents.seq),
  );
  expect(moved.slice(-PEOPLE.length).map(({ number }) => number)).toEqual(oldestFirst);
  expect(new Set(moved.slice(-PEOPLE.length).map(({ type }) => type)).size).toBe(1);
  expect((await heldInTableOrder("D002")).toSorted()).toEqual(oldestFirst);
});
