import { closePdf, openPdf } from "../../print/document.ts";
import { nameOfPart, type Report, type ReportLine, sayFilter } from "./report.ts";

/** The figures that a part has in the table of a PDF: more do not fit on a page. */
const OF_PARTS = [
  ...["received", "open", "closed-solved", "first-word-median", "solution-median"],
  ...["unit-said-done", "resident-confirmed", "disagreement", "reopened"],
];

const LEFT = 56;
const WIDTH = 483;
const BOTTOM = 770;
const LINE = 19;
const COLUMN = { name: 172, bar: 84, value: 112 } as const;
const BEFORE = LEFT + COLUMN.name + COLUMN.bar + COLUMN.value + 4;
const INK = "#1f2933";
const QUIET = "#52606d";
const BAR = "#0958d9";

/** Sets a report as pages to be printed: figures with bars, those by part, and how each is computed. */
export function pagesOf(report: Report): Promise<Uint8Array> {
  const { words, county, asked, figures, made, hash } = report;
  const document = openPdf({ title: words.title(county), made, margin: LEFT });
  const { from, until } = asked.period;
  document.fillColor(INK).font("bold").fontSize(20).text(words.title(county), LEFT, LEFT, { width: WIDTH });
  const head = [
    words.period(from, until),
    words.before(figures.before.from, figures.before.until),
    `${words.scope}：${sayFilter(asked, words)}`,
    `${words.made}：${report.madeAt}`,
    `${words.hash}：${hash}`,
    words.hashAbout,
  ];
  for (const line of head) document.font("regular").fontSize(9.5).fillColor(QUIET).text(line, { width: WIDTH });
  for (const { definition, lines } of report.sections) {
    if (lines.length === 0) continue;
    keepTogether(document, LINE * 4);
    document
      .moveDown(0.8)
      .font("bold")
      .fontSize(13)
      .fillColor(INK)
      .text(definition.groupName, LEFT, document.y, { width: WIDTH });
    document.font("regular").fontSize(9).fillColor(QUIET);
    const { y } = document;
    document.text(words.yearBefore, BEFORE, y, { lineBreak: false });
    document.text(definition.question, LEFT, y, { width: BEFORE - LEFT - 8 });
    document.moveDown(0.3);
    for (const line of lines) drawLine(document, line, report);
  }
  drawParts(document, report);
  drawMethod(document, report);
  return closePdf(document);
}

function drawLine(document: PDFKit.PDFDocument, line: ReportLine, { words }: Report): void {
  keepTogether(document, LINE);
  const { y } = document;
  document.font("regular").fontSize(10.5).fillColor(INK);
  const at = (text: string, x: number, width: number) =>
    document.text(text, x, y, { width, height: LINE, lineBreak: false, ellipsis: true });
  at(line.name, LEFT, COLUMN.name);
  const x = LEFT + COLUMN.name + 4;
  if (line.share !== null) {
    document.rect(x, y + 3, COLUMN.bar - 12, 8).fillAndStroke("#eef2f7", "#9aa5b1");
    document.rect(x, y + 3, (COLUMN.bar - 12) * Math.min(1, line.share), 8).fill(BAR);
  }
  document.fillColor(INK);
  const share = line.share === null ? "" : `，${words.percent(line.share)}`;
  at(`${line.said}${share}`, x + COLUMN.bar, COLUMN.value);
  document.fontSize(9).fillColor(QUIET);
  at(line.saidBefore, BEFORE, LEFT + WIDTH - BEFORE);
  document.y = y + LINE;
  document.x = LEFT;
}

function drawParts(document: PDFKit.PDFDocument, { parts, words, asked, definitions }: Report): void {
  if (parts === null || asked.by === null) return;
  document.addPage();
  document.font("bold").fontSize(13).fillColor(INK).text(words.parts(words.by[asked.by]), LEFT, LEFT, { width: WIDTH });
  document.moveDown(0.4);
  const first = 120;
  const width = (WIDTH - first) / OF_PARTS.length;
  const row = (cells: readonly string[], height: number) => {
    keepTogether(document, height);
    const { y } = document;
    for (const [at, cell] of cells.entries())
      document.text(cell, at === 0 ? LEFT : LEFT + first + (at - 1) * width, y, {
        ...{ width: (at === 0 ? first : width) - 4, height, ellipsis: true },
      });
    document.y = y + height;
    document.x = LEFT;
  };
  document.font("bold").fontSize(7.5);
  const named = OF_PARTS.map((code) => definitions.find((one) => one.code === code));
  row(
    ["", ...named.map((one) => `${one?.name ?? ""}${one?.unit === "cases" ? "" : `（${one?.groupName ?? ""}）`}`)],
    54,
  );
  document.font("regular").fontSize(8.5);
  for (const part of parts.groups)
    row(
      [
        nameOfPart(part, words, asked.by),
        ...OF_PARTS.map((code) => {
          const found = part.figures.find((one) => one.code === code);
          return found?.isHidden === true ? words.hidden : String(found?.value ?? words.none);
        }),
      ],
      part.figures.some(({ isHidden }) => isHidden) ? 36 : 24,
    );
  if (parts.groupsLeftOut > 0) document.text(words.leftOut(parts.groupsLeftOut), LEFT, document.y, { width: WIDTH });
}

function drawMethod(document: PDFKit.PDFDocument, { sections, definitions, words, everywhere }: Report): void {
  document.addPage();
  document.font("bold").fontSize(13).fillColor(INK).text(words.method, LEFT, LEFT, { width: WIDTH });
  document.font("regular").fontSize(9.5).text(everywhere, { width: WIDTH });
  for (const { definition } of sections) {
    keepTogether(document, LINE * 3);
    document.moveDown(0.6).font("bold").fontSize(10.5).text(definition.groupName, LEFT, document.y, { width: WIDTH });
    document.font("regular").fontSize(9);
    document.text(`${words.leavesOut}：${definition.leavesOut}`, { width: WIDTH });
    document.text(`${words.source}：${definition.source}`, { width: WIDTH });
    for (const { group, name, counts } of definitions) {
      if (group !== definition.group) continue;
      keepTogether(document, LINE);
      document.text(`· ${name}：${counts}`, { width: WIDTH });
    }
  }
}

function keepTogether(document: PDFKit.PDFDocument, height: number): void {
  if (document.y + height > BOTTOM) document.addPage();
}
