import writeExcelFile from "write-excel-file/node";
import { defused } from "../import/spreadsheet/defused.ts";
import { nameOfPart, type Report, sayFilter } from "./report.ts";

type Value = string | number | null;

/** Writes a report as a workbook: the figures, those by part, and how each is computed. */
export function workbookOf(report: Report): Promise<Buffer> {
  const { words, parts, definitions } = report;
  const { sheets } = words;
  const method = definitions.map(({ groupName, name, question, counts, leavesOut, source }) => [
    ...[groupName, name, question, counts, leavesOut, source],
  ]);
  return writeExcelFile([
    sheet(sheets.figures, [...headOf(report), figureNames(report), ...figureRows(report)], 6),
    ...(parts === null ? [] : [sheet(sheets.parts, partRows(report), 1)]),
    sheet(
      sheets.method,
      [
        ["", words.figure, words.question, words.counts, words.leavesOut, words.source],
        ["", report.everywhere],
        ...method,
      ],
      0,
    ),
  ]).toBuffer();
}

function headOf({ words, county, asked, figures, hash, madeAt }: Report): Value[][] {
  const { from, until } = asked.period;
  return [
    [words.title(county)],
    [words.period(from, until), words.before(figures.before.from, figures.before.until)],
    [words.scope, sayFilter(asked, words)],
    [words.made, madeAt],
    [words.hash, hash],
    [],
  ];
}

function figureNames({ words }: Report): Value[] {
  return ["", words.figure, words.value, words.of, words.share, words.yearBefore];
}

function figureRows({ sections, words }: Report): Value[][] {
  return sections.flatMap(({ definition, lines }) =>
    lines.map(({ name, value, said, of, share, before, saidBefore }) => [
      ...[definition.groupName, name, value ?? said, of],
      ...[share === null ? null : words.percent(share), before ?? saidBefore],
    ]),
  );
}

function partRows({ words, parts, asked, definitions }: Report): Value[][] {
  const codes = parts?.groups[0]?.figures.map(({ code }) => code) ?? [];
  const named = codes.map((code) => definitions.find((one) => one.code === code));
  const label = asked.by === null ? "" : words.by[asked.by];
  const rows = (parts?.groups ?? []).map((part) => [
    nameOfPart(part, words, asked.by),
    ...part.figures.map(({ value, isHidden }) => (isHidden ? words.hidden : (value ?? words.none))),
  ]);
  const leftOut = parts?.groupsLeftOut ?? 0;
  return [
    [label, ...named.map((one) => (one === undefined ? "" : `${one.groupName}：${one.name}`))],
    ...rows,
    ...(leftOut === 0 ? [] : [[words.leftOut(leftOut)]]),
  ];
}

function sheet(name: string, rows: readonly (readonly Value[])[], boldAt: number) {
  const data = rows.map((row, at) =>
    row.map((value) => {
      const fontWeight = at === boldAt || (at === 0 && boldAt > 0) ? ({ fontWeight: "bold" } as const) : {};
      if (value === null) return null;
      return typeof value === "number"
        ? { value, ...fontWeight }
        : { value: defused(value), type: String, ...fontWeight };
    }),
  );
  return { sheet: name, data, columns: [18, 36, 18, 14, 14, 20].map((width) => ({ width })) };
}
