import { describe, expect, it, test } from "vitest";
import { assignments } from "../../../db/schema/people.ts";
import { grids } from "../../../db/schema/places.ts";
import { sayListNote } from "../../../src/domain/wording/mistakes/list-notes.ts";
import { countsOf, errorsOf, importTexts, rows, withCounties } from "./importing.ts";
import { rawRow, rawWorkbook } from "./raw-workbook.ts";

withCounties();

const notesOf = (result: Awaited<ReturnType<typeof importTexts>>) => result.notes.map(sayListNote);
const gridRows = () => rows((tx) => tx.select({ code: grids.code, name: grids.name }).from(grids).orderBy(grids.code));

describe("a list as offices keep it", () => {
  it("may have titles, numbers, remarks, gaps and a sum, which are named and not read", async () => {
    const result = await importTexts({
      "网格.csv": [
        "青禾县网格一览表,,,,",
        "填报单位：东关街道,,填报日期：2026年11月,,",
        "序号,编 号,名称,乡镇（必填）,备注",
        "1,G1,一组,甲镇,=ROW()",
        ",,,,",
        "2,G2,二组,甲镇,",
        "3,,,,",
        "合计,2,,,",
      ].join("\n"),
    });
    expect(errorsOf(result)).toEqual([]);
    expect(notesOf(result)).toEqual([
      "网格.csv:1: “青禾县网格一览表” stands above the columns and was not read",
      "网格.csv:2: “填报单位：东关街道 填报日期：2026年11月” stands above the columns and was not read",
      "网格.csv:8: is a sum (合计) and was not read",
      "网格.csv: not read, for they are for whoever looks at the list: 序号, 备注",
    ]);
    expect(await gridRows()).toEqual([
      { code: "G1", name: "一组" },
      { code: "G2", name: "二组" },
    ]);
  });

  it("keeps the numbers of its rows below a title", async () => {
    const result = await importTexts({ "代表.csv": "代表名单\n\n编号,姓名,级别\nD1,李四,乡\n\nD2,,乡\nD3,王五,村\n" });
    expect(errorsOf(result).map((error) => error.slice(0, 12))).toEqual(["代表.csv:6: na", "代表.csv:7: le"]);
  });

  it("may name its columns in two rows, and once more on a new page", async () => {
    const book = rawWorkbook([
      {
        name: "联络站",
        merged: ["A1:A2", "B1:B2", "C1:C2", "D1:E1"],
        rows: [
          rawRow(1, ["编号", "名称", "乡镇", "位置"]),
          rawRow(2, [null, null, null, "经度", "纬\n度"]),
          rawRow(3, ["S1", "一站", "甲镇", "119.4", "36.1"]),
          rawRow(4, ["编号", "名称", "乡镇", "经度", "纬度"]),
          rawRow(5, ["S2", "二站", "甲镇", "119.4", "36.1"]),
        ],
      },
    ]);
    const result = await importTexts({ "book.xlsx": book });
    expect(countsOf(result)).toMatchObject({ stations: { added: 2 } });
    expect(notesOf(result)).toEqual(["book.xlsx[联络站]:4: names the columns once more and was not read"]);
  });

  it("may have its columns in groups, merged or not", async () => {
    const text = "基本信息,,,归属,\n编号,名称,乡镇,社区,联络站\nG1,一组,甲镇,一社区,\n";
    expect(countsOf(await importTexts({ "网格.csv": text }))).toMatchObject({ grids: { added: 1 } });
  });

  test.each([
    [
      "no row of columns",
      "各村网格负责人名单\n甲,乙\n",
      "网格.csv:1: “各村网格负责人名单” is a title: the first row must name the columns",
    ],
    [
      "a row of the list above its columns",
      "G0,零组,甲镇\n编号,名称,乡镇\nG1,一组,甲镇\n",
      "网格.csv:1: “G0 零组 甲镇” stands above",
    ],
    [
      "an unknown column below a title",
      "网格\n编号,名称,乡镇,颜色\nG1,一组,甲镇,红\n",
      "网格.csv:2: the column “颜色” is not known",
    ],
    [
      "a column twice below a title",
      "网格\n编号,名称,名 称,乡镇\nG1,一组,一组,甲镇\n",
      "网格.csv:2: the column “名 称” is there twice",
    ],
    ["a missing column below a title", "网格\n名称,乡镇\n一组,甲镇\n", "网格.csv:2: the column code is missing"],
    [
      "columns parted by semicolons",
      "编号;名称;乡镇\nG1;一组;甲镇\n",
      "网格.csv:1: has its columns parted by something else",
    ],
  ])("with %s is told so", async (_, text, expected) => {
    const result = await importTexts({ "网格.csv": text });
    expect(errorsOf(result).join("\n")).toContain(expected);
    expect(await gridRows()).toEqual([]);
  });

  it("may be beside a sheet that tells how to fill it in", async () => {
    const book = rawWorkbook([
      { name: "填表说明", rows: [rawRow(1, ["一、编号不能重复。"]), rawRow(2, ["二、名称写全称。"])] },
      { name: "网格", rows: [rawRow(1, ["编号", "名称", "乡镇"]), rawRow(2, ["G1", "一组", "甲镇"])] },
    ]);
    const result = await importTexts({ "book.xlsx": book });
    expect(countsOf(result)).toMatchObject({ grids: { added: 1 } });
    expect(notesOf(result)).toEqual(["book.xlsx[填表说明]: says how to fill in the others and was not read"]);
  });
});

describe("what a cell holds that cannot be read", () => {
  const known = async () => {
    await importTexts({
      "stations.csv": "code,name,township\nS1,一站,甲镇\n",
      "grids.csv": "code,name,township,station,aliases\n003412,一组,甲镇,S1,老桥;新桥\nG2,二组,甲镇,S1,\n",
      "deputies.csv": "code,name,level,grids,until,phone\nD1,李四,乡,003412;G2:backup,2031-12-31,10000000001\n",
    });
  };
  const active = () => rows((tx) => tx.select({ until: assignments.untilOn }).from(assignments));

  test.each([
    ["#N/A"],
    ["#REF!"],
    ["#VALUE!"],
    ["#DIV/0!"],
    ["＃N/A"],
    ["########"],
    ["Err:502"],
    ["=VLOOKUP(A2,B:C,2)"],
    ["NULL"],
    ["nan"],
    ["1.38E+10"],
    ["???"],
    ["老\uFFFD桥"],
    ["无"],
    ["/"],
  ])("in a CSV file: %s is an error in every column, and changes nothing", async (value) => {
    await known();
    const cell = `"${value}"`;
    const result = await importTexts({
      "grids.csv": `code,name,township,community,station,aliases\nG2,${Array(5).fill(cell).join(",")}\n`,
      "deputies.csv": `code,name,level,district,phone,stations,grids,groups,until\nD1,${Array(8).fill(cell).join(",")}\n`,
    });
    const told = errorsOf(result);
    for (const column of ["name", "township", "community", "station", "aliases"]) {
      expect(told).toContainEqual(expect.stringMatching(new RegExp(`^grids\\.csv:2: ${column} `)));
    }
    for (const column of ["name", "level", "district", "phone", "stations", "grids", "groups", "until"]) {
      expect(told).toContainEqual(expect.stringMatching(new RegExp(`^deputies\\.csv:2: ${column} `)));
    }
    expect((await active()).every(({ until }) => until === null)).toBe(true);
  });

  it("in a workbook: an error or a formula without a value ends no assignment", async () => {
    await known();
    for (const xml of ['<c t="e"><v>#N/A</v></c>', "<c><f>B2</f></c>", '<c t="b"><v>0</v></c>']) {
      const list = [rawRow(1, ["编号", "姓名", "级别", "网格"]), rawRow(2, ["D1", "李四", "乡", { xml }])];
      expect(errorsOf(await importTexts({ "book.xlsx": rawWorkbook([{ name: "代表", rows: list }]) }))).toEqual([
        expect.stringMatching(/^book\.xlsx\[代表\]:2: grids is /),
      ]);
    }
    expect((await active()).every(({ until }) => until === null)).toBe(true);
  });

  it("in a column that nobody reads does no harm", async () => {
    const list = [
      rawRow(1, ["序号", "编号", "名称", "乡镇"]),
      rawRow(2, [{ xml: "<c><f>ROW()-1</f></c>" }, "G1", "一组", "甲镇"]),
    ];
    expect(countsOf(await importTexts({ "book.xlsx": rawWorkbook([{ name: "网格", rows: list }]) }))).toMatchObject({
      grids: { added: 1 },
    });
  });

  it("of a merged cell counts for all its rows, and is said; one beside others is an error", async () => {
    await known();
    const list = [
      rawRow(1, ["编号", "名称", "联络站", "别名"]),
      rawRow(2, ["003412", "一组", "S1", "老桥;新桥"]),
      rawRow(3, ["G2", "二组"]),
    ];
    const book = (merged: string[]) => ({ "book.xlsx": rawWorkbook([{ name: "网格", rows: list, merged }]) });
    const result = await importTexts(book(["C2:C3"]));
    expect(countsOf(result)).toMatchObject({ grids: { unchanged: 2, changed: 0 } });
    expect(notesOf(result)).toEqual([
      "book.xlsx[网格]:2: station is one merged cell down to row 3: “S1” was taken for each of these rows",
    ]);
    expect(errorsOf(await importTexts(book(["B3:D3"])))).toEqual([
      "book.xlsx[网格]:3: station is covered by the merged cell B3:D3: take it apart",
      "book.xlsx[网格]:3: aliases is covered by the merged cell B3:D3: take it apart",
    ]);
  });

  it("as a number with zeros in front is what the sheet shows", async () => {
    await known();
    const formats = ["000000", "0000-0000000"];
    const numbers = (code: string, phone: string) => ({
      "book.xlsx": rawWorkbook(
        [
          { name: "网格", rows: [rawRow(1, ["编号", "名称", "乡镇"]), rawRow(2, [{ xml: code }, "一组", "甲镇"])] },
          { name: "单位", rows: [rawRow(1, ["编号", "名称", "电话"]), rawRow(2, ["U1", "住建局", { xml: phone }])] },
        ],
        { formats },
      ),
    });
    const shown = await importTexts(numbers('<c s="1"><v>3412</v></c>', '<c s="2"><v>5168888888</v></c>'));
    expect(countsOf(shown)).toMatchObject({ grids: { added: 0, unchanged: 1 }, units: { added: 1 } });
    const bare = await importTexts(numbers("<c><v>3412</v></c>", "<c><v>5168888888</v></c>"));
    expect(errorsOf(bare).toReversed()).toEqual([
      "book.xlsx[网格]:2: 3412 is new and 003412 is known: a zero in front may be lost; format the column as text and write it again",
      expect.stringContaining(
        "book.xlsx[单位]:2: phone was turned into the number 5168888888 and lacks the zero in front",
      ),
    ]);
  });

  it("in CSV: a code that lost its zeros is no new code", async () => {
    await known();
    expect(errorsOf(await importTexts({ "grids.csv": "code,name,township\n3412,一组,甲镇\n" }))).toEqual([
      expect.stringContaining("grids.csv:2: 3412 is new and 003412 is known"),
    ]);
  });

  it("takes away only what is said to be empty, and says what", async () => {
    await known();
    const result = await importTexts({
      "grids.csv": "code,name,station,aliases\n003412,一组,,老桥\n",
      "deputies.csv": "code,name,level,grids,phone\nD1,李四,乡,003412,\n",
    });
    expect(result.ok && result.takenAway.map(({ at, of, what, value }) => [at, of, what, value].join("|"))).toEqual([
      "grids.csv:2|003412 一组|station|S1",
      "grids.csv:2|003412 一组|aliases|新桥",
      "deputies.csv:2|D1 李四|phone|",
      "deputies.csv:2|D1 李四|assignments|grid G2 (backup)",
    ]);
  });
});
