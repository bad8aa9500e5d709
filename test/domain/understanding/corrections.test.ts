import { describe, expect, test } from "vitest";
import { correctionOf, countCorrections } from "../../../src/domain/understanding/corrections.ts";
import type { Act } from "../../../src/domain/understanding/meaning.ts";
import { mondayOf, weeklySample } from "../../../src/domain/understanding/sample.ts";

describe("an answer about an act", () => {
  test.each<[string, Act]>([
    ["matter", "matter"],
    ["inquiry", "matter"],
    ["suggestion", "matter"],
    ["denies-fixed", "adds"],
    ["urge", "adds"],
    ["withdraw", "withdraw"],
  ])("that was %s and is %s corrects nothing", (decided, was) => {
    expect(correctionOf(decided, was)).toBeNull();
  });

  test.each<[string, Act]>([
    ["adds", "matter"],
    ["greeting", "matter"],
    ["withdraw", "adds"],
    ["matter", "status"],
  ])("that was %s and is %s is a correction", (decided, was) => {
    expect(correctionOf(decided, was)).toEqual({ decided, was });
  });
});

describe("corrections", () => {
  const of = (person: string, decided: string, was: string) => ({ person, decided, was });

  test("are counted by kind, most first, with how many people they are of", () => {
    const rows = [of("a", "spam", "matter"), of("b", "adds", "matter"), of("c", "adds", "matter")];
    expect(countCorrections(rows)).toEqual([
      { decided: "adds", was: "matter", count: 2, people: 2 },
      { decided: "spam", was: "matter", count: 1, people: 1 },
    ]);
    expect(countCorrections([])).toEqual([]);
  });

  test("of one person count at most five times, however often they are repeated", () => {
    const rows = [...Array.from({ length: 40 }, () => of("a", "thanks", "matter")), of("b", "thanks", "matter")];
    expect(countCorrections(rows)).toEqual([{ decided: "thanks", was: "matter", count: 6, people: 2 }]);
  });
});

describe("the sample of a week", () => {
  const drawn = (day: string, count: number) =>
    Array.from({ length: count }, (_, index) => ({ day, lot: `${(index * 7919) % 101}`.padStart(3, "0") }));

  test("begins on a Monday", () => {
    expect(["2026-11-23", "2026-11-25", "2026-11-29"].map(mondayOf)).toEqual(Array(3).fill("2026-11-23"));
    expect(mondayOf("2026-11-30")).toBe("2026-11-30");
  });

  test("has ten of each week, or all where there are fewer, and is the same in any order", () => {
    const rows = [...drawn("2026-11-24", 30), ...drawn("2026-11-29", 30), ...drawn("2026-12-01", 4)];
    const sample = weeklySample(rows);
    expect([...sample].filter(({ day }) => day < "2026-11-30")).toHaveLength(10);
    expect([...sample].filter(({ day }) => day > "2026-11-30")).toHaveLength(4);
    expect(new Set(weeklySample(rows.toReversed()))).toEqual(sample);
  });

  test("is the one with the lowest lots", () => {
    const sample = [...weeklySample(drawn("2026-11-24", 50))].map(({ lot }) => lot);
    const lots = drawn("2026-11-24", 50).map(({ lot }) => lot);
    expect(sample.toSorted()).toEqual(lots.toSorted().slice(0, 10));
  });
});
