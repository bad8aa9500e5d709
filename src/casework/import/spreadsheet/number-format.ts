/** The formats that a workbook names by number alone; the rest of the numbers below 164 are dates, in Chinese too. */
const BUILT_IN: Readonly<Record<number, string>> = {
  0: "General",
  1: "0",
  2: "0.00",
  3: "#,##0",
  4: "#,##0.00",
  9: "0%",
  10: "0.00%",
  11: "0.00E+00",
  12: "# ?/?",
  13: "# ??/??",
  37: "#,##0;-#,##0",
  38: "#,##0;-#,##0",
  39: "#,##0.00;-#,##0.00",
  40: "#,##0.00;-#,##0.00",
  41: "#,##0",
  42: "¥#,##0",
  43: "#,##0.00",
  44: "¥#,##0.00",
  48: "##0.0E+0",
  49: "@",
};
const FIRST_OWN = 164;
/** 14 to 22 and 45 to 47 everywhere; 27 to 36 and 50 to 58 in Chinese, Japanese and Korean workbooks (ECMA-376, 18.8.30). */
const BUILT_IN_DATE = "yyyy-mm-dd";
const BUILT_IN_TIME = "hh:mm";
const TIMES: ReadonlySet<number> = new Set([18, 19, 20, 21, 32, 33, 45, 46, 47]);

/** The format that leaves a number as it is, as Excel and WPS name it. */
const GENERAL = /^(?:general|g\/(?:通用格式|標準|标准)|通用格式|常规|@)?$/i;

/** The effect of a number format: a date, a percentage, or a function that shows a number, null where it cannot. */
export type NumberFormat = "date" | "percent" | { readonly show: (number: number) => string | null };

/** The code of a format that a workbook names by number; null for one that it has to spell out itself. */
export function builtInFormat(id: number): string | null {
  if (id >= FIRST_OWN) return null;
  return BUILT_IN[id] ?? (TIMES.has(id) ? BUILT_IN_TIME : BUILT_IN_DATE);
}

/** Reads a number format, such as `000000`, `0.0%`, `yyyy"年"m"月"d"日"` or `[$-804]@`. */
export function readFormat(code: string): NumberFormat {
  const [first = "", ...others] = sectionsOf(code);
  if (GENERAL.test(first.replace(/\[[^\]]*\]/g, "").trim())) return { show: plain };
  const parts = partsOf(first);
  const signs = parts.flatMap((part) => (part.literal === null ? [part.sign] : [])).join("");
  if (/[ymdhsbge]|上午|am\/pm/i.test(signs.replace(/e[+-]/gi, ""))) return "date";
  if (signs.includes("%")) return "percent";
  const isSimple = /^[0#?]+$/.test(signs);
  return {
    show: (number) => (isSimple && isWhole(number) && hasDigits(number, others) ? filledIn(parts, number) : null),
  };
}

/** A piece of a format: a placeholder or other sign, or what is shown as it is. */
type Part = { readonly sign: string; readonly literal: null } | { readonly literal: string };

function sectionsOf(code: string): string[] {
  return code.match(/(?:"[^"]*"|\\.|\[[^\]]*\]|[^;"\\[])+/g) ?? [];
}

function partsOf(section: string): Part[] {
  const pieces = section.matchAll(/"([^"]*)"|\\(.)|_.|\*.|\[([^\]]*)\]|([Ee][+-]|[\s\S])/g);
  return [...pieces].flatMap(([whole, quoted, escaped, bracketed, sign]): Part[] => {
    const literal = quoted ?? escaped;
    if (literal !== undefined) return [{ literal }];
    if (bracketed !== undefined)
      return /^(?:[hms]+|[<>=].*)$/i.test(bracketed) ? [{ sign: bracketed, literal: null }] : [];
    if (sign === undefined) return whole.startsWith("_") ? [{ literal: " " }] : [];
    return /[-+() :\p{Script=Han}]/u.test(sign) && !/[上下午年月日]/.test(sign)
      ? [{ literal: sign }]
      : [{ sign, literal: null }];
  });
}

function isWhole(number: number): boolean {
  return Number.isSafeInteger(number) && number >= 0;
}

/** A third section says how zero is shown. */
function hasDigits(number: number, others: readonly string[]): boolean {
  return number !== 0 || others.length < 2;
}

/** The digits take the placeholders from the right; what is left over stands at the first, and zeros fill up. */
function filledIn(parts: readonly Part[], number: number): string {
  const digits = [...String(number)];
  const first = parts.findIndex((part) => part.literal === null);
  const shown = parts.toReversed().map((part, behind) => {
    if (part.literal !== null) return part.literal;
    if (parts.length - 1 - behind === first) return digits.splice(0).join("") || filler(part.sign);
    return digits.pop() ?? filler(part.sign);
  });
  return shown.toReversed().join("").trim();
}

function filler(sign: string): string {
  return sign === "0" ? "0" : "";
}

function plain(number: number): string {
  return String(number);
}
