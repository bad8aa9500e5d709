import writeExcelFile from "write-excel-file/node";
import type { DryRunReport } from "../../domain/rule-trials/dry-run-report.ts";
import { DRY_RUN_EN, type DryRunWords } from "../../domain/rule-trials/dry-run-words.ts";
import { defused } from "../import/spreadsheet/defused.ts";

type Value = string | number;

/** A dry run as a workbook of four sheets. */
export function dryRunWorkbook(report: DryRunReport, words: DryRunWords = DRY_RUN_EN): Promise<Buffer> {
  const { sums, sheets, heads } = words;
  const counts = (Object.keys(sums) as (keyof typeof sums)[]).map((name): Value[] => [sums[name], report[name]]);
  return writeExcelFile([
    sheet(sheets.summary, heads.summary, counts),
    sheet(sheets.rules, heads.rules, Object.entries(report.perRule)),
    sheet(
      sheets.load,
      heads.load,
      report.loads.map(({ who, before, after }) => [who, before, after]),
    ),
    sheet(
      sheets.cases,
      heads.cases,
      report.differences.map((one) => [one.case, one.from, one.to, one.rule]),
    ),
  ]).toBuffer();
}

function sheet(name: string, headers: readonly string[], rows: readonly (readonly Value[])[]) {
  const cells = rows.map((row) => row.map((value) => ({ value: typeof value === "string" ? defused(value) : value })));
  return { sheet: name, data: [headers.map((value) => ({ value, fontWeight: "bold" as const })), ...cells] };
}
