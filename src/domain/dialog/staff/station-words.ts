import { type ContactWay, phoneNumber } from "../../case/desk.ts";
import { afterWord, bareWords, fromFirstWord } from "../../text/words.ts";
import { countsOn, ownWords } from "../typed-numbers.ts";

/**
 * The meaning of a text of somebody who speaks for a station. Numbers are as typed, null where they were left out; `other` is nothing
 * that is said for a station: a resident's words, or a deputy's.
 */
export type StationMeaning =
  /** What somebody says at the desk; empty where the words are missing. */
  | { readonly kind: "take-down"; readonly text: string }
  /** How the person is told whose matter was taken down last. */
  | { readonly kind: "contact"; readonly way: ContactWay }
  /** The number under which they are told; null where what stands there is none. */
  | { readonly kind: "phone"; readonly phone: string | null }
  | { readonly kind: "calls" }
  | { readonly kind: "number"; readonly typed: string }
  | { readonly kind: "told"; readonly typed: string | null; readonly text: string }
  | { readonly kind: "unreached"; readonly typed: string | null }
  /** Another deputy shall have a case; `to` is their name or code. */
  | { readonly kind: "pass"; readonly typed: string; readonly to: string }
  | { readonly kind: "other" };

/** The facts that decide, beside the words, whether they are said for a station. */
export type StationState = {
  /** Whether a number, as typed, is that of a call of the station. */
  readonly isCall: (typed: string) => boolean;
  /** Whether a number, as typed, is that of an open case of the station. */
  readonly isCase: (typed: string) => boolean;
  /** Whether this is the name or the code of a deputy of the station. */
  readonly isDeputy: (words: string) => boolean;
  /** Whether a call was shown to this person lately, so that a word without a number is of that one. */
  readonly hasShown: boolean;
  /** Whether this person took something down lately, so that a telephone number is its person's. */
  readonly hasTaken: boolean;
  /** Whether they are asked how that person is told. */
  readonly isAsked: boolean;
};

const TAKE_DOWN = ["代记", "take down"] as const;
const CALLS = /^(?:电话|calls)$/;
const PHONE = ["电话", "phone"] as const;
const NUMBER = ["号码", "number"] as const;
const TOLD = ["已告知", "told"] as const;
const UNREACHED = ["打不通", "no answer"] as const;
const PASS = ["转派", "pass"] as const;

/** Behind the Chinese word a blank or a mark, so that a word that only begins like it is none; behind the English one, a common word, a colon. */
const PARTED = /^\s*[:：]\s*|^[\s,，.。、;；\-—]+/u;
const COLON = /^\s*[:：]\s*/u;
/** A number that ends where it ends: "3", "3号", "2026-000033". */
const TYPED = /^[\s:：]*(?:第|编号)?\s*#?\s*(20\d{2}-\d{6}|\d{1,6})\s*(?:号件?)?(?=$|[\s\p{P}])/u;

const OTHER: StationMeaning = { kind: "other" };

/** The choices in the order of their digits; also as a tap of the menu sends them, by their words alone. */
const WAYS: readonly { readonly way: ContactWay; readonly words: RegExp }[] = [
  {
    way: "chat",
    words: /^用?[他她]?的?微信(?:[:(].{1,16})?$|^by a chat(?: of their own: they scan a code| \(.{1,40})?$/u,
  },
  { way: "phone", words: /^打电话$|^by telephone$/ },
  { way: "again", words: /^[他她]?会?再来站里$|^they come again$/ },
];

/**
 * The meaning of a text of somebody who speaks for a station.
 *
 * A word counts only where its own kind of words follows: a text behind a blank, a telephone number and nothing else, the number of a call
 * that the station has. "代记账公司", "电话没人接" and "打不通 12345" are sentences.
 */
export function understandStation(text: string, state: StationState): StationMeaning {
  const taken = takenDownIn(text);
  if (taken !== null) return taken;
  if (CALLS.test(bareWords(text))) return { kind: "calls" };
  const way = state.isAsked ? wayIn(text) : null;
  if (way !== null) return { kind: "contact", way };
  const phone = afterWord(text, PHONE);
  if (phone !== null) return phoneIn(phone.rest, state);
  return numbered(text, state) ?? OTHER;
}

/** Whether a text begins with a word behind which a number is said: what a station has decides whether that is meant. */
export function namesNumber(text: string): boolean {
  return afterWord(text, [...TOLD, ...UNREACHED, ...PASS]) !== null;
}

function takenDownIn(text: string): StationMeaning | null {
  const found = afterWord(text, TAKE_DOWN);
  if (found === null) return null;
  const mark = found.word === "代记" ? PARTED : COLON;
  if (/^[\s\p{P}]*$/u.test(found.rest)) return found.word === "代记" ? { kind: "take-down", text: "" } : null;
  return mark.test(found.rest) ? { kind: "take-down", text: found.rest.replace(mark, "").trim() } : null;
}

/** A telephone number and nothing else; digits that are none are asked for again where one is expected. */
function phoneIn(rest: string, { hasTaken }: StationState): StationMeaning {
  const typed = rest.replace(/^[\s:：]+/u, "").trim();
  if (!hasTaken || !/^[+\d][\d\s\-()（）－]{3,24}$/u.test(typed.normalize("NFKC"))) return OTHER;
  return { kind: "phone", phone: phoneNumber(typed) };
}

function numbered(text: string, state: StationState): StationMeaning | null {
  const isAlone = (word: string) => bareWords(text) === word;
  const number = numberAfter(text, NUMBER);
  if (number !== null) return number.rest === "" ? { kind: "number", typed: number.typed } : null;
  const told = numberAfter(text, TOLD);
  // Behind a number that is no call of theirs, words are a sentence; a number alone is a slip, and is told to be one.
  if (told !== null) {
    const { typed, rest } = told;
    const isMeant = rest === "" || (!countsOn(rest) && state.isCall(typed));
    return isMeant ? { kind: "told", typed, text: rest } : null;
  }
  const unreached = numberAfter(text, UNREACHED);
  if (unreached !== null) {
    const { typed, rest } = unreached;
    const isMeant = rest === "" && (typed.includes("-") || state.isCall(typed) || state.isCase(typed));
    return isMeant ? { kind: "unreached", typed } : null;
  }
  if (state.hasShown && TOLD.some(isAlone)) return { kind: "told", typed: null, text: "" };
  if (state.hasShown && UNREACHED.some(isAlone)) return { kind: "unreached", typed: null };
  const pass = numberAfter(text, PASS);
  return pass === null || !mayTake(pass, state) ? null : { kind: "pass", typed: pass.typed, to: pass.rest };
}

/** The number right behind one of these words, and what follows it; null where none does, or it goes on. */
function numberAfter(text: string, words: readonly string[]): { readonly typed: string; readonly rest: string } | null {
  const found = afterWord(text, words);
  if (found === null) return null;
  const said = found.rest.normalize("NFKC");
  // "number3" and "told3" are no words.
  if (/^[a-z]/i.test(found.word) && !/^\s/.test(said)) return null;
  const [whole, typed] = TYPED.exec(said) ?? [];
  if (whole === undefined || typed === undefined) return null;
  return { typed, rest: ownWords(said.slice(whole.length)).replace(/[。.!！]+$/u, "") };
}

/** Whether words may be meant as who takes a case: a deputy of the station, a code, or beside the number of a case what is as long as a name. */
function mayTake({ typed, rest }: { readonly typed: string; readonly rest: string }, state: StationState): boolean {
  if (/^[a-z]{1,4}-?\d{1,6}$/i.test(rest)) return true;
  if (!/^[\p{L}·]{2,24}$/u.test(rest)) return false;
  return state.isDeputy(rest) || (/^\p{Script=Han}{2,4}(?:代表)?$/u.test(rest) && state.isCase(typed));
}

function wayIn(text: string): ContactWay | null {
  const said = bareWords(fromFirstWord(text));
  const [, digit, rest = ""] = /^(?:选|第)?([1-3])(?:[.、,:)]|个)?\s*(.*)$/su.exec(said) ?? [];
  const chosen = digit === undefined ? undefined : WAYS[Number(digit) - 1];
  if (chosen !== undefined) return rest === "" || chosen.words.test(rest) ? chosen.way : null;
  return WAYS.find(({ words }) => words.test(said))?.way ?? null;
}
