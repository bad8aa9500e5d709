import { describe, expect, it, test } from "vitest";
import type { Cell } from "../../../src/casework/import/spreadsheet/cell.ts";
import { readFormat } from "../../../src/casework/import/spreadsheet/number-format.ts";
import { readWorkbook } from "../../../src/casework/import/spreadsheet/workbook.ts";
import { faultText, sayListMistake } from "../../../src/domain/wording/mistakes/en.ts";
import { sayListNote } from "../../../src/domain/wording/mistakes/list-notes.ts";
import { type RawShared, rawRow, rawWorkbook } from "./raw-workbook.ts";

const HEADER = rawRow(1, ["编号", "名称"]);
const read = (bytes: Uint8Array) => readWorkbook("/list/网格.xlsx", bytes);
/** What is read of one cell in the second row. */
const cellOf = (xml: string, shared: RawShared = {}): (Cell & { readonly what?: string }) | null | undefined => {
  const [table] = read(rawWorkbook([{ name: "网格", rows: [HEADER, rawRow(2, ["G1", { xml }])] }], shared)).tables;
  const cell = table?.rows[1]?.cells[1];
  return cell != null && "fault" in cell ? { ...cell, what: faultText(cell.fault) } : cell;
};
const unreadable = (what: string) => ({ form: "unreadable", what: expect.stringContaining(what) });

describe("a cell of a workbook", () => {
  test.each([
    ["an error", '<c t="e"><v>#N/A</v></c>', unreadable("is the error “#N/A”")],
    ["an error of a formula", '<c t="e"><f>VLOOKUP(A1,B:B,2)</f><v>#REF!</v></c>', unreadable("is the error “#REF!”")],
    ["an error written as text", '<c t="inlineStr"><is><t>＃VALUE!</t></is></c>', unreadable("is the error")],
    ["an error inside a text", '<c t="str"><f>A1&amp;B1</f><v>G1;#N/A</v></c>', unreadable("is the error")],
    ["a formula without a value", "<c><f>B1</f></c>", unreadable("is a formula without a stored value")],
    ["a formula with an empty value", "<c><f>B1</f><v></v></c>", unreadable("is a formula without a stored value")],
    ["a formula that is shared by others", '<c><f t="shared" si="0"/></c>', unreadable("is a formula without")],
    [
      "a formula that gives 0 for an empty cell",
      "<c><f>Sheet2!B3</f><v>0</v></c>",
      unreadable("is a formula that gives 0"),
    ],
    ["a logical value", '<c t="b"><v>1</v></c>', unreadable("is the logical value TRUE")],
    ["a text that is not there", '<c t="s"><v>7</v></c>', unreadable("is not in the file")],
    ["an unknown type", '<c t="zz"><v>7</v></c>', unreadable("unknown type")],
    ["no number", "<c><v>twelve</v></c>", unreadable("is no number")],
  ])("with %s is unreadable, not empty", (_, xml, expected) => {
    expect(cellOf(xml)).toMatchObject(expected);
  });

  test.each([
    ["a formula's text", '<c t="str"><f>B1</f><v>一组</v></c>', { form: "text", text: "一组" }],
    ["a formula's number", "<c><f>B1</f><v>12</v></c>", { form: "number", text: "12" }],
    [
      "inline text in runs",
      '<c t="inlineStr"><is><r><t>东</t></r><r><t>关</t></r></is></c>',
      { form: "text", text: "东关" },
    ],
    ["text with a number in exponents", "<c><v>1.3800000001E10</v></c>", { form: "number", text: "13800000001" }],
    ["what XML cannot hold", '<c t="inlineStr"><is><t>东_x000A_关</t></is></c>', { form: "text", text: "东\n关" }],
    ["a day as text", '<c t="d"><v>2031-12-31T00:00:00Z</v></c>', { form: "date", text: "2031-12-31" }],
    [
      "a formula that quotes digits",
      '<c t="inlineStr"><is><t>="003412"</t></is></c>',
      { form: "text", text: "003412" },
    ],
  ])("with %s is read", (_, xml, expected) => {
    expect(cellOf(xml)).toEqual(expected);
  });

  test.each([
    ["a formula that gives nothing", '<c t="str"><f>IF(A1="","",A1)</f><v></v></c>'],
    ["a style alone", '<c s="0"/>'],
    ["an empty text", '<c t="s"><v>0</v></c>'],
  ])("with %s is empty", (_, xml) => {
    const { tables } = read(
      rawWorkbook([{ name: "网格", rows: [HEADER, rawRow(2, ["G1", { xml }, "x"])] }], { strings: ["<t></t>"] }),
    );
    expect(tables[0]?.rows[1]?.cells[1]).toEqual({ form: "text", text: "" });
  });

  it("has the text of its runs, and not how they are pronounced", () => {
    const strings = [
      '<r><t>柳</t></r><rPh sb="0" eb="1"><t>リュウ</t></rPh><r><t xml:space="preserve"> 河</t></r><phoneticPr/>',
    ];
    expect(cellOf('<c t="s"><v>0</v></c>', { strings })).toEqual({ form: "text", text: "柳 河" });
  });

  it("counts days from 1904 where the workbook says so", () => {
    const formats = ["yyyy-mm-dd"];
    expect(cellOf('<c s="1"><v>48213</v></c>', { formats })).toEqual({ form: "date", text: "2031-12-31" });
    expect(cellOf('<c s="1"><v>46751</v></c>', { formats, date1904: true })).toEqual({
      form: "date",
      text: "2031-12-31",
    });
    expect(cellOf('<c s="1"><v>0.5</v></c>', { formats })).toMatchObject(unreadable("is a time of day"));
  });

  test.each([
    ["000000", "3412", "003412"],
    ["00000000000", "5168888888", "05168888888"],
    ["0000-0000000", "5168888888", "0516-8888888"],
    ['"G"000', "7", "G007"],
    ["\\G000;-000", "7", "G007"],
    ['0"号"', "12", "12号"],
    ["[$-804]0000", "12", "0012"],
    ["#,##0", "3412", null],
    ["0.00", "3412", null],
    ["# ?/?", "0.5", null],
    ["0.00E+00", "13800000001", null],
    ["[<100]00;000", "7", null],
    ['"无"', "7", null],
  ])("in the format %s shows %s as %s", (format, value, shown) => {
    const xml = `<c s="1"><v>${value}</v></c>`;
    expect(cellOf(xml, { formats: [format] })).toEqual({ form: "number", text: value, shown });
  });

  test.each(["General", "G/通用格式", "@", "0", "#", "[Red]0", "000"])(
    "in the format %s shows a number as it is",
    (format) => {
      expect(cellOf('<c s="1"><v>3412</v></c>', { formats: [format] })).toEqual({ form: "number", text: "3412" });
    },
  );

  test.each([
    "yyyy-mm-dd",
    'yyyy"年"m"月"d"日"',
    "yyyy年m月d日",
    "[$-F800]dddd",
    "e年m月",
    "m/d;@",
    "[h]:mm",
    "上午/下午h时",
  ])("in the format %s is a date", (format) => {
    expect(readFormat(format)).toBe("date");
  });

  it("is unreadable as a percentage", () => {
    expect(cellOf('<c s="1"><v>0.3412</v></c>', { formats: ["0.00%"] })).toMatchObject(
      unreadable("is the percentage 34.12%"),
    );
  });
});

describe("a sheet", () => {
  it("keeps the numbers of its rows, with gaps and with rows and cells that say no number", () => {
    const rows = [
      HEADER,
      rawRow(5, ["G1"]),
      '<row><c t="inlineStr"><is><t>G2</t></is></c></row>',
      rawRow(9, [null, "三组"]),
    ];
    expect(read(rawWorkbook([{ name: "网格", rows }])).tables[0]?.rows.map(({ row }) => row)).toEqual([1, 5, 6, 9]);
  });

  it("fills merged cells down, and covers what lies beside", () => {
    const rows = [HEADER, rawRow(2, ["S1", "一组"]), rawRow(3, [null, "二组"]), rawRow(4, [null, "三组"])];
    const [down] = read(rawWorkbook([{ name: "网格", rows, merged: ["A2:A4"] }])).tables;
    expect(down?.rows.map(({ cells }) => cells[0])).toEqual([
      { form: "text", text: "编号" },
      { form: "text", text: "S1" },
      { form: "text", text: "S1", from: 2 },
      { form: "text", text: "S1", from: 2 },
    ]);
    const [beside] = read(rawWorkbook([{ name: "网格", rows: [HEADER, rawRow(2, ["S1"])], merged: ["A2:B2"] }])).tables;
    expect(beside?.rows[1]?.cells[1]).toMatchObject({
      form: "covered",
      fault: { code: "covered", values: { from: "A2", to: "B2" } },
    });
  });

  it("of a hidden tab is left out and named; hidden rows and columns are read and named", () => {
    const rows = [
      HEADER,
      rawRow(2, ["G1", "一组"], 'hidden="1"'),
      rawRow(3, ["G2", "二组"], 'hidden="true"'),
      rawRow(4, ["G3", "三组"]),
    ];
    const reading = read(
      rawWorkbook([
        { name: "网格", rows, columns: '<cols><col min="2" max="16384" hidden="1"/></cols>' },
        { name: "字典", rows: [HEADER], state: "veryHidden" },
      ]),
    );
    expect(reading.tables.map(({ rows: { length } }) => length)).toEqual([4]);
    expect(reading.notes.map(sayListNote)).toEqual([
      "网格.xlsx[网格]: hidden rows were read all the same: 2-3",
      "网格.xlsx[网格]: hidden columns were read all the same: B",
      "网格.xlsx[字典]: is a hidden sheet and was not read",
    ]);
  });

  it("with names in another prefix is read too", () => {
    const [table] = read(
      rawWorkbook([{ name: "网格", rows: ['<x:row r="1"><x:c r="B1" t="str"><x:v>编号</x:v></x:c></x:row>'] }]),
    ).tables;
    expect(table?.rows[0]?.cells.map((cell) => cell?.text)).toEqual(["", "编号"]);
  });
});

describe("a file that is no workbook", () => {
  const compound = Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]);
  test.each([
    [
      "under a password",
      Buffer.concat([compound, Buffer.from("EncryptedPackage", "utf16le")]),
      "is protected by a password",
    ],
    ["of an old Excel", Buffer.concat([compound, Buffer.from("Workbook", "utf16le")]), "save it as .xlsx"],
    ["that is a page", Buffer.from("<html><table>"), "save it as .xlsx"],
    ["that is broken", Buffer.from("PK\u0003\u0004broken"), "cannot be read as .xlsx"],
    ["with a document type", rawWorkbook([{ name: "网格", rows: ["<!DOCTYPE a>"] }]), "document type"],
    ["cut off", rawWorkbook([{ name: "网格", rows: [HEADER] }]).subarray(0, 300), "cannot be read as .xlsx"],
    ["without a sheet", rawWorkbook([]), "holds no table"],
  ])("%s is named with what to do", (_, bytes, what) => {
    const { tables, errors } = read(bytes);
    expect(tables).toEqual([]);
    const [told, ...others] = errors.map(sayListMistake);
    expect([told, others]).toEqual([expect.stringMatching(/^网格\.xlsx:1: /), []]);
    expect(told).toContain(what);
  });
});
