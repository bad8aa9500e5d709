import { INTAKE_WAYS, type IntakeWay, phoneNumber } from "../../domain/case/desk.ts";
import { faultText } from "../../domain/wording/mistakes/en.ts";
import { type CellReading, cleanText, readDay, readTime, shownText } from "../import/cells.ts";
import type { Cell } from "../import/spreadsheet/cell.ts";
import { readNamedColumns } from "../import/spreadsheet/named-columns.ts";

/** A row of a sheet on which a desk wrote down what people said: when, how they came, where it is, what it is, and by which number they are told. */
export type SheetRow = {
  /** `file:row`, as errors name it. */
  readonly at: string;
  readonly how: IntakeWay;
  /** When it was said; null where nobody wrote that down. See `SAID_AT`. */
  readonly saidAt: string | null;
  /** As it was written; empty where the words tell it. */
  readonly place: string;
  readonly text: string;
  /** As it is dialled; null where nobody left one. */
  readonly phone: string | null;
  /** Whether they want to be rung up; else they come again. */
  readonly mayCall: boolean;
};

/** The rows of such a sheet, or every error as `file:row: what is wrong`. */
type SheetRead = { readonly rows: readonly SheetRow[]; readonly errors: readonly string[] };

/** The names of the columns. When it was said is kept; the case begins, with its clocks, when it is taken down. */
const NAMES = {
  time: ["time", "时间", "日期"],
  how: ["how", "way", "方式", "来访方式"],
  place: ["place", "where", "地点", "地址"],
  text: ["text", "matter", "内容", "反映内容", "事项"],
  phone: ["phone", "telephone", "电话", "联系电话"],
  answer: ["answer", "howtold", "怎么告知", "告知方式"],
} as const satisfies Readonly<Record<string, readonly string[]>>;
type Column = keyof typeof NAMES;
const NEEDED: readonly Column[] = ["how", "text"];

const WAYS: Readonly<Record<string, IntakeWay>> = {
  ...Object.fromEntries(INTAKE_WAYS.map((way) => [way, way])),
  ...{ 来访: "walk-in", 上门: "walk-in", 当面: "walk-in", 来电: "phone", 电话: "phone" },
  ...{ 来信: "paper", 书面: "paper", 纸条: "paper", 意见箱: "paper", 其他: "other" },
};
const CALLS = ["phone", "call", "电话", "打电话", "回电"];
const COMES = ["", "again", "come", "再来", "来站里", "自己来问", "不用"];
const MOST_ROWS = 500;

/**
 * Reads what a desk took down from one table, CSV or Excel, with the columns how and text, and time, place, phone and answer where it has them.
 *
 * @param now the day and the time of the county: nothing was said later
 */
export async function readIntakeFile(
  path: string,
  now: { readonly day: string; readonly time: string },
): Promise<SheetRead> {
  const table = await readNamedColumns<Column>(path, { names: NAMES, needed: NEEDED, of: "what people said" });
  const errors = [...table.errors];
  if (table.rows.length > MOST_ROWS)
    return { rows: [], errors: [...errors, `${path}: has more than ${MOST_ROWS} rows`] };
  const rows = table.rows.flatMap(({ at, cellOf }): SheetRow[] => {
    const before = errors.length;
    const of = (column: Column): string => {
      const read = shownText(cellOf(column));
      if (!read.ok) errors.push(`${at}: ${column} ${faultText(read.fault)}`);
      return read.ok ? cleanText(read.value) : "";
    };
    const [how, place, text, typed, answer] = [of("how"), of("place"), of("text"), of("phone"), of("answer")];
    const said = saidAtIn(cellOf("time"));
    if (!said.ok) errors.push(`${at}: time ${faultText(said.fault)}`);
    else if ((said.value ?? "") > `${now.day} ${now.time}`) errors.push(`${at}: time “${said.value}” is still to come`);
    const way = WAYS[how.toLowerCase()];
    const phone = typed === "" ? null : phoneNumber(typed);
    if (way === undefined)
      errors.push(`${at}: how “${how}” is none of 来访 walk-in, 来电 phone, 来信 paper, 其他 other`);
    if (text === "") errors.push(`${at}: text is empty`);
    if (typed !== "" && phone === null) errors.push(`${at}: phone “${typed}” is no phone number`);
    const mayCall = CALLS.includes(answer.toLowerCase());
    if (!mayCall && !COMES.includes(answer.toLowerCase()))
      errors.push(`${at}: answer “${answer}” is neither 电话 (call) nor 再来 (they come again)`);
    if (mayCall && typed === "") errors.push(`${at}: whoever shall be rung up needs a phone`);
    if (errors.length > before || way === undefined || !said.ok) return [];
    return [{ at, how: way, saidAt: said.value, place, text, phone, mayCall }];
  });
  return { rows, errors };
}

/** Reads a day, or a day and a time; null for an empty cell. */
function saidAtIn(cell: Cell): CellReading<string | null> {
  if (cell.form === "unreadable" || cell.form === "covered") return { ok: false, fault: cell.fault };
  const [written = "", time] = cell.text.trim().split(/(?<=日)\s*(?=\d)|(?<=\d)[T\s]+(?=\d)/u);
  const day = readDay(cell.form === "text" ? { form: "text", text: written } : cell);
  if (!day.ok || day.value === null) return day;
  const clock = cell.form === "text" ? time?.replace(/(\d:\d{2}):\d{2}$/, "$1") : cell.time;
  if (clock === undefined) return day;
  const read = readTime({ form: "text", text: clock });
  return read.ok ? { ok: true, value: `${day.value} ${read.value}` } : read;
}
