import { normalise, remembering } from "../text/words.ts";

/** The longest text that is read at once: of a longer one, this much of its beginning is prepared. */
export const READ_LENGTH = 500;
const BETWEEN_HAN = /(?<=\p{Script=Han})\s+(?=\p{Script=Han}(?:\s|$))/gu;
/** Blanks between single signs, as in 不 满 意; a blank between words stays. */
const SPELT_OUT = /(?:(?<=^|\s)\p{Script=Han}\s){2,}\p{Script=Han}(?=\s|$|[\p{P}\p{S}])/gu;
/** The signs that stand for something else here, should somebody type one. */
const RESERVED = /[\ue000-\ue00f]/g;
/** Markup and addresses are nobody's words. */
const MARKUP = /<[^<>]{1,300}>|(?:https?|weixin):\/\/[^\s<>"，。]{1,300}/g;
const STRETCHED = /(.)\1{2,}/gu;
const LONG_NUMBER = /\d{3,}/g;
const QUESTION = /[?？]/g;
const BREAK = /[\s\p{P}\p{S}\p{M}]+/gu;
/** What people say before they begin: it is kept as one sign, for it says little of what follows. */
const OPENING =
  /^(?:(?:你们?|您|大家|各位|领导|代表|同志|老师|上午|中午|下午|晚上|早上)+好[啊呀]?|那个|这个|喂+|嗨|哈喽|请问|麻烦问一?下|打扰一?下|不好意思|就是说|我说)(?=.)/u;
/** Signs of the prepared text, from the private use area: end of a clause, a question, a number, an opening. */
const END = " ";
const ASKED = "\ue001";
const NUMBER = "\ue002";
const OPENED = "\ue003";
const LINK = " \ue008 ";

/**
 * A text as the model reads it: normalised, small letters, stretched signs cut to two, long numbers one sign, what stands
 * between clauses one blank, the usual opening one sign.
 *
 * @param text in which names of people are already one word
 */
export const prepare = remembering((text) => {
  const plain = normalise(text.slice(0, READ_LENGTH)).toLowerCase().replace(RESERVED, " ").replace(MARKUP, LINK);
  const joined = plain.includes(" ")
    ? plain.replace(SPELT_OUT, (spelt) => spelt.replace(BETWEEN_HAN, "").replaceAll(" ", ""))
    : plain;
  const signs = joined
    .replace(STRETCHED, "$1$1")
    .replace(LONG_NUMBER, NUMBER)
    .replace(QUESTION, ASKED)
    .replace(BREAK, END)
    .replace(/ ?\ue001[\ue001 ]*/g, ASKED)
    .trim();
  return opened(signs);
});

/** Whether two texts are one to the model. */
export function isReadAlike(one: string, other: string): boolean {
  return one.length <= READ_LENGTH && other.length <= READ_LENGTH && prepare(one) === prepare(other);
}

function opened(text: string): string {
  let rest = text;
  let isOpened = false;
  for (let cut = rest.replace(OPENING, "").trim(); cut !== rest && cut !== ""; cut = rest.replace(OPENING, "").trim()) {
    rest = cut;
    isOpened = true;
  }
  return isOpened ? `${OPENED}${rest}` : rest;
}
