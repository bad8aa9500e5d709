import { eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, it } from "vitest";
import { cases } from "../../../db/schema/cases.ts";
import { caseWords } from "../../../db/schema/console.ts";
import { indexOldCases } from "../../../src/casework/staff/index-words.ts";
import { type TestDatabase, testDatabase } from "../../database.ts";
import { writeManyCases } from "./many-cases.ts";

let db: TestDatabase;
let county: string;
const CASES = 1_200;

beforeAll(async () => {
  db = await testDatabase();
  county = await db.county("east");
  await writeManyCases(db.database, county, CASES);
});

afterAll(() => db.close());

const inCounty: TestDatabase["database"]["inCounty"] = (id, work) => db.database.inCounty(id, work);
const words = () => inCounty(county, (tx) => tx.select().from(caseWords).orderBy(caseWords.caseId));

it("gives old cases the words that new ones get, and a sealed one none", async () => {
  const before = await words();
  const [sealed] = before;
  await inCounty(county, async (tx) => {
    await tx.delete(caseWords);
    await tx.update(cases).set({ sealed: true }).where(eq(cases.id, sealed!.caseId));
  });
  expect(await words()).toEqual([]);
  const told: number[] = [];
  expect(await indexOldCases(db.database, county, (done) => told.push(done))).toBe(CASES - 1);
  expect(told).toEqual([500, 1000, CASES - 1]);
  expect(await words()).toEqual(before.slice(1));
  expect(await indexOldCases(db.database, county, () => undefined)).toBe(0);
});
