import { basename, extname } from "node:path";
import { CsvError, parse } from "csv-parse/sync";
import { failed, isBlank, type Reading, textCell } from "./cell.ts";

/** The text of a CSV file: UTF-8 with or without mark, else GB18030, as Excel in China writes it; null for neither. */
export function decode(bytes: Uint8Array): string | null {
  for (const encoding of ["utf-8", "gb18030"]) {
    try {
      const text = new TextDecoder(encoding, { fatal: true }).decode(bytes);
      if (!text.includes("\0")) return text;
    } catch (error) {
      if (!(error instanceof TypeError)) throw error;
    }
  }
  return null;
}

/** The table of a CSV file. A row that goes over several lines counts once, as the spreadsheet shows it. */
export function readCsv(path: string, bytes: Uint8Array): Reading {
  const file = basename(path);
  const text = decode(bytes);
  if (text === null) return failed(file, "wrong-encoding", {});
  try {
    const records = parse(text, { bom: true, relax_column_count: true });
    const rows = records
      .map((record, index) => ({ row: index + 1, cells: record.map(textCell) }))
      .filter(({ cells }) => !cells.every(isBlank));
    const [first] = rows;
    if (first === undefined) return failed(file, "no-table", {});
    const [only, second] = first.cells;
    if (second === undefined && /[;；\t|]/.test(only?.text ?? "")) {
      return failed(file, "wrong-commas", {}, first.row);
    }
    return { tables: [{ file, title: basename(path, extname(path)), headers: null, rows }], errors: [], notes: [] };
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const row = Number(error.records ?? 0) + 1;
    return failed(file, "bad-csv", { said: error.message }, row);
  }
}
