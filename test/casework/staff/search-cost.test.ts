import { sql } from "drizzle-orm";
import postgres from "postgres";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type CaseFilter, inList } from "../../../src/casework/staff/case-conditions.ts";
import { type CaseSort, listQuery, searchCases } from "../../../src/casework/staff/search-cases.ts";
import type { Reader } from "../../../src/domain/access/may-see.ts";
import { type TestDatabase, testDatabase } from "../../database.ts";
import { writeManyCases } from "./many-cases.ts";

const DAY = { today: "2026-11-24", timeZone: "Asia/Shanghai" };
const OFFICE: Reader = { id: "00000000-0000-4000-8000-000000000001", role: "office", stations: [], deputyId: null };
const CASES = 30_000;
const PAGE = 51;

let db: TestDatabase;
let county: string;
let station: string;

beforeAll(async () => {
  db = await testDatabase();
  county = await db.county("east");
  station = (await writeManyCases(db.database, county, CASES)).station!;
  const owner = postgres(db.url, { max: 1, onnotice: () => undefined });
  await owner.unsafe("vacuum analyze cases; ").catch(() => undefined);
  await owner.unsafe("vacuum analyze case_words");
  await owner.end();
}, 180_000);

afterAll(() => db.close());

type Plan = {
  "Node Type": string;
  "Index Name"?: string;
  "Actual Rows": number;
  "Actual Loops": number;
  Plans?: Plan[];
  "Relation Name"?: string;
  "Rows Removed by Filter"?: number;
};

/** How a list is made, as the service's own role sees it: each index that is used, and how many rows of `cases` were looked at. */
async function explained(reader: Reader, filter: CaseFilter, sort: CaseSort) {
  const query = listQuery(inList(reader, filter, DAY), { sort, after: null, most: PAGE });
  const [user, rows] = await db.database.inCounty(county, async (tx) => [
    await tx.execute<{ role: string }>(sql`select current_user as role`),
    await tx.execute<{ "QUERY PLAN": [{ Plan: Plan }] }>(sql`explain (analyze, format json) ${query}`),
  ]);
  const all: Plan[] = [];
  const walk = (plan: Plan) => {
    all.push(plan);
    plan.Plans?.forEach(walk);
  };
  walk(rows[0]!["QUERY PLAN"][0].Plan);
  const looked = all
    .filter((plan) => plan["Relation Name"] === "cases")
    .map((plan) => plan["Actual Loops"] * (plan["Actual Rows"] + (plan["Rows Removed by Filter"] ?? 0)))
    .reduce((sum, one) => Math.max(sum, one), 0);
  return {
    role: user[0]!.role,
    indexes: all.flatMap((plan) => plan["Index Name"] ?? []),
    isSorted: all.some((plan) => plan["Node Type"] === "Sort"),
    looked,
  };
}

describe("a page of a long list, under row security", () => {
  it.each<[string, Reader, CaseFilter, CaseSort, string]>([
    ["newest first", OFFICE, {}, "newest", "cases_newest_index"],
    ["in one state", OFFICE, { state: ["triage"] }, "newest", "cases_newest_by_state_index"],
    ["of one grid", OFFICE, { grid: ["G1"] }, "newest", "cases_newest_by_grid_index"],
    ["of one deputy", OFFICE, { deputy: ["D1"] }, "newest", "cases_newest_by_deputy_index"],
    ["of one station", OFFICE, { station: ["S1"] }, "newest", "cases_newest_by_station_index"],
    ["spoken of last", OFFICE, {}, "last-spoken", "cases_spoken_index"],
    ["due first", OFFICE, {}, "due-first", "cases_due_index"],
    ["for an auditor", { ...OFFICE, role: "auditor" }, {}, "newest", "cases_newest_index"],
  ])("comes from an index, %s", async (_what, reader, filter, sort, index) => {
    const plan = await explained(reader, filter, sort);
    expect(plan.role).toBe("liaison_app");
    expect(plan.indexes).toContain(index);
    expect(plan).toMatchObject({ isSorted: false });
    expect(plan.looked).toBeLessThan(3 * PAGE);
  });

  it("of a station's own cases looks at few others", async () => {
    const plan = await explained({ ...OFFICE, role: "station", stations: [station] }, {}, "newest");
    expect(plan.looked).toBeLessThan(CASES / 10);
  });
});

it("a search for words looks them up in their index, also under row security", async () => {
  const rows = await db.database.inCounty(county, async (tx) => {
    await tx.execute(sql`select set_config('liaison.search', '''井盖'' & ''盖丢''', true)`);
    return tx.execute<Record<string, string>>(sql`explain select case_id from case_words`);
  });
  const plan = rows.map((row) => row["QUERY PLAN"]).join("\n");
  expect(plan).toContain("case_words_index");
  expect(plan).toMatch(/Index Cond: .*words @@/);
  expect(plan).not.toContain("Seq Scan on case_words");
});

it("every case is visited once by cursor, and the count stops at a thousand", async () => {
  const seen: string[] = [];
  let after: string | undefined;
  do {
    const search = { filter: { state: ["triage" as const] }, sort: "newest" as const, limit: 200, after };
    const page = await db.database.inCounty(county, (tx) => searchCases(tx, OFFICE, search, DAY));
    if (!page.ok) throw new Error(page.why);
    expect(page.total).toEqual({ value: 1_000, isMore: true });
    seen.push(...page.items.map((one) => one.number));
    after = page.next ?? undefined;
  } while (after !== undefined);
  expect(seen).toHaveLength(CASES / 20);
  expect(new Set(seen).size).toBe(seen.length);
  expect(seen).toEqual(seen.toSorted());
}, 60_000);

it("words are found newest first across the months, each case once", async () => {
  const seen: string[] = [];
  let after: string | undefined;
  do {
    const search = { filter: {}, q: "井盖丢", sort: "newest" as const, limit: 50, after };
    const page = await db.database.inCounty(county, (tx) => searchCases(tx, OFFICE, search, DAY));
    if (!page.ok) throw new Error(page.why);
    expect(page.total).toEqual({ value: CASES / 100, isMore: false });
    seen.push(...page.items.map((one) => one.number));
    after = page.next ?? undefined;
  } while (after !== undefined);
  expect(seen).toHaveLength(CASES / 100);
  expect(seen).toEqual([...new Set(seen)].toSorted());
}, 60_000);
