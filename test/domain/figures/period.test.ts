import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { addDays, daysBetween } from "../../../src/domain/calendar/days.ts";
import { FIGURES, figuresNamed, isFigure } from "../../../src/domain/figures/catalogue.ts";
import { definitionsIn } from "../../../src/domain/figures/notes.ts";
import { nextTo, PERIOD_KINDS, periodOf, readPeriod, yearBefore } from "../../../src/domain/figures/period.ts";

const day = fc.integer({ min: 0, max: 365 * 60 }).map((later) => addDays("2010-01-01", later));
const kind = fc.constantFrom(...PERIOD_KINDS.filter((one) => one !== "span"));

describe("a period", () => {
  it.each([
    ["2026-10", "2026-10-01", "2026-10-31"],
    ["2026-12", "2026-12-01", "2026-12-31"],
    ["2026-Q4", "2026-10-01", "2026-12-31"],
    ["2026-H", "2026-11-15", "2027-03-15"],
    ["2026", "2026-01-01", "2026-12-31"],
    ["2026-W01", "2025-12-29", "2026-01-04"],
    ["2026-W53", "2026-12-28", "2027-01-03"],
    ["2024-02-29", "2024-02-29", "2024-02-29"],
    ["2026-10-01..2026-10-15", "2026-10-01", "2026-10-15"],
  ])("%s is from %s until %s", (code, from, until) => {
    expect(readPeriod(code)).toMatchObject({ code, from, until });
  });

  it.each([
    "",
    "2026-13",
    "2026-Q5",
    "2025-W53",
    "2026-W00",
    "2026-02-30",
    "26",
    "1999",
    "2026-10-15..2026-10-01",
    "2026-10..",
    "2026-10-01..x",
    "2001-01-01..2199-01-01",
  ])("%s is none", (code) => expect(readPeriod(code)).toBeNull());

  it("of a kind has its day, reads back from its code and touches the one behind it", () => {
    fc.assert(
      fc.property(kind, day, (one, on) => {
        const period = periodOf(one, on);
        expect(readPeriod(period.code)).toEqual(period);
        if (one !== "season") expect(period.from <= on && on <= period.until).toBe(true);
        const behind = nextTo(period, 1)!;
        expect(nextTo(behind, -1)).toEqual(period);
        if (one !== "season") expect(behind.from).toBe(addDays(period.until, 1));
      }),
    );
  });

  it.each([
    ["2026-10", "2027-01-01", "2025-10-01", "2025-10-31"],
    ["2026-10", "2026-10-20", "2025-10-01", "2025-10-20"],
    ["2024-02", "2027-01-01", "2023-02-01", "2023-02-28"],
    ["2025-02", "2027-01-01", "2024-02-01", "2024-02-29"],
    ["2024-02-29", "2027-01-01", "2023-02-28", "2023-02-28"],
    ["2026-W41", "2027-01-01", "2025-10-06", "2025-10-12"],
    ["2025-H", "2027-01-01", "2024-11-15", "2025-03-15"],
  ])("%s, on %s, is compared with %s until %s", (code, today, from, until) => {
    expect(yearBefore(readPeriod(code)!, today)).toEqual({ from, until });
  });

  it("that is over has a year before of about as many days", () => {
    fc.assert(
      fc.property(kind, day, (one, on) => {
        const period = periodOf(one, on);
        const before = yearBefore(period, "2199-01-01");
        const [days, then] = [period, before].map(({ from, until }) => daysBetween(from, until));
        expect(Math.abs(days! - then!)).toBeLessThanOrEqual(1);
      }),
    );
  });
});

describe("the catalogue", () => {
  it("has each code once, with a note in both languages that says everything", () => {
    const codes = FIGURES.map(({ code }) => code);
    expect(new Set(codes).size).toBe(codes.length);
    for (const language of ["zh", "en"] as const) {
      const definitions = definitionsIn(language);
      expect(definitions.map(({ code }) => code)).toEqual([...codes, "sealed"]);
      for (const { code, name, question, counts, source } of definitions)
        expect([code, [name, question, counts, source].every((text) => text.length > 1)]).toEqual([code, true]);
      const named = definitions.map(({ group, name }) => `${group} ${name}`);
      expect(new Set(named).size).toBe(named.length);
    }
  });

  it("finds figures by code and by group", () => {
    expect(figuresNamed(["three-claims"]).map(({ code }) => code)).toContain("disagreement");
    expect(figuresNamed(["open"]).map(({ code }) => code)).toEqual(["open"]);
    expect(["sealed", "three-claims", "first-word-over-10", "nothing"].map(isFigure)).toEqual([
      true,
      true,
      true,
      false,
    ]);
  });
});
