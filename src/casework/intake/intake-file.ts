import { INTAKE_WAYS, type IntakeWay, phoneNumber } from "../../domain/case/desk.ts";
import { faultText } from "../../domain/wording/mistakes/en.ts";
import { cleanText, shownText } from "../import/cells.ts";
import { readNamedColumns } from "../import/spreadsheet/named-columns.ts";

/** A row of a sheet on which a desk wrote down what people said: how they came, where it is, what it is, and by which number they are told. */
export type SheetRow = {
  /** `file:row`, as errors name it. */
  readonly at: string;
  readonly how: IntakeWay;
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

/** The names of the columns. The time is for the desk alone: a case begins when it is taken down. */
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

/** Reads what a desk took down from one table, CSV or Excel, with the columns how and text, and place, phone and answer where it has them. */
export async function readIntakeFile(path: string): Promise<SheetRead> {
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
    if (errors.length > before || way === undefined) return [];
    return [{ at, how: way, place, text, phone, mayCall }];
  });
  return { rows, errors };
}
