import type { How } from "../../case/claims.ts";
import { bareWords } from "../../text/words.ts";

/** The answer of a deputy who is asked to check what a unit reported. */
export type Checked = "visit" | "phone" | "pass-on" | "not-fixed";

/** The choices in the order of their digits; also as a tap of the menu sends them, by their words alone. */
const CHECKED: readonly { readonly answer: Checked; readonly words: RegExp }[] = [
  { answer: "visit", words: /^(?:我?去看过|看过)[,，\s]*(?:都|已经)?(?:修|办|弄)?好了$|^i was there: it is done$/ },
  {
    answer: "phone",
    words: /^我?打(?:过|了)?电话(?:或看照片)?[,，\s]*(?:修|办|弄)?好了$|^i asked or saw a photo: it is done$/,
  },
  {
    answer: "pass-on",
    words: /^没有核实[,，\s]*就按单位说的告诉居民$|^not checked: tell the resident what the unit says$/,
  },
  {
    answer: "not-fixed",
    words: /^(?:还|还是)?没(?:有)?(?:修|办|弄)?好(?:[,，\s]*退给单位)?$|^not done(?:: back to the unit)?$/,
  },
];

const KNOWN: readonly { readonly answer: How; readonly words: RegExp }[] = [
  { answer: "visit", words: /^我?(?:自己)?(?:去)?看(?:过|了)$|^i have seen it$/ },
  { answer: "unit_word", words: /^(?:听)?单位说的$|^the unit says so$/ },
  { answer: "resident_word", words: /^居民(?:自己)?说的$|^the resident says so$/ },
];

/** The answer that a text gives to whether a unit's report was checked; null where it is something else. */
export function checkedIn(text: string): Checked | null {
  return chosen(text, CHECKED);
}

/** The answer that a text gives to how a deputy knows that something is done; null where it is something else. */
export function knownIn(text: string): How | null {
  return chosen(text, KNOWN);
}

/** Whether a text passes on to a resident what the unit said. */
export function passesOn(text: string): boolean {
  return /^(?:照转|照单位说的|照原话|pass on|pass it on)$/.test(bareWords(text));
}

function chosen<T>(text: string, choices: readonly { readonly answer: T; readonly words: RegExp }[]): T | null {
  const said = bareWords(text);
  const [, digit, rest = ""] = /^(?:选|第)?([1-9])(?:[.、,:)]|个)?\s*(.*)$/su.exec(said) ?? [];
  const numbered = digit === undefined ? undefined : choices[Number(digit) - 1];
  if (numbered !== undefined) return rest === "" || numbered.words.test(rest) ? numbered.answer : null;
  return choices.find(({ words }) => words.test(said))?.answer ?? null;
}

const NOT = /[没未别不]\S{0,3}(?:去|看|到|打|问|亲眼|现场)/u;
const VISITED =
  /(?:我|本人|已经?|刚|今天|昨天|上午|下午|现场|实地)\S{0,6}(?:去看(?:过|了)|看过|看了|查看(?:过|了)?)|(?:到|去)(?:了|过)?现场|现场(?:看|查|核)|实地|亲眼/u;
const PHONED = /打(?:了|过)电话|电话(?:里)?(?:问|核实|确认|回访)/u;
const RESIDENT_SAYS = /居民(?:自己|本人)?(?:也)?(?:说|反馈|确认)/u;
const UNIT_SAYS = /(?:局|办|所|站|公司|单位|物业|他们)(?:那边|的人)?(?:说|回复|反馈|告诉我)/u;

/**
 * The way by which a deputy knows that something is done, by the words of a closing; null where they do not say it plainly. What they deny, or may
 * only mean to do, counts for nothing.
 */
export function howSaid(text: string): How | null {
  if (NOT.test(text) || /(?:再|要|准备|打算|明天|回头)\S{0,3}(?:去|看)/u.test(text)) return null;
  if (VISITED.test(text)) return "visit";
  if (PHONED.test(text)) return "phone";
  if (RESIDENT_SAYS.test(text)) return "resident_word";
  return UNIT_SAYS.test(text) ? "unit_word" : null;
}
