import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  type CellReading,
  cleanText,
  readCode,
  readDay,
  readDegrees,
  readLevel,
  readList,
  readPhone,
  readPosts,
} from "../../../src/casework/import/cells.ts";
import { readShape } from "../../../src/casework/import/shapes.ts";
import type { Cell } from "../../../src/casework/import/spreadsheet/cell.ts";
import { decode } from "../../../src/casework/import/spreadsheet/csv.ts";
import { columnNamed, kindOf } from "../../../src/casework/import/tables.ts";
import { faultText } from "../../../src/domain/wording/mistakes/en.ts";

const text = (value: string): Cell => ({ form: "text", text: value });
const number = (value: string): Cell => ({ form: "number", text: value });
const date = (value: string): Cell => ({ form: "date", text: value });
const told = (reading: CellReading<unknown>) => (reading.ok ? reading.value : faultText(reading.fault));

describe("cells", () => {
  test.each([
    ["0012", text("0012"), "0012"],
    ["trailing and wide spaces", text("　G1 \u00a0"), "G1"],
    ["full-width letters and digits", text("Ｇ－１２"), "G-12"],
    ["a number as Excel keeps it", number("13800000001"), "13800000001"],
    ["a number with a fraction", number("1.5"), expect.stringContaining("turned into the number 1.5")],
    ["more digits than Excel keeps", number("1234567890123456"), expect.stringContaining("turned into the number")],
    ["what other tools leave behind", text("101.0"), expect.stringContaining("turned into the number 101.0")],
    ["a long number as Excel shows it", text("1.38E+10"), expect.stringContaining("turned into the number")],
    ["1-3 as Excel understands it", date("2026-01-03"), expect.stringContaining("turned into the date 2026-01-03")],
    ["1-3 as Excel shows it", text("1月3日"), expect.stringContaining("turned into the date 1月3日")],
    ["1-3 as an English Excel shows it", text("3-Jan"), expect.stringContaining("turned into the date 3-Jan")],
    ["digits that Excel was told are text", text("'003412"), "003412"],
    ["an apostrophe at the end", text("003412'"), expect.stringContaining("in it")],
    ["what the sheet shows", { form: "number", text: "3412", shown: "003412" } as Cell, "003412"],
    ["a number with a comma", { form: "number", text: "3412", shown: null } as Cell, expect.stringContaining("3412")],
    ["a list", text("G1;G2"), expect.stringContaining("has a space or one of")],
    ["too long for a QR scene", text("G".repeat(61)), "has more than 60 characters"],
  ])("as a code: %s", (_, cell, expected) => {
    expect(told(readCode(cell))).toEqual(expected);
  });

  test.each([
    [text("2031-12-31"), "2031-12-31"],
    [text("2031/1/5"), "2031-01-05"],
    [text("2031.1.5"), "2031-01-05"],
    [text("２０３１年１月５日"), "2031-01-05"],
    [text("20310105"), "2031-01-05"],
    [date("2031-01-05"), "2031-01-05"],
    [text(" "), null],
    [text("2031-02-29"), expect.stringContaining("is no day")],
    [text("2031-13-01"), expect.stringContaining("is no day")],
    [text("05/01/2031"), expect.stringContaining("is no day")],
    [text("2031"), expect.stringContaining("is no day")],
    [number("46022"), expect.stringContaining("is no day: Excel keeps 2025-12-31 as this number")],
    [number("20310105"), "2031-01-05"],
  ])("as a day: %j", (cell, expected) => {
    expect(told(readDay(cell))).toEqual(expected);
  });

  test.each([
    ["township", "township"],
    ["乡", "township"],
    ["镇级", "township"],
    ["县", "county"],
    ["区级人大代表", "county"],
    ["市", "city"],
    ["省级", "provincial"],
    ["全国人大代表", "national"],
    ["村", expect.stringContaining("is no level")],
    ["__proto__", expect.stringContaining("is no level")],
  ])("as a level: %s", (value, expected) => {
    expect(told(readLevel(text(value)))).toEqual(expected);
  });

  test.each([
    ["13800000001", "13800000001"],
    ["0536-1234567 转 8", "0536-1234567 转 8"],
    ["", null],
    ["无", expect.stringContaining("is no phone number")],
    ["--()--", expect.stringContaining("is no phone number")],
  ])("as a phone: %s", (value, expected) => {
    expect(told(readPhone(text(value)))).toEqual(expected);
  });

  test.each([
    ["119.4132", 119.4132],
    ["", null],
    ["119.4132E", expect.stringContaining("is no number of degrees")],
    ["119,4132", expect.stringContaining("is no number of degrees")],
  ])("as degrees: %s", (value, expected) => {
    expect(told(readDegrees(text(value)))).toEqual(expected);
  });

  test("lists have each item once, posts have roles", () => {
    expect(told(readList(text("甲;乙；甲\n; 丙 ")))).toEqual(["甲", "乙", "丙"]);
    expect(told(readPosts(text("G1；G2：backup;G3:备;")))).toEqual([
      { code: "G1", role: "primary" },
      { code: "G2", role: "backup" },
      { code: "G3", role: "backup" },
    ]);
    expect(told(readPosts(text("G1;G1:backup")))).toBe("names G1 twice");
    expect(told(readPosts(text("G1:boss")))).toContain("is not understood");
    expect(told(readPosts(text("G1:constructor")))).toContain("is not understood");
    expect(told(readPosts(date("2026-01-03")))).toContain("turned into the date");
  });

  test("any text becomes well-formed text on one line, and stays so", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (value) => {
        const clean = cleanText(value);
        expect(clean.isWellFormed()).toBe(true);
        expect(clean).not.toMatch(/[\p{Cc}\p{Cf}]/u);
        expect(cleanText(clean)).toBe(clean);
      }),
    );
  });
});

describe("encodings", () => {
  test("UTF-8 with and without mark, and GB18030, but nothing else", () => {
    expect(decode(new TextEncoder().encode("编号,名称"))).toBe("编号,名称");
    expect(decode(Uint8Array.of(0xb1, 0xe0, 0xba, 0xc5, 0x2c, 0xc3, 0xfb, 0xb3, 0xc6))).toBe("编号,名称");
    expect(decode(Uint8Array.of(0x95, 0x32, 0x82, 0x36))).toBe("𠀀");
    expect(decode(Uint8Array.of(0xff, 0xfe, 0x31, 0x00))).toBeNull();
    expect(decode(Uint8Array.of(0x80, 0xff))).toBeNull();
  });

  test("every text comes back", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), (value) => {
        fc.pre(!value.includes("\0") && !value.startsWith("\uFEFF"));
        expect(decode(new TextEncoder().encode(value))).toBe(value);
      }),
    );
  });
});

describe("kinds of tables", () => {
  test.each([
    ["grids", [], "grids"],
    ["青禾县网格表2026", [], "grids"],
    ["代表联络站", [], "stations"],
    ["人大代表名单", [], "deputies"],
    ["承办单位", [], "units"],
    ["地名", [], "places"],
    ["Sheet1", ["编号", "姓名", "级别"], "deputies"],
    ["Sheet1", ["编号", "名称", "类别"], "units"],
    ["Sheet1", ["编号", "名称", "乡镇", "社区"], "grids"],
    ["Sheet1", ["编号", "名称", "乡镇", "地址"], "stations"],
    ["Sheet1", ["名称", "网格"], "places"],
    ["Sheet1", ["编号", "名称"], null],
  ] as const)("%s %j -> %s", (title, headers, kind) => {
    expect(kindOf(title, headers)).toBe(kind);
  });

  test("a header is known in English and Chinese, with any spaces and width", () => {
    expect(columnNamed("deputies", " 任期 至 ")).toBe("until");
    expect(columnNamed("deputies", "ＣＯＤＥ")).toBe("code");
    expect(columnNamed("deputies", "constructor")).toBeNull();
  });
});

describe("shapes", () => {
  const square = [
    [119.4, 36],
    [119.41, 36],
    [119.41, 36.01],
    [119.4, 36.01],
    [119.4, 36],
  ];
  const hole = square.map(([x = 0, y = 0]) => [119.405 + (x - 119.405) / 4, 36.005 + (y - 36.005) / 4]);
  const polygon = (...rings: number[][][]) => ({ type: "Polygon", coordinates: rings });
  const read = (geometry: unknown) => told(readShape(geometry, "gcj02"));

  test("polygons with holes, several polygons, and rings that were left open", () => {
    expect(read(polygon(square, hole))).toEqual([[square, expect.anything()]]);
    expect(read({ type: "MultiPolygon", coordinates: [[square], [hole]] })).toHaveLength(2);
    expect(read(polygon(square.slice(0, -1)))).toEqual([[square]]);
  });

  test("WGS-84 and BD-09 come to lie some hundred metres elsewhere", () => {
    for (const datum of ["wgs84", "bd09"] as const) {
      const reading = readShape(polygon(square), datum);
      const corner = reading.ok ? reading.value[0]?.[0]?.[0] : undefined;
      expect(Math.hypot(corner![0]! - 119.4, corner![1]! - 36)).toBeGreaterThan(0.002);
      expect(Math.hypot(corner![0]! - 119.4, corner![1]! - 36)).toBeLessThan(0.02);
    }
  });

  test.each([
    ["no geometry", null, "the shape has no Polygon or MultiPolygon"],
    ["a point", { type: "Point", coordinates: [119, 36] }, "the shape has no Polygon or MultiPolygon"],
    ["words", polygon([["a", "b"]] as never), "the shape has no Polygon or MultiPolygon"],
    ["two corners", polygon(square.slice(0, 2)), "the shape has a ring of fewer than three corners"],
    ["a line", polygon([square[0]!, square[1]!, square[0]!, square[1]!]), "the shape has a ring without area"],
    ["swapped", polygon(square.map(([x = 0, y = 0]) => [y, x])), expect.stringContaining("swapped")],
    ["metres", polygon(square.map(([x = 0, y = 0]) => [x * 1e5, y * 1e5])), expect.stringContaining("outside China")],
    [
      "a bow",
      polygon([square[0]!, square[2]!, square[1]!, square[3]!, square[0]!]),
      "the shape has a ring that crosses itself",
    ],
    ["a loose hole", polygon(hole, square), "the shape has a hole that is not inside its outer ring"],
    ["a hole as large as it is", polygon(square, square), expect.stringContaining("no point lies in it")],
    [
      "that hole the other way round",
      polygon(square, square.toReversed()),
      expect.stringContaining("no point lies in it"),
    ],
    [
      "that hole begun elsewhere, with a corner more",
      polygon(square, [[119.405, 36], ...square.slice(1), [119.405, 36]]),
      expect.stringContaining("no point lies in it"),
    ],
    [
      "two holes that are all of it",
      polygon(
        square,
        [square[0]!, square[1]!, square[2]!, square[0]!],
        [square[0]!, square[2]!, square[3]!, square[0]!],
      ),
      expect.stringContaining("no point lies in it"),
    ],
  ])("%s is refused", (_, geometry, what) => {
    expect(read(geometry)).toEqual(what);
  });
});
