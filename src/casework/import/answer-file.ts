import type { WrittenAnswer } from "../../domain/answers/check.ts";
import { faultText } from "../../domain/wording/mistakes/en.ts";
import { type CellReading, cleanText, readDay, shownText } from "./cells.ts";
import type { Cell } from "./spreadsheet/cell.ts";
import { readNamedColumns } from "./spreadsheet/named-columns.ts";

/** The rows of a file of answers, or every error as `file:row: what is wrong`. */
export type AnswerFile = { readonly rows: readonly WrittenAnswer[]; readonly errors: readonly string[] };

type Column = Exclude<keyof WrittenAnswer, "at">;

/** The names of the columns; all but the category and the first day are needed. */
const NAMES: Readonly<Record<Column, readonly string[]>> = {
  code: ["code", "编号", "代码"],
  title: ["title", "标题", "名称"],
  triggers: ["triggers", "trigger", "questions", "问法", "触发词", "问题"],
  body: ["body", "answer", "text", "答复", "内容", "正文"],
  category: ["category", "类别", "分类"],
  validFrom: ["validfrom", "valid_from", "from", "起", "有效期起", "生效日期"],
  validUntil: ["validuntil", "valid_until", "until", "止", "有效期至", "有效期止", "失效日期"],
};
const NEEDED: readonly Column[] = ["code", "title", "triggers", "body", "validUntil"];
const DAYS: readonly Column[] = ["validFrom", "validUntil"];

/** Reads answers from one table, CSV or Excel, with the columns code, title, triggers, body and validUntil, and category and validFrom where it has them. */
export async function readAnswerFile(path: string): Promise<AnswerFile> {
  const table = await readNamedColumns(path, { names: NAMES, needed: NEEDED, of: "answers" });
  const errors = [...table.errors];
  const rows = table.rows.map(({ at, cellOf }): WrittenAnswer => {
    const of = (column: Column): string => {
      const read = DAYS.includes(column) ? readDayText(cellOf(column)) : readWords(cellOf(column));
      if (!read.ok) errors.push(`${at}: ${column} ${faultText(read.fault)}`);
      return read.ok ? read.value : "";
    };
    return {
      ...{ at, code: of("code"), title: of("title"), triggers: of("triggers"), body: of("body") },
      ...{ category: of("category"), validFrom: of("validFrom"), validUntil: of("validUntil") },
    };
  });
  return { rows, errors };
}

/** Words of any length, line by line. */
function readWords(cell: Cell): CellReading<string> {
  const said = shownText(cell);
  if (!said.ok) return said;
  const lines = said.value.split(/\r?\n/).map(cleanText);
  return { ok: true, value: lines.filter((line) => line !== "").join("\n") };
}

function readDayText(cell: Cell): CellReading<string> {
  const read = readDay(cell);
  return read.ok ? { ok: true, value: read.value ?? "" } : read;
}
