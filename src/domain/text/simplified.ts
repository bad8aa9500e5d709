import { Converter } from "opencc-js/t2cn";

/** Taiwan's table also covers what Hong Kong writes, and alone knows 著火 for 着火. */
const converter = Converter({ from: "tw", to: "cn" });

/** Signs that stay alone and are another beside some signs: 覆 of 答覆 is 复. */
const IN_PHRASES = "坏瞭藉覆沈哩甦衹";
const CLAY = /[一土打拉捏毛陶]坏|坏[土子布]/;

/** The converter takes 李秘 of 李秘书 for an old name and makes 李祕 of it. */
function convert(text: string): string {
  return converter(text).replaceAll("祕", "秘");
}

/** Whether a sign stays whatever stands beside it: a message has few that are not known. */
const stays = new Map<string, boolean>();

/**
 * A text in simplified characters. Most have no other and are not looked up in the tables of phrases, which takes longer than all
 * other reading of a text.
 */
export function simplified(text: string): string {
  for (const sign of text) if (!staysAlone(sign) && !(sign === "坏" && !speaksOfClay(text))) return convert(text);
  return text;
}

/** Whether 坏 may be an old sign for 坯 in a text, beside signs that stay; everywhere else it says that something is broken. */
export function speaksOfClay(text: string): boolean {
  return CLAY.test(text);
}

/** Whether a sign is the same in simplified characters, whatever stands beside it. */
export function staysAlone(sign: string): boolean {
  let known = stays.get(sign);
  if (known === undefined) {
    known = !IN_PHRASES.includes(sign) && convert(sign) === sign;
    stays.set(sign, known);
  }
  return known;
}
