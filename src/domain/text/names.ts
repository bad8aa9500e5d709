import { simplified } from "./simplified.ts";

/**
 * Signs that stand for each other in names: traditional ones that became several simplified ones (乾: 干 or 乾), ones that
 * keyboards offer for each other, and old forms that a register of names has and a phone writes otherwise.
 */
const SAME_SIGN =
  "干乾 么幺麼麽 于於 着著 征徵 升昇陞 钟锺鍾鐘 峰峯 借藉 余馀餘 巨钜鉅 旋镟 线缐 修脩 秘祕 苏甦 克剋 复覆 蒙濛 泛氾 晃晄 卫衞衛 " +
  "叙敍敘 群羣 启啓啟 暨曁 勋勲勳 宁甯寧 哲喆 坤堃 佩珮 鉴鑑鑒 昆崑崐 仑崙 迳逕 浚濬 恒恆 睿叡 邻隣 凃涂 冰氷 床牀 里裏裡 " +
  "柏栢 珍珎 凌淩 棱稜 溪谿 村邨 炼链鍊 沈瀋 吴吳呉 吕呂 阎闫閻閆 萧肖蕭 德徳 惠恵 真眞 静靜 清淸 青靑 黄黃 温溫 录彔 户戶戸 吉𠮷";

const REPRESENTATIVES = new Map(
  SAME_SIGN.split(" ").flatMap((group) => {
    const [first = "", ...others] = group;
    return others.map((sign): [string, string] => [sign, first]);
  }),
);

const LETTER_OR_NUMBER = /[\p{L}\p{N}]/u;
/** Letters by their class that people type for the dot in a name. */
const DOTS = /[丶ㆍ]/;
/** What a list adds behind a name to tell two people of one name apart: 王强（女）. */
const ADDITION = /[(（【[][^)）】\]]*[)）】\]]/gu;
/** What nobody puts inside a name: the end of a clause, a bracket. */
const BREAK = /[,，、。;；:：!！?？…()（）《》「」『』“”"]/u;
const LATIN = /[a-z]/;
/** Stands in a folded text where no name goes on. */
const GAP = "\n";

/** What became of each character: a message has few that are not known. */
const folded = new Map<string, string>();

/**
 * One character as it is compared: small, half width, simplified, the first of those that stand for each other; nothing for
 * what may stand inside a name or be left out (dots, blanks, marks, emoji), {@link GAP} where no name goes on.
 */
function fold(character: string): string {
  const known = folded.get(character);
  if (known !== undefined) return known;
  const result = BREAK.test(character)
    ? GAP
    : DOTS.test(character)
      ? ""
      : Array.from(character.normalize("NFKD").toLowerCase(), (one) => {
          if (!LETTER_OR_NUMBER.test(one) || DOTS.test(one)) return "";
          return sameSign(one);
        }).join("");
  folded.set(character, result);
  return result;
}

/** The sign that represents one sign and all that are written in its place, simplified: alone, it cannot be part of a phrase. */
export function sameSign(sign: string): string {
  const plain = simplified(sign);
  return REPRESENTATIVES.get(sign) ?? REPRESENTATIVES.get(plain) ?? plain;
}

/**
 * The comparison key of a name: two spellings of one name have one key, whoever wrote them, with whatever keyboard.
 *
 * It is made from the name wherever the name is read, and stored nowhere: a key in a table would go on to be compared after a
 * later version folds otherwise (docs/decisions/0013). The key of a key is itself.
 */
export function nameKey(name: string): string {
  const alone = name.replace(ADDITION, "");
  return Array.from(alone.trim() === "" ? name : alone, fold)
    .join("")
    .replaceAll(GAP, "");
}

/** A text as names are looked for in it, and where in the text each unit of it came from. */
type FoldedText = { readonly units: string; readonly from: readonly number[]; readonly to: readonly number[] };

function foldText(text: string): FoldedText {
  let units = "";
  const from: number[] = [];
  const to: number[] = [];
  let at = 0;
  for (const character of text) {
    const piece = fold(character);
    for (let unit = 0; unit < piece.length; unit += 1) {
      from.push(at);
      to.push(at + character.length);
    }
    units += piece;
    at += character.length;
  }
  return { units, from, to };
}

/** A list of names by their keys, ready to be searched for in a text. */
export type NameList = {
  readonly keys: ReadonlySet<string>;
  /** How long the keys are that begin with a UTF-16 unit, longest first. */
  readonly lengths: ReadonlyMap<number, readonly number[]>;
};

/** A name of a list found in a text, from `from` (inclusive) to `to` (exclusive). */
export type FoundName = { readonly key: string; readonly from: number; readonly to: number };

/**
 * Builds a list of names, or of their keys. A name of one sign would be found in half of all texts, and is left out.
 */
export function nameList(names: Iterable<string>): NameList {
  const keys = new Set<string>();
  const lengths = new Map<number, number[]>();
  for (const name of names) {
    const key = nameKey(name);
    if (Array.from(key).length < 2 || keys.has(key)) continue;
    keys.add(key);
    const first = key.charCodeAt(0);
    const known = lengths.get(first);
    if (known === undefined) lengths.set(first, [key.length]);
    else if (!known.includes(key.length)) known.push(key.length);
  }
  for (const known of lengths.values()) known.sort((a, b) => b - a);
  return { keys, lengths };
}

/** The names of a list that stand in a text, overlapping ones too, in the order of the text, the longest of one place first. */
export function namesIn(text: string, list: NameList): FoundName[] {
  const said = foldText(text);
  const found: FoundName[] = [];
  for (let start = 0; start < said.units.length; start += 1) found.push(...namesAt(text, said, start, list));
  return found;
}

/**
 * The longest name of a list with which a text begins, and what follows it as it was written.
 *
 * @returns null when it begins with none
 */
export function nameAtStart(text: string, list: NameList): { readonly key: string; readonly rest: string } | null {
  const [longest] = namesAt(text, foldText(text), 0, list);
  return longest === undefined ? null : { key: longest.key, rest: text.slice(longest.to) };
}

/** A text with other words in place of some names, the longest first. */
export function replaceNames(text: string, names: readonly string[], by: string): string {
  if (names.length === 0) return text;
  let result = "";
  let done = 0;
  for (const { from, to } of namesIn(text, nameList(names))) {
    if (from < done) continue;
    result += text.slice(done, from) + by;
    done = to;
  }
  return result + text.slice(done);
}

/** Whether a text contains a name, however either is written. */
export function hasName(text: string, name: string): boolean {
  return namesIn(text, nameList([name])).length > 0;
}

/**
 * The keys by which people call somebody together with the office, as 徐代表: the family name, of one sign or two, or each
 * part of a name that is written with dots or blanks (阿依古丽·买买提).
 */
export function callNames(name: string): readonly string[] {
  const signs = Array.from(nameKey(name));
  const parts = name
    .replace(ADDITION, "")
    .split(/[^\p{L}\p{N}\p{M}]+/u)
    .map(nameKey);
  return [...new Set([signs[0] ?? "", signs.slice(0, 2).join(""), ...parts])].filter((part) => part !== "");
}

function namesAt(text: string, said: FoldedText, start: number, { keys, lengths }: NameList): FoundName[] {
  return (lengths.get(said.units.charCodeAt(start)) ?? []).flatMap((length) => {
    const end = start + length;
    const key = said.units.slice(start, end);
    if (end > said.units.length || !keys.has(key) || cutsWord(said, start) || cutsWord(said, end)) return [];
    return [{ key, from: said.from[start] ?? 0, to: said.to[end - 1] ?? text.length }];
  });
}

/** Whether a name that begins or ends here would cut a Latin word in two: "Ann" does not stand in "planned". */
function cutsWord({ units, from, to }: FoldedText, at: number): boolean {
  const isJoined = at > 0 && at < units.length && to[at - 1] === from[at];
  return isJoined && LATIN.test(units.charAt(at - 1)) && LATIN.test(units.charAt(at));
}
