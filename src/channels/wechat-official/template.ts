import type { NoticeFields } from "../../domain/messages/message.ts";
import { headOf, shorten } from "../text-pieces.ts";

/** A template of the account, with the meaning of each of its keys. */
export type Template = { readonly id: string; readonly keys: readonly TemplateKey[] };
type TemplateKey = { readonly key: string; readonly type: string; readonly pattern: string };

/** The data of a template message, by the template's keys. */
export type TemplateData = Readonly<Record<string, { readonly value: string }>>;

const PLACEHOLDER = /\{([^{}]*)\}/g;
const FIELDS: ReadonlySet<string> = new Set(["number", "summary", "deputy", "date"] satisfies (keyof NoticeFields)[]);
const DAY = /^(\d{4})-(\d{2})-(\d{2})$/;

/**
 * What each type of key takes (protocols.md 2.4). A value over its limit is refused by the platform with 47003, never
 * cut, so it is cut here; what a type cannot hold is left out, and nothing at all becomes the type's own "none".
 */
const FIT: Readonly<Record<string, (text: string) => string>> = {
  thing: (text) => shorten(oneLine(text), 20) || "-",
  character_string: (text) => text.replace(/[^\x20-\x7e]/g, "").slice(0, 32) || "-",
  number: (text) => text.replace(/\D/g, "").slice(0, 32) || "0",
  letter: (text) => text.replace(/[^A-Za-z]/g, "").slice(0, 32) || "N",
  phone_number: (text) => text.replace(/[^\d+-]/g, "").slice(0, 17) || "0",
  phrase: (text) => [...text.replace(/\P{Script=Han}/gu, "")].slice(0, 5).join("") || "无",
  name: (text) => fitName(text.replace(/[^\p{L}· ]/gu, "").trim()) || "无",
  date: dayInWords,
  time: (text) => `${dayInWords(text)} 00:00`,
  const: oneLine,
  keyword: oneLine,
  first: oneLine,
  remark: oneLine,
};

/**
 * Parses the option `ID:character_string1={number},thing2={summary}`.
 *
 * Values are words with any of `{number} {summary} {deputy} {date}`; keys of type date and time take `{date}` alone.
 * @returns the template, or everything that is wrong with it
 */
export function parseTemplate(
  option: string,
): { readonly ok: true; readonly template: Template } | { readonly ok: false; readonly problems: readonly string[] } {
  const [, id = "", list = ""] = /^([\w-]+):(.+)$/s.exec(option.trim()) ?? [];
  if (id === "") return { ok: false, problems: ["is not written as ID:key={field},key={field}"] };
  const keys = list.split(/,(?=[a-z_]+\d*=)/).map(parseKey);
  const problems = keys.flatMap(problemsOf);
  const twice = keys.find(({ key }, index) => keys.findIndex((other) => other.key === key) !== index);
  if (twice !== undefined) problems.push(`names the key "${twice.key}" twice`);
  return problems.length === 0 ? { ok: true, template: { id, keys } } : { ok: false, problems };
}

/** The data of a template message that says `notice`; null when its date is no day and the template shows one. */
export function fillTemplate(template: Template, notice: NoticeFields): TemplateData | null {
  const dayShown = template.keys.some(({ type }) => type === "date" || type === "time");
  if (dayShown && !DAY.test(notice.date)) return null;
  const values = new Map<string, string>(Object.entries(notice));
  return Object.fromEntries(
    template.keys.map(({ key, type, pattern }) => {
      const text = pattern.replace(PLACEHOLDER, (_whole, field: string) => values.get(field) ?? "").toWellFormed();
      return [key, { value: FIT[type]?.(text) ?? text }];
    }),
  );
}

function parseKey(text: string): TemplateKey {
  const [, key = text, type = "", pattern = ""] = /^(([a-z_]+?)\d*)=(.*)$/s.exec(text.trim()) ?? [];
  return { key, type, pattern };
}

function problemsOf({ key, type, pattern }: TemplateKey): string[] {
  if (type === "") return [`has "${key}", which is not written as key={field}`];
  if (!Object.hasOwn(FIT, type)) return [`has the key "${key}" of a type that notices cannot fill`];
  const unknown = [...pattern.matchAll(PLACEHOLDER)].map(([, field = ""]) => field).filter((name) => !FIELDS.has(name));
  const problems = unknown.map((name) => `has {${name}}; there are {number} {summary} {deputy} {date}`);
  if ((type === "date" || type === "time") && pattern !== "{date}") problems.push(`must fill "${key}" with {date}`);
  if (pattern.trim() === "") problems.push(`gives "${key}" no value`);
  return problems;
}

function oneLine(text: string): string {
  return text.replace(/[\s\p{Cc}]+/gu, " ").trim();
}

/** A name has 10 characters, or 20 when there is no Chinese in it. */
function fitName(text: string): string {
  return headOf(text, /\p{Script=Han}/u.test(text) ? 10 : 20);
}

function dayInWords(day: string): string {
  return day.replace(DAY, (_whole, year, month, date) => `${year}年${Number(month)}月${Number(date)}日`);
}
