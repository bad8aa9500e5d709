import writeExcelFile from "write-excel-file/node";
import { defused } from "../import/spreadsheet/defused.ts";
import type { CaseRow } from "../staff/case-rows.ts";

/** What stands on the first sheet of an exported list. */
type ListAbout = {
  readonly county: string;
  readonly by: string;
  readonly at: string;
  readonly filter: string;
  readonly count: number;
};

const COLUMNS: readonly (readonly [string, (row: CaseRow) => string])[] = [
  ["编号", (row) => row.number],
  ["内容（已遮盖）", (row) => row.summary],
  ["状态", (row) => STATES[row.state]],
  ["结果", (row) => (row.outcome === null ? "" : OUTCOMES[row.outcome])],
  ["危险", (row) => (row.priority ? "是" : "")],
  ["分类", (row) => row.category ?? ""],
  ["乡镇", (row) => row.place.township ?? ""],
  ["网格", (row) => row.place.grid ?? ""],
  ["地点", (row) => row.place.name ?? ""],
  ["谁在办", (row) => (row.holder.name === "" ? "县办公室" : row.holder.name)],
  ["来信", (row) => row.receivedAt],
  ["期限", (row) => row.dueOn],
  ["迟（工作日）", (row) => String(row.lateWorkingDays)],
  ["评价", (row) => (row.rating === null ? "" : String(row.rating))],
  ["重开", (row) => String(row.reopenings)],
];

const STATES: Readonly<Record<CaseRow["state"], string>> = {
  clarifying: "正在追问",
  triage: "待分办",
  assigned: "已交办",
  answered: "已答复",
  referred: "转给了单位",
  closed: "已办结",
};

const OUTCOMES: Readonly<Record<NonNullable<CaseRow["outcome"]>, string>> = {
  solved: "说已解决",
  explained: "已说明情况",
  not_in_scope: "不属受理范围",
  duplicate: "重复来信",
  withdrawn: "居民撤回",
  no_contact: "联系不上居民",
};

/** Writes a list of cases as a workbook: what it is on the first sheet, the working copies on the second; no cell is a formula. */
export function writeList(rows: readonly CaseRow[], about: ListAbout): Promise<Buffer> {
  const first = [
    ["县", about.county],
    ["谁导出", about.by],
    ["何时", about.at],
    ["条件", about.filter],
    ["件数", String(about.count)],
  ].map((cells) => cells.map((value) => ({ value: defused(value ?? "") })));
  const head = COLUMNS.map(([value]) => ({ value, fontWeight: "bold" as const }));
  const body = rows.map((row) => COLUMNS.map(([, read]) => ({ value: defused(read(row)) })));
  return writeExcelFile([
    { sheet: "说明", data: first },
    { sheet: "案件", data: [head, ...body] },
  ]).toBuffer();
}
