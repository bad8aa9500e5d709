import writeExcelFile from "write-excel-file/node";
import { defused } from "../../casework/import/spreadsheet/defused.ts";
import type { DryRunReport } from "../../domain/rule-trials/dry-run-report.ts";

type Value = string | number;

/** Writes a dry run as a workbook of four sheets. */
export async function writeDryRun(report: DryRunReport, file: string): Promise<void> {
  const { messages, moved, movedAgainstPublished, nobody, leftOut, differencesLeftOut } = report;
  await writeExcelFile([
    sheet(
      "Summary",
      ["what", "matters"],
      [
        ["matters of the past", messages],
        ["to somebody else than they went", moved],
        ["to somebody else than by the rules that hold now", movedAgainstPublished],
        ["no deputy found", nobody],
        ["sealed or urgent, not asked about", leftOut],
        ["differences that are not listed", differencesLeftOut],
      ],
    ),
    sheet("Rules", ["rule", "matters"], Object.entries(report.perRule)),
    sheet(
      "Load",
      ["who", "did get", "would have got"],
      report.loads.map(({ who, before, after }) => [who, before, after]),
    ),
    sheet(
      "Differences",
      ["case", "from", "to", "rule"],
      report.differences.map((one) => [one.case, one.from, one.to, one.rule]),
    ),
  ]).toFile(file);
}

function sheet(name: string, headers: readonly string[], rows: readonly (readonly Value[])[]) {
  const cells = rows.map((row) => row.map((value) => ({ value: typeof value === "string" ? defused(value) : value })));
  return { sheet: name, data: [headers.map((value) => ({ value, fontWeight: "bold" as const })), ...cells] };
}
