import { sql } from "drizzle-orm";
import { type Database, openDatabase } from "../../db/database.ts";
import type { Caller } from "../../src/casework/access/caller.ts";
import { figuresFor } from "../../src/casework/figures/figures.ts";
import type { FigureBy } from "../../src/casework/figures/groups.ts";
import type { CaseFilter } from "../../src/casework/staff/case-conditions.ts";
import { type CaseSort, countCases, searchCases } from "../../src/casework/staff/search-cases.ts";
import { todayOf } from "../../src/casework/staff/today.ts";
import type { Reader } from "../../src/domain/access/may-see.ts";
import { readPeriod } from "../../src/domain/figures/period.ts";
import { SEARCHED } from "./console-cases/said.ts";
import { writeConsoleCases } from "./console-cases/write.ts";
import type { BenchInstallation } from "./county.ts";
import type { Environment } from "./environment.ts";
import { type Effort, inPairs, type Line, pairedLine, percentile } from "./measure.ts";
import { installPractice } from "./practice.ts";

const MANY = 1_000_000;
const FEWER = 10_000;
const NOW = new Date("2026-11-24T02:00:00Z");
const DAY = { today: "2026-11-24", timeZone: "Asia/Shanghai" };
const OFFICE: Reader = { id: "00000000-0000-4000-8000-000000000001", role: "office", stations: [], deputyId: null };

/** Lists of cases as people ask for them: each order, and each condition that has an index or a way of its own. */
const LISTS: readonly (readonly [CaseFilter, CaseSort])[] = [
  [{}, "newest"],
  [{ open: true }, "due-first"],
  [{ late: true }, "due-first"],
  [{ state: ["triage"] }, "newest"],
  [{ received: { from: "2026-11-01" }, category: ["roads"] }, "newest"],
  [{ category: [null] }, "newest"],
  [{ station: ["ST001"] }, "newest"],
  [{ station: ["ST001"], open: true }, "due-first"],
  [{ rating: [1, 2] }, "newest"],
  [{ way: ["target"] }, "newest"],
  [{}, "last-spoken"],
];
/** All days on which the cases of the benchmark came in. */
const EVERY_DAY = "2023-01-01..2026-11-24";
/** A month, and the longest period that the API counts at once in a county of a million cases. */
const SPANS = { month: "2026-10", quarter: "2026-Q3" } as const;

/** The county of a benchmark with so many cases, and its database as the service opens it. */
type County = { readonly installation: BenchInstallation; readonly database: Database };

/** A page of the list of cases, filtered and sorted, at a million cases and at ten thousand, under row security; and what is counted at a million: Today, a list to its end, figures. */
export async function consoleBenchmark(environment: Environment, { short }: Effort): Promise<Line[]> {
  const [fewer, many] = [
    await countyOf(environment, short ? 1_000 : FEWER, short),
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
    const times = (usual: number) => (short ? 1 : usual);
    const month = await p95Of([SPANS.month], times(4), (code) => figuresOf(many, code));
    const quarter = await p95Of([SPANS.quarter], times(2), (code) => figuresOf(many, code));
    const today = await p95Of([DAY], times(10), () => todayIn(many));
    const count = await p95Of([{}, { open: true }, { category: ["roads"] }], times(3), (filter) =>
      countIn(many, filter),
    );
    return [
      pairedLine("console, a page of the list of cases, p95", pairs, { unit: "ms", digits: 1, target: { atMost: 2 } }),
      absolute("console, Today of the office", today, 1_000),
      absolute("console, an exact count, p95", count, 2_000),
      absolute("console, all figures of a month against the year before", month, 2_000),
      absolute("console, all figures of a quarter against the year before", quarter, 8_000),
    ];
  } finally {
    await Promise.all([fewer.database.close(), many.database.close()]);
  }
}

function absolute(name: string, ms: number, atMost: number): Line {
  const ours = { value: ms, unit: "ms" };
  return { name, ours, reference: null, ratio: null, target: { atMost, unit: "ms" }, samples: { ms } };
}

/** A search for words of two to seven signs at a million cases, under row security. */
export async function consoleSearchBenchmark(environment: Environment, { short }: Effort): Promise<Line[]> {
  const county = await countyOf(environment, short ? 2_000 : MANY, short);
  try {
    const plan = await explained(county);
    if (!short && !plan.includes("case_words_index")) throw new Error(`the search does not use its index:\n${plan}`);
    const ms = await p95Of(short ? SEARCHED.slice(0, 4) : SEARCHED, short ? 1 : 20, (q) =>
      list(county, {}, "newest", q),
    );
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

/** All figures over every case of a county of a million, as the errand counts them: how long, and by how much the process grows. */
export async function consoleFiguresBenchmark(environment: Environment, { short }: Effort): Promise<Line[]> {
  const county = await countyOf(environment, short ? 2_000 : MANY, short);
  const grown = async (work: () => Promise<void>) => {
    const before = process.memoryUsage().rss;
    let most = before;
    const looking = setInterval(() => {
      most = Math.max(most, process.memoryUsage().rss);
    }, 50);
    const begun = performance.now();
    try {
      await work();
    } finally {
      clearInterval(looking);
    }
    return { ms: performance.now() - begun, mb: (most - before) / 2 ** 20 };
  };
  try {
    const whole = await grown(() => figuresOf(county, EVERY_DAY));
    const byGrid = await grown(() => figuresOf(county, EVERY_DAY, "grid"));
    return [
      absolute("console-figures, all figures of every case against the year before", whole.ms, 240_000),
      absolute("console-figures, the same by grid", byGrid.ms, 240_000),
      inMegabytes("console-figures, by how much the process grew", whole.mb, 100),
      inMegabytes("console-figures, by how much the process grew by grid", byGrid.mb, 400),
    ];
  } finally {
    await county.database.close();
  }
}

function inMegabytes(name: string, mb: number, atMost: number): Line {
  const ours = { value: mb, unit: "MB" };
  return { name, ours, reference: null, ratio: null, target: { atMost, unit: "MB" }, samples: { mb } };
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

async function todayIn({ installation, database }: County): Promise<void> {
  const { jurisdictionId } = installation;
  const caller: Caller = { ...OFFICE, kind: "person", name: "林晓", jurisdictionId, confirmedAt: null };
  await database.inCounty(jurisdictionId, (tx) => todayOf(tx, caller, DAY, NOW));
}

async function countIn({ installation, database }: County, filter: CaseFilter): Promise<void> {
  await database.inCounty(installation.jurisdictionId, (tx) => countCases(tx, OFFICE, { filter }, DAY));
}

async function figuresOf({ installation, database }: County, code: string, by: FigureBy | null = null): Promise<void> {
  const period = readPeriod(code);
  if (period === null) throw new Error(`there is no period ${code}`);
  const asked = { names: [], period, by, filter: {} };
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
