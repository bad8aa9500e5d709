import { addDays, dayOf } from "../../domain/calendar/days.ts";
import { isTimeOfDay } from "../../domain/receptions/reception.ts";
import { DEPUTY_LEVELS, type DeputyLevel } from "../../domain/routing/nearness.ts";
import { type Fault, faultOf, type MistakeCode, type MistakeValues } from "../../domain/wording/mistakes/values.ts";
import type { Cell } from "./spreadsheet/cell.ts";

/** A reading that found something wrong. */
export type Unread = { readonly ok: false; readonly fault: Fault };
/** The reading of a cell: its value, or what is wrong with it. */
export type CellReading<T> = { readonly ok: true; readonly value: T } | Unread;

/** A grid or station that a deputy answers for. */
export type Post = { readonly code: string; readonly role: "primary" | "backup" };

const LONGEST_CODE = 60;
const LONGEST_TEXT = 200;

/** A text in the form in which it is kept: half-width letters and digits, single spaces, nothing invisible. */
export function cleanText(text: string): string {
  return text
    .toWellFormed()
    .replace(/[\uFF10-\uFF19\uFF21-\uFF3A\uFF41-\uFF5A]/g, (wide) => wide.normalize("NFKC"))
    .replace(/\p{Cf}/gu, "")
    .replace(/[\s\p{Cc}]+/gu, " ")
    .trim();
}

/** Reads a text of at most 200 characters. */
export function readText(cell: Cell): CellReading<string> {
  const said = shownText(cell);
  if (!said.ok) return said;
  const text = cleanText(said.value);
  if (saysNone(text)) return none(text);
  return text.length > LONGEST_TEXT ? wrong("too-long", { most: LONGEST_TEXT }) : right(text);
}

/** Reads a code; it goes into QR scenes (at most 64 characters on WeChat) and into lists, so it has no separators. */
export function readCode(cell: Cell): CellReading<string> {
  const said = shownText(cell);
  if (!said.ok) return said;
  const code = unquoted(cleanText(said.value.normalize("NFKC")));
  if (/^\d{1,2}月\d{1,2}日$|^\d{1,2}-[A-Z][a-z]{2}$|^[A-Z][a-z]{2}-\d{2}$|^\d{4}\/\d{1,2}\/\d{1,2}$/.test(code)) {
    return wrong("made-date", { said: code });
  }
  if (isMangledNumber(cell, code)) return wrong("made-number", { said: code });
  if (saysNone(code)) return none(code);
  if (code.length > LONGEST_CODE) return wrong("too-long", { most: LONGEST_CODE });
  return /[;:,、'"‘’“”`\s]/.test(code) ? wrong("separators", { said: code }) : right(code);
}

/** Whether a text can be a phone number, or several: at least three digits and what stands between numbers. */
export function isPhone(text: string): boolean {
  return /^(?=(?:\D*\d){3})[\d+()\-/ ,;、转]{3,60}$/.test(text);
}

/** Reads a phone number as it is written; null for an empty cell. */
export function readPhone(cell: Cell): CellReading<string | null> {
  const said = shownText(cell);
  if (!said.ok) return said;
  const phone = unquoted(cleanText(said.value.normalize("NFKC")));
  if (phone === "") return right(null);
  if (cell.form === "number" && lacksZero(phone)) {
    return wrong("zero-gone", { said: phone });
  }
  if (isMangledNumber(cell, phone)) return wrong("made-number", { said: phone });
  return isPhone(phone) ? right(phone) : wrong("no-phone", { said: phone });
}

/** Reads items between semicolons or line breaks, each once. */
export function readList(cell: Cell): CellReading<string[]> {
  const said = shownText(cell);
  if (!said.ok) return said;
  const items = said.value.split(/[;；\n]/).map(cleanText);
  const empty = items.find(saysNone);
  if (empty !== undefined) return none(empty);
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

/** Reads posts, such as `G1;G2:backup`. */
export function readPosts(cell: Cell): CellReading<Post[]> {
  const posts: Post[] = [];
  const said = shownText(cell);
  if (!said.ok) return said;
  if (cell.form === "number" && isMangledNumber(cell, cell.text)) return wrong("made-number", { said: cell.text });
  for (const item of said.value.normalize("NFKC").split(/[;\n]/)) {
    const [codeText = "", roleText, ...rest] = item.split(":").map(cleanText);
    if (codeText === "" && roleText === undefined) continue;
    const code = readCode({ form: "text", text: codeText });
    if (!code.ok) return code;
    const role = roleText === undefined ? "primary" : ROLES.get(roleText.toLowerCase());
    if (role === undefined || rest.length > 0 || code.value === "") {
      return wrong("no-post", { said: cleanText(item) });
    }
    if (posts.some((post) => post.code === code.value)) return wrong("named-twice", { code: code.value });
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

/** Reads the level of a deputy's congress, in Chinese or English. */
export function readLevel(cell: Cell): CellReading<DeputyLevel> {
  const text = cleanText(cell.text.normalize("NFKC")).toLowerCase();
  const word = text.replace(/(人大)?代表$/, "").replace(/级$/, "");
  const level = DEPUTY_LEVELS.find((one) => LEVEL_WORDS[one].test(word));
  return level === undefined ? wrong("no-level", { said: text }) : right(level);
}

/** Reads a day; null for an empty cell. */
export function readDay(cell: Cell): CellReading<string | null> {
  const text = cleanText(cell.text.normalize("NFKC"));
  if (text === "") return right(null);
  const parts =
    /^(\d{4})([-/.])(\d{1,2})\2(\d{1,2})$/.exec(text) ??
    /^(\d{4})(年)(\d{1,2})月(\d{1,2})日?$/.exec(text) ??
    /^(\d{4})()(\d{2})(\d{2})$/.exec(text);
  const [, year, , month, day] = parts ?? [];
  const found = dayOf(Number(year ?? 0), Number(month ?? 0), Number(day ?? 0));
  if (found !== null) return right(found);
  const serial = cell.form === "number" && /^\d{5}$/.test(text) ? addDays("1899-12-30", Number(text)) : null;
  return wrong("no-day", { said: text, day: serial });
}

/** Reads a time of day, HH:MM; 9:00 and 9点 are 09:00. */
export function readTime(cell: Cell): CellReading<string> {
  const said = shownText(cell);
  if (!said.ok) return said;
  const text = cleanText(said.value.normalize("NFKC"));
  const [, hour = "", minute = "00"] = /^(\d{1,2})(?::(\d{2})|[点时](?:(\d{2})分?)?)?$/.exec(text) ?? [];
  const time = `${hour.padStart(2, "0")}:${/[点时](\d{2})/.exec(text)?.[1] ?? minute}`;
  return hour !== "" && isTimeOfDay(time) ? right(time) : wrong("no-time", { said: text });
}

/** Reads degrees; null for an empty cell. */
export function readDegrees(cell: Cell): CellReading<number | null> {
  const text = cleanText(cell.text.normalize("NFKC"));
  if (text === "") return right(null);
  return cell.form !== "date" && /^-?\d{1,3}(\.\d+)?$/.test(text)
    ? right(Number(text))
    : wrong("no-degrees", { said: text });
}

/**
 * The text that a spreadsheet shows of a cell that was meant as text; a date is none, nor is a number in a format like
 * #,##0.00.
 */
export function shownText(cell: Cell): CellReading<string> {
  if (cell.form === "unreadable" || cell.form === "covered") return { ok: false, fault: cell.fault };
  if (cell.form === "date") return wrong("made-date", { said: cell.text });
  const shown = cell.shown === undefined ? cell.text : cell.shown;
  return shown === null ? wrong("made-number", { said: cell.text }) : right(shown);
}

/** Excel keeps 15 digits of a number and shows long ones as 1.38E+10; other tools leave a .0 behind. */
function isMangledNumber(cell: Cell, text: string): boolean {
  if (cell.form === "number") return !/^\d{1,15}$/.test(cell.text);
  if (/^\d+(\.\d+)?E\+?\d+$/i.test(text) && text.includes(".")) return true;
  return /^\d+E\+\d+$/i.test(text) || /^\d+\.0+$/.test(text);
}

/** Of a landline the first zero is gone once it was a number: 05168888888 is 5168888888. Mobiles, 400 and 800 begin with none. */
function lacksZero(phone: string): boolean {
  return /^\d{9,11}$/.test(phone) && !/^(?:1\d{10}|[48]00\d{7})$/.test(phone);
}

/** Text without the apostrophe by which Excel is told that digits are text. */
function unquoted(text: string): string {
  return text.replace(/^'(?=[^'])/, "");
}

/** What people write into a cell to say that there is nothing. */
function saysNone(text: string): boolean {
  return /^(?:无|暂无|没有|[-—–―/\\*×]+)$/.test(text);
}

function none(text: string): Unread {
  return wrong("none-word", { said: text });
}

function right<T>(value: T): CellReading<T> {
  return { ok: true, value };
}

function wrong<C extends MistakeCode>(code: C, values: MistakeValues[C]): Unread {
  return { ok: false, fault: faultOf(code, values) };
}
