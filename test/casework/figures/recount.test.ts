import { readSheet } from "read-excel-file/node";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { numbersBehind } from "../../../src/casework/figures/behind.ts";
import { dayPages } from "../../../src/casework/figures/day-pages.ts";
import { figuresFor } from "../../../src/casework/figures/figures.ts";
import { pagesOf } from "../../../src/casework/figures/pages.ts";
import { reportFor } from "../../../src/casework/figures/report.ts";
import { areTooMany } from "../../../src/casework/figures/tallies.ts";
import { workbookOf } from "../../../src/casework/figures/workbook.ts";
import type { CaseFilter } from "../../../src/casework/staff/case-conditions.ts";
import { countCases, searchCases } from "../../../src/casework/staff/search-cases.ts";
import type { Reader } from "../../../src/domain/access/may-see.ts";
import { FIGURES } from "../../../src/domain/figures/catalogue.ts";
import type { CaseFacts } from "../../../src/domain/figures/facts.ts";
import type { Figure } from "../../../src/domain/figures/figure.ts";
import { readPeriod, yearBefore } from "../../../src/domain/figures/period.ts";
import { type TestDatabase, testDatabase } from "../../database.ts";
import { readPdf } from "../../pdf.ts";
import { type Recounted, writeRandomCases } from "./random-cases.ts";

const DAY = { today: "2026-11-24", timeZone: "Asia/Shanghai" };
const NOW = new Date("2026-11-24T02:00:00Z");
const OFFICE: Reader = { id: "00000000-0000-4000-8000-000000000001", role: "office", stations: [], deputyId: null };
const REVIEWER: Reader = { ...OFFICE, role: "reviewer" };

let db: TestDatabase;
let county: string;
let all: readonly Recounted[];

beforeAll(async () => {
  db = await testDatabase();
  county = await db.county("east");
  all = await db.database.inCounty(county, (tx) => writeRandomCases(tx, county, 400, 20261130));
}, 180_000);
afterAll(() => db.close());

/** The plain recount: facts of cases, one after the other. */
function recount(figure: Figure, facts: readonly CaseFacts[]) {
  const among = facts.filter(figure.among);
  if (figure.unit === "cases") return { value: among.filter(figure.counts).length, of: among.length };
  const days = among.map(figure.days).sort((a, b) => a - b);
  return { value: days[Math.ceil(figure.share * days.length) - 1] ?? null, of: among.length };
}

const within = (from: string, until: string, more: (one: Recounted) => boolean = () => true) =>
  all
    .filter((one) => !one.sealed && one.receivedOn >= from && one.receivedOn <= until && more(one))
    .map((one) => one.facts);

const figuresOf = (reader: Reader, code: string, filter: CaseFilter = {}, by: "station" | "grid" | null = null) => {
  const period = readPeriod(code)!;
  return db.database.inCounty(county, (tx) => figuresFor(tx, reader, { names: [], period, by, filter }, DAY));
};

describe("every figure", () => {
  it.each(["2026-10", "2026-Q3", "2025-H", "2026", "2026-W41", "2026-10-01..2026-11-23"])(
    "of %s is what a plain recount gives, as in the year before",
    async (code) => {
      const period = readPeriod(code)!;
      const before = yearBefore(period, DAY.today);
      const { groups } = await figuresOf(OFFICE, code);
      const [facts, then] = [within(period.from, period.until), within(before.from, before.until)];
      const hadCases = before.until >= "2025-09-25" && all.some((one) => !one.sealed && one.receivedOn <= before.until);
      for (const figure of FIGURES) {
        const found = groups[0]!.figures.find((one) => one.code === figure.code)!;
        expect([figure.code, { value: found.value, of: found.of }]).toEqual([figure.code, recount(figure, facts)]);
        expect([figure.code, found.before]).toEqual([
          figure.code,
          hadCases ? { ...recount(figure, then), isHidden: false } : null,
        ]);
      }
      const sealed = all.filter((one) => one.sealed && one.receivedOn >= period.from && one.receivedOn <= period.until);
      expect(groups[0]!.figures.at(-1)).toMatchObject({ code: "sealed", value: sealed.length, opens: null });
    },
  );

  it("opens the list of exactly the cases that it counts", async () => {
    const period = readPeriod("2026-Q3")!;
    const { groups } = await figuresOf(OFFICE, "2026-Q3");
    const opened = groups[0]!.figures.filter(({ opens }) => opens !== null);
    expect(opened.length).toBeGreaterThan(30);
    for (const { code, value, opens } of opened) {
      const listed = await db.database.inCounty(county, (tx) =>
        searchCases(tx, OFFICE, { filter: opens!, sort: "newest", limit: 200 }, DAY),
      );
      if (!listed.ok) throw new Error(listed.why);
      const figure = FIGURES.find((one) => one.code === code)!;
      const wanted = all.filter(
        ({ sealed, receivedOn, facts }) =>
          !sealed &&
          receivedOn >= period.from &&
          receivedOn <= period.until &&
          figure.among(facts) &&
          figure.unit === "cases" &&
          figure.counts(facts),
      );
      expect([code, listed.items.map((one) => one.number).toSorted()]).toEqual([
        code,
        wanted.map((one) => one.number).toSorted(),
      ]);
      expect([code, value]).toEqual([code, wanted.length]);
    }
  });

  it("by station and by grid adds up to the whole, and each part opens its own cases", async () => {
    for (const by of ["station", "grid"] as const) {
      const { groups } = await figuresOf(OFFICE, "2026", {}, by);
      for (const { key, figures } of groups) {
        const facts = within("2026-01-01", "2026-12-31", (one) => one[by] === key);
        for (const figure of FIGURES) {
          const found = figures.find((one) => one.code === figure.code)!;
          expect([by, key, figure.code, found.value, found.of]).toEqual([
            by,
            key,
            figure.code,
            ...Object.values(recount(figure, facts)),
          ]);
        }
        const received = figures.find(({ code }) => code === "disagreement")!;
        if (received.opens === null) continue;
        const counted = await db.database.inCounty(county, (tx) =>
          countCases(tx, OFFICE, { filter: received.opens! }, DAY),
        );
        expect(counted).toEqual({ ok: true, value: received.value });
      }
    }
  });
});

it("knows when more cases came in than can be counted while somebody waits", async () => {
  const period = readPeriod("2026-Q3")!;
  const before = yearBefore(period, DAY.today);
  const spans = { now: period, before };
  const came = all.filter(({ receivedOn: on }) =>
    [period, before].some(({ from, until }) => on >= from && on <= until),
  ).length;
  const ask = (most: number) => db.database.inCounty(county, (tx) => areTooMany(tx, spans, DAY.timeZone, most));
  expect([await ask(came - 1), await ask(came)]).toEqual([true, false]);
});

describe("counting some days after others", () => {
  it.each([1, 7, 60])("gives the same figures by pages of %i cases, each case once", async (most) => {
    const period = readPeriod("2026")!;
    const seen: number[] = [];
    const pace = { most, progress: (done: number) => seen.push(done) };
    for (const by of [null, "station", "grid"] as const) {
      const asked = { names: [], period, by, filter: {} };
      const paged = await db.database.inCounty(county, (tx) => figuresFor(tx, OFFICE, asked, DAY, pace));
      expect(paged).toEqual(await figuresOf(OFFICE, "2026", {}, by));
    }
    expect(seen.length).toBeGreaterThan(6);
    const pages = await db.database.inCounty(county, (tx) => dayPages(tx, period, DAY.timeZone, most));
    const came = all.filter(({ receivedOn }) => receivedOn >= period.from && receivedOn <= period.until);
    expect(pages.reduce((sum, { count }) => sum + count, 0)).toBe(came.length);
    for (const { from, until, count } of pages) {
      const days = new Set(came.flatMap(({ receivedOn: on }) => (on >= from && on <= until ? [on] : [])));
      expect(count <= most || days.size === 1).toBe(true);
    }
  });

  it("gives the numbers behind each figure, each once and in order", async () => {
    const period = readPeriod("2026-Q3")!;
    const asked = { names: ["cases"], period, by: null, filter: {} };
    const behind = await db.database.inCounty(county, (tx) => numbersBehind(tx, OFFICE, asked, DAY));
    const received = behind.find(({ code }) => code === "received")!;
    const wanted = all.filter(({ sealed, receivedOn: on }) => !sealed && on >= period.from && on <= period.until);
    expect(received.counted).toEqual(wanted.map(({ number }) => number).toSorted());
    expect(received.among).toEqual(received.counted);
  });

  it("is given up between two statements", async () => {
    const gone = AbortSignal.abort(new Error("stopped"));
    const asked = { names: [], period: readPeriod("2026")!, by: null, filter: {} };
    await expect(
      db.database.inCounty(county, (tx) => figuresFor(tx, OFFICE, asked, DAY, { signal: gone })),
    ).rejects.toThrow("stopped");
  });
});

describe("what a reader may not see", () => {
  it("is in no figure: a station counts its own, an operator nothing, and sealed cases are the office's line alone", async () => {
    const { groups: own } = await figuresOf({ ...REVIEWER, role: "operator" }, "2026");
    expect(own[0]!.figures.every(({ value, of }) => (value ?? 0) === 0 && of === 0)).toBe(true);
    for (const role of ["reviewer", "auditor", "station"] as const)
      expect(
        (await figuresOf({ ...REVIEWER, role }, "2026")).groups[0]!.figures.some(({ code }) => code === "sealed"),
      ).toBe(false);
    const narrowed = await figuresOf(OFFICE, "2026", { station: ["S1"] });
    expect(narrowed.groups[0]!.figures.some(({ code }) => code === "sealed")).toBe(false);
  });

  it("is hidden where fewer than five cases of one grid are counted, but from the office and auditors", async () => {
    const few = (await figuresOf(REVIEWER, "2026-10", {}, "grid")).groups.flatMap(({ figures }) => figures);
    const whole = (await figuresOf({ ...OFFICE, role: "auditor" }, "2026-10", {}, "grid")).groups.flatMap(
      ({ figures }) => figures,
    );
    expect(few.some(({ isHidden }) => isHidden)).toBe(true);
    expect(whole.some(({ isHidden }) => isHidden)).toBe(false);
    for (const { isHidden, value, opens, unit } of few.map((one) => ({
      ...one,
      unit: FIGURES.find(({ code }) => code === one.code)!.unit,
    })))
      if (isHidden) expect([value, opens]).toEqual([null, null]);
      else if (unit === "cases") expect(value).toBeGreaterThanOrEqual(5);
    expect(
      (await figuresOf(REVIEWER, "2026-10", { grid: ["G1"] })).groups[0]!.figures.some(({ isHidden }) => isHidden),
    ).toBe(true);
  });
});

it.each(["zh", "en"] as const)("a report says the same in Excel, in PDF and on the page, in %s", async (language) => {
  const asked = { period: readPeriod("2026-Q3")!, by: "station" as const, filter: {}, language };
  const report = await db.database.inCounty(county, (tx) => reportFor(tx, OFFICE, asked, { ...DAY, now: NOW }));
  const { groups } = await figuresOf(OFFICE, "2026-Q3");
  const page = new Map(groups[0]!.figures.map(({ code, value }) => [code, value]));
  const workbook = await workbookOf(report);
  const rows = await readSheet(workbook, 1);
  const bytes = await pagesOf(report);
  const { pages } = await readPdf(bytes);
  const { seen } = await readPdf(
    bytes,
    Array.from({ length: pages }, (_, at) => at + 1),
  );
  const printed = seen
    .map(({ text }) => text)
    .join("")
    .replaceAll(/\s/g, "");
  const lines = report.sections.flatMap(({ definition, lines: some }) =>
    some.map((line) => ({ ...line, group: definition.groupName })),
  );
  expect(lines.length).toBe(FIGURES.length + 1);
  for (const line of lines) {
    expect([line.code, line.value]).toEqual([line.code, page.get(line.code)]);
    const row = rows.find(([group, name]) => group === line.group && name === line.name);
    expect([line.code, row?.[2]]).toEqual([line.code, line.value ?? line.said]);
    expect(printed).toContain(`${line.name}${line.said}`.replaceAll(/\s/g, ""));
  }
  expect(printed).toContain(report.hash);
  expect(rows.flat()).toContain(report.hash);
  const parts = await readSheet(workbook, 2);
  expect(parts.map(([name]) => String(name))).toContain(language === "zh" ? "'=站S1（S1）" : "'=站S1（S1）");
  expect(workbook.toString("latin1")).not.toContain("<f>");
});
