import writeExcelFile from "write-excel-file/node";
import { zhMistake } from "../../../domain/wording/mistakes/zh.ts";
import type { RawTable } from "../spreadsheet/cell.ts";
import { defused } from "../spreadsheet/defused.ts";
import { lettersOf } from "../spreadsheet/sheet.ts";
import type { CellError } from "./cell-errors.ts";

const BAD = "#ffd6d6";
const LONGEST_SHEET_NAME = 31;
/** A longer list comes back without the rows in which nothing is wrong: a workbook is written at one go, which keeps its process busy. */
const MOST_ROWS = 2_000;
/** Among so many rows at the top are the columns. */
const TOP_ROWS = 12;

/** Writes lists anew as a workbook: bad cells coloured, and a last column that says what is wrong and what would be right. */
export async function writeRemarks(tables: readonly RawTable[], errors: readonly CellError[]): Promise<Buffer> {
  const used = new Set<string>();
  const sheets = tables.map((table) => {
    const own = errors.filter(({ file, sheet }) => table.file === (sheet === "" ? file : `${file}[${sheet}]`));
    const byRow = Map.groupBy(own, ({ row }) => row);
    const kept = keptRows(table, byRow);
    const width = Math.max(1, table.headers?.length ?? 0, ...kept.map(({ cells }) => cells.length));
    const bad = new Set(own.map(({ cell }) => cell));
    const rows = kept.map(({ row, cells }) => {
      const wrong = byRow.get(row) ?? [];
      const shown = Array.from({ length: width }, (_, index) => {
        const isBad = bad.has(`${lettersOf(index)}${row}`);
        return { value: defused(cells[index]?.text ?? ""), ...(isBad ? { backgroundColor: BAD } : {}) };
      });
      const remark = wrong.map(remarkOf).join("\n");
      return [...shown, { value: remark, wrap: true, ...(remark === "" ? {} : { backgroundColor: BAD }) }];
    });
    const headers = table.headers?.map((value) => ({ value: defused(value), fontWeight: "bold" as const }));
    const data = headers === undefined ? rows : [[...headers, { value: "哪里不对" }], ...rows];
    return { sheet: sheetName(table.title, used), data };
  });
  const whole = errors.filter(
    ({ file, sheet }) => !tables.some((table) => table.file === (sheet === "" ? file : `${file}[${sheet}]`)),
  );
  const rest = [
    [{ value: "文件" }, { value: "哪里不对" }],
    ...whole.map((one) => [{ value: defused(one.file) }, { value: remarkOf(one) }]),
  ];
  const all =
    whole.length === 0 && sheets.length > 0 ? sheets : [...sheets, { sheet: sheetName("其他", used), data: rest }];
  return writeExcelFile(all).toBuffer();
}

function keptRows({ rows }: RawTable, byRow: ReadonlyMap<number, unknown>): RawTable["rows"] {
  if (rows.length <= MOST_ROWS) return rows;
  return rows.filter(({ row }, at) => at < TOP_ROWS || byRow.has(row)).slice(0, MOST_ROWS);
}

function remarkOf(error: CellError): string {
  const { wrong, right } = zhMistake(error);
  const { column, text } = error;
  return defused(`${column === "" ? "" : `${column}：`}${wrong}。${right}（${text}）`);
}

/** Excel takes 31 signs and none of these; two sheets of one name it takes for broken. */
function sheetName(title: string, used: Set<string>): string {
  const plain = title.replace(/[\\/?*[\]:]/g, " ").slice(0, LONGEST_SHEET_NAME - 4) || "Sheet";
  let name = plain;
  for (let count = 2; used.has(name.toLowerCase()); count += 1) name = `${plain} ${count}`;
  used.add(name.toLowerCase());
  return name;
}
