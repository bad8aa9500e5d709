import { describe, expect, it } from "vitest";
import { readKeptError } from "../../../src/casework/import/preview/cell-errors.ts";
import { mistakeText, sayListMistake } from "../../../src/domain/wording/mistakes/en.ts";
import { faultOf, MISTAKE_CODES, mistakeAt } from "../../../src/domain/wording/mistakes/values.ts";
import { zhMistake } from "../../../src/domain/wording/mistakes/zh.ts";

/** Parameters that every sentence can be made of. */
const ANY = {
  ...{ said: "坏的值", code: "C1", key: "K1", before: "a.csv:2", header: "颜色", known: "code 编号", name: "name" },
  ...{ kind: "grids", other: "b.csv", like: "01", day: "2031-12-31", place: "G1", from: "A1", to: "B2", row: 3 },
  ...{ most: 7, todo: null, isFolder: false, of: "shape", longitude: 1, latitude: 2 },
};

describe("a mistake in a list", () => {
  it.each(MISTAKE_CODES)("%s is a sentence in both languages, made of all its parameters", (code) => {
    const fault = faultOf(code, ANY as never);
    const english = mistakeText({ ...fault, column: "name" });
    const { wrong, right } = zhMistake(fault);
    for (const text of [english, wrong, right]) expect(text).not.toMatch(/undefined|null|^$/);
    if (code !== "other") expect(wrong).toMatch(/\p{Script=Han}/u);
    expect(right).toMatch(/\p{Script=Han}/u);
  });

  it("names its place as the command line does, and its column where it has one", () => {
    const at = { file: "a.xlsx[网格]", row: 3 };
    expect(sayListMistake(mistakeAt(at, "name", "empty", {}))).toBe("a.xlsx[网格]:3: name is empty");
    expect(sayListMistake(mistakeAt(at, "grids", "unknown-grid", { code: "G9" }))).toBe(
      "a.xlsx[网格]:3: grids: there is no grid G9",
    );
    expect(sayListMistake(mistakeAt(at, "code", "twice", { key: "G1", before: "a.csv:2" }))).toBe(
      "a.xlsx[网格]:3: G1 is already in a.csv:2",
    );
    expect(sayListMistake(mistakeAt({ file: "lists", row: null }, null, "empty-folder", {}))).toBe(
      "lists: holds no .csv, .xlsx or .geojson file",
    );
  });

  it("that was kept before it had parameters is told by its sentence", () => {
    const cell = { file: "a.csv", sheet: "", cell: "C4", row: 4, column: "级别", value: "村" };
    const kept = { ...cell, code: "no-level", text: "level “村” is no level" };
    const read = readKeptError(kept);
    expect(read).toMatchObject({ ...cell, code: "other", values: { said: kept.text }, wanted: expect.any(String) });
    const whole = { ...cell, ...faultOf("no-level", { said: "村" }), text: "x" };
    expect(readKeptError(whole)).toMatchObject({ code: "no-level", values: { said: "村" } });
  });
});
