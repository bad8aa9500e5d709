import { dayOf } from "../../domain/calendar/days.ts";
import { DEPUTY_LEVELS, type DeputyLevel } from "../../domain/routing/nearness.ts";
import type { Cell } from "./read.ts";

/** What a cell says, or what is wrong with it, as the end of a sentence that begins with the column. */
export type CellReading<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly what: string };

/** A grid or station that a deputy answers for. */
export type Post = { readonly code: string; readonly role: "primary" | "backup" };

const LONGEST_CODE = 60;
const LONGEST_TEXT = 200;

/** Text as it is kept: half-width letters and digits, single spaces, nothing invisible. */
export function cleanText(text: string): string {
  return text
    .toWellFormed()
    .replace(/[\uFF10-\uFF19\uFF21-\uFF3A\uFF41-\uFF5A]/g, (wide) => wide.normalize("NFKC"))
    .replace(/\p{Cf}/gu, "")
    .replace(/[\s\p{Cc}]+/gu, " ")
    .trim();
}

export function readText(cell: Cell): CellReading<string> {
  if (cell.form === "date") return madeByExcel("the date", cell.text);
  const text = cleanText(cell.text);
  return text.length > LONGEST_TEXT ? wrong(`has more than ${LONGEST_TEXT} characters`) : right(text);
}

/** A code; it goes into QR scenes (at most 64 characters on WeChat) and into lists, so it has no separators. */
export function readCode(cell: Cell): CellReading<string> {
  if (cell.form === "date") return madeByExcel("the date", cell.text);
  const code = cleanText(cell.text.normalize("NFKC"));
  if (/^\d{1,2}月\d{1,2}日$|^\d{1,2}-[A-Z][a-z]{2}$|^[A-Z][a-z]{2}-\d{2}$|^\d{4}\/\d{1,2}\/\d{1,2}$/.test(code)) {
    return madeByExcel("the date", code);
  }
  if (isMangledNumber(cell, code)) return madeByExcel("the number", code);
  if (code.length > LONGEST_CODE) return wrong(`has more than ${LONGEST_CODE} characters`);
  return /[;:,、\s]/.test(code) ? wrong(`“${code}” has a space or one of ; : , 、 in it`) : right(code);
}

/** A phone as it is written, or null for none. */
export function readPhone(cell: Cell): CellReading<string | null> {
  if (cell.form === "date") return madeByExcel("the date", cell.text);
  const phone = cleanText(cell.text.normalize("NFKC"));
  if (phone === "") return right(null);
  if (isMangledNumber(cell, phone)) return madeByExcel("the number", phone);
  return /^(?=(?:\D*\d){3})[\d+()\-/ ,;、转]{3,60}$/.test(phone)
    ? right(phone)
    : wrong(`“${phone}” is no phone number`);
}

/** Items between semicolons or line breaks, each once. */
export function readList(cell: Cell): CellReading<string[]> {
  if (cell.form === "date") return madeByExcel("the date", cell.text);
  const items = cell.text.split(/[;；\n]/).map(cleanText);
  return right([...new Set(items.filter((item) => item !== ""))]);
}

const ROLES: ReadonlyMap<string, Post["role"]> = new Map([
  ["primary", "primary"],
  ["主", "primary"],
  ["backup", "backup"],
  ["备", "backup"],
  ["备用", "backup"],
  ["后备", "backup"],
]);

/** `G1;G2:backup`. */
export function readPosts(cell: Cell): CellReading<Post[]> {
  const posts: Post[] = [];
  for (const item of cell.text.normalize("NFKC").split(/[;\n]/)) {
    const [codeText = "", roleText, ...rest] = item.split(":").map(cleanText);
    if (codeText === "" && roleText === undefined) continue;
    const code = readCode({ form: cell.form, text: codeText });
    if (!code.ok) return code;
    const role = roleText === undefined ? "primary" : ROLES.get(roleText.toLowerCase());
    if (role === undefined || rest.length > 0 || code.value === "") {
      return wrong(`“${cleanText(item)}” is not understood: write G1 or G1:backup`);
    }
    if (posts.some((post) => post.code === code.value)) return wrong(`names ${code.value} twice`);
    posts.push({ code: code.value, role });
  }
  return right(posts);
}

const LEVEL_WORDS: Readonly<Record<DeputyLevel, RegExp>> = {
  township: /^(township|乡镇|乡|镇)$/,
  county: /^(county|县|区|县区|县市区)$/,
  city: /^(city|市|设区市|地市)$/,
  provincial: /^(provincial|province|省|自治区|直辖市)$/,
  national: /^(national|全国|国家)$/,
};

export function readLevel(cell: Cell): CellReading<DeputyLevel> {
  const text = cleanText(cell.text.normalize("NFKC")).toLowerCase();
  const word = text.replace(/(人大)?代表$/, "").replace(/级$/, "");
  const level = DEPUTY_LEVELS.find((one) => LEVEL_WORDS[one].test(word));
  return level === undefined
    ? wrong(`“${text}” is no level: write township 乡, county 县, city 市, provincial 省 or national 全国`)
    : right(level);
}

/** A day, or null for none. */
export function readDay(cell: Cell): CellReading<string | null> {
  const text = cleanText(cell.text.normalize("NFKC"));
  if (text === "") return right(null);
  const parts =
    /^(\d{4})([-/.])(\d{1,2})\2(\d{1,2})$/.exec(text) ??
    /^(\d{4})(年)(\d{1,2})月(\d{1,2})日?$/.exec(text) ??
    (cell.form === "text" ? /^(\d{4})()(\d{2})(\d{2})$/.exec(text) : null);
  const [, year, , month, day] = parts ?? [];
  const found = dayOf(Number(year ?? 0), Number(month ?? 0), Number(day ?? 0));
  return found === null ? wrong(`“${text}” is no day: write it as 2031-12-31`) : right(found);
}

/** Degrees, or null for none. */
export function readDegrees(cell: Cell): CellReading<number | null> {
  const text = cleanText(cell.text.normalize("NFKC"));
  if (text === "") return right(null);
  return cell.form !== "date" && /^-?\d{1,3}(\.\d+)?$/.test(text)
    ? right(Number(text))
    : wrong(`“${text}” is no number of degrees: write it as 119.4132`);
}

/** Excel keeps 15 digits of a number and shows long ones as 1.38E+10; other tools leave a .0 behind. */
function isMangledNumber(cell: Cell, text: string): boolean {
  if (/^\d+(\.\d+)?E\+?\d+$/i.test(text) && text.includes(".")) return true;
  if (/^\d+E\+\d+$/i.test(text)) return true;
  return cell.form === "number" ? !/^\d{1,15}$/.test(text) : /^\d+\.0+$/.test(text);
}

function right<T>(value: T): CellReading<T> {
  return { ok: true, value };
}

function wrong(what: string): { readonly ok: false; readonly what: string } {
  return { ok: false, what };
}

function madeByExcel(kind: "the date" | "the number", text: string): { readonly ok: false; readonly what: string } {
  return wrong(`was turned into ${kind} ${text}: format the column as text and write it again`);
}
