import { sql } from "drizzle-orm";
import { type Database, openDatabase } from "../../db/database.ts";
import { figuresFor } from "../../src/casework/figures/figures.ts";
import type { CaseFilter } from "../../src/casework/staff/case-conditions.ts";
import { type CaseSort, searchCases } from "../../src/casework/staff/search-cases.ts";
import type { Reader } from "../../src/domain/access/may-see.ts";
import { readPeriod } from "../../src/domain/figures/period.ts";
import { writeConsoleCases } from "./console-cases/write.ts";
import type { BenchInstallation } from "./county.ts";
import type { Environment } from "./environment.ts";
import { type Effort, inPairs, type Line, pairedLine, percentile } from "./measure.ts";
import { installPractice } from "./practice.ts";

const MANY = 1_000_000;
const FEWER = 10_000;
const DAY = { today: "2026-11-24", timeZone: "Asia/Shanghai" };
const OFFICE: Reader = { id: "00000000-0000-4000-8000-000000000001", role: "office", stations: [], deputyId: null };

/** A list of cases as people ask for it. */
const LISTS: readonly (readonly [CaseFilter, CaseSort])[] = [
  [{}, "newest"],
  [{ open: true }, "due-first"],
  [{ state: ["triage"] }, "newest"],
  [{ received: { from: "2026-11-01" }, category: ["roads"] }, "newest"],
  [{}, "last-spoken"],
];
const WORDS = ["路灯", "自来水", "电梯困人", "下水道堵", "摩托车差点掉", "拖欠三个月工资", "水喝"];
const SPANS = { month: "2026-10", year: "2026" } as const;

/** The county of a benchmark with so many cases, and its database as the service opens it. */
type County = { readonly installation: BenchInstallation; readonly database: Database };

/** A page of the list of cases, filtered and sorted, at a million cases and at ten thousand, under row security; and a month's figures. */
export async function consoleBenchmark(environment: Environment, { short }: Effort): Promise<Line[]> {
  const [fewer, many] = [
    await countyOf(environment, short ? 200 : FEWER, short),
    await countyOf(environment, short ? 2_000 : MANY, short),
  ];
  try {
    const rounds = short ? 2 : 20;
    const lists = (county: County) => p95Of(LISTS, rounds, ([filter, sort]) => list(county, filter, sort));
    const pairs = await inPairs(
      short ? 1 : 3,
      () => lists(many),
      () => lists(fewer),
    );
    const month = await p95Of([SPANS.month], short ? 1 : 4, (code) => figuresOf(many, code));
    const year = await p95Of([SPANS.year], short ? 1 : 2, (code) => figuresOf(many, code));
    const absolute = (name: string, ms: number, atMost: number): Line => ({
      ...{ name, ours: { value: ms, unit: "ms" }, reference: null, ratio: null, target: { atMost, unit: "ms" } },
      samples: { ms },
    });
    return [
      pairedLine("console, a page of the list of cases, p95", pairs, { unit: "ms", digits: 1, target: { atMost: 2 } }),
      absolute("console, all figures of a month against the year before", month, 2_000),
      absolute("console, all figures of a year against the year before", year, 8_000),
    ];
  } finally {
    await Promise.all([fewer.database.close(), many.database.close()]);
  }
}

/** A search for words of two to seven signs at a million cases, under row security. */
export async function consoleSearchBenchmark(environment: Environment, { short }: Effort): Promise<Line[]> {
  const county = await countyOf(environment, short ? 2_000 : MANY, short);
  try {
    const plan = await explained(county);
    if (!short && !plan.includes("case_words_index")) throw new Error(`the search does not use its index:\n${plan}`);
    const ms = await p95Of(WORDS, short ? 1 : 20, (q) => list(county, {}, "newest", q));
    return [
      {
        name: "console-search, two to seven signs, p95",
        ...{ ours: { value: ms, unit: "ms" }, reference: null, ratio: null, target: { atMost: 300, unit: "ms" } },
        samples: { ms, plan },
      },
    ];
  } finally {
    await county.database.close();
  }
}

async function countyOf(environment: Environment, count: number, short: boolean): Promise<County> {
  const { installation } = await installPractice(environment, null, short ? 50 : undefined);
  await writeConsoleCases(installation, count);
  const database = await openDatabase({ url: installation.databaseUrl, maxConnections: 1, statementLimitMs: 60_000 });
  return { installation, database };
}

async function list({ installation, database }: County, filter: CaseFilter, sort: CaseSort, q?: string): Promise<void> {
  const found = await database.inCounty(installation.jurisdictionId, (tx) =>
    searchCases(tx, OFFICE, { filter, sort, limit: 50, ...(q === undefined ? {} : { q }) }, DAY),
  );
  if (!found.ok || found.items.length === 0) throw new Error(`nothing was found for ${q ?? JSON.stringify(filter)}`);
}

async function figuresOf({ installation, database }: County, code: string): Promise<void> {
  const period = readPeriod(code);
  if (period === null) throw new Error(`there is no period ${code}`);
  const asked = { names: [], period, by: null, filter: {} };
  await database.inCounty(installation.jurisdictionId, (tx) => figuresFor(tx, OFFICE, asked, DAY));
}

async function explained({ installation, database }: County): Promise<string> {
  return database.inCounty(installation.jurisdictionId, async (tx) => {
    await tx.execute(sql`select set_config('liaison.search', '''路灯''', true)`);
    const rows = await tx.execute<Record<string, string>>(sql`explain select case_id from case_words`);
    return rows.map((row) => row["QUERY PLAN"]).join("\n");
  });
}

/** Asks each of some questions so often, after once without looking at the clock. */
async function p95Of<T>(questions: readonly T[], rounds: number, ask: (question: T) => Promise<void>): Promise<number> {
  for (const question of questions) await ask(question);
  const took: number[] = [];
  for (let round = 0; round < rounds; round += 1)
    for (const question of questions) {
      const begun = performance.now();
      await ask(question);
      took.push(performance.now() - begun);
    }
  return percentile(took, 0.95);
}
