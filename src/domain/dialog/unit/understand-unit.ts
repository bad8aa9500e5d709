import type { ReturnGround } from "../../case/return-ground.ts";
import { afterWord, bareWords } from "../../text/words.ts";
import { IS_NOT_MINE } from "../deputy-sentences.ts";
import { numberAtStart, type OwnNumber } from "../typed-numbers.ts";

/** The commands of a unit's people about one matter. */
const SPEAKING = {
  接收: "accept",
  accept: "accept",
  退单: "decline",
  退單: "decline",
  decline: "decline",
  进展: "progress",
  進展: "progress",
  progress: "progress",
  办结: "report",
  辦結: "report",
  close: "report",
  延期: "extend",
  extend: "extend",
} as const;

type SpeakingWord = keyof typeof SPEAKING;

/** A command of a unit's people about one matter. */
export type UnitCommand = (typeof SPEAKING)[SpeakingWord];

/** The words that no other role has; a deputy accepts too. */
const UNIT_ALONE: ReadonlySet<UnitCommand> = new Set(["decline", "progress", "extend"]);

/**
 * The meaning of a text of somebody who speaks for a unit. `number` is as typed, null where it was left out; `other` is for nobody of
 * a unit: a resident's words, or a deputy's.
 */
export type UnitMeaning =
  | { readonly kind: "list" }
  | { readonly kind: "help" }
  | { readonly kind: "show"; readonly number: string }
  | { readonly kind: "about"; readonly command: UnitCommand; readonly number: string | null; readonly text: string }
  | { readonly kind: "other" };

const SPEAKING_WORDS = Object.keys(SPEAKING) as SpeakingWord[];
const LIST = /^(?:列表|清单|待办|待办列表|list|todo)$/;
const HELP = /^(?:帮助|怎么用|菜单|help|menu)$/;
const SHOWN = /^(?:看|查看|查)?\s*(?:第|编号)?\s*#?\s*(20\d{2}-\d{6}|\d{1,6})\s*(?:号件?)?$/;
/** A number of a case that is none of the unit's: nothing that could be a part of the words may follow it. */
const ANY_NUMBER = /^[\s:：]*(?:第|编号)?\s*#?\s*(20\d{2}-\d{6}|\d{1,6})\s*(?:号件?)?(?=$|[\s\p{P}])/u;

/**
 * The meaning of a text of somebody who speaks for a unit.
 *
 * A command word counts with a number behind it, or where a mark, a blank or the end follows: "接收器坏了" and "办结率" are sentences.
 * @param own the numbers of the matters that the unit has
 */
export function understandUnit(text: string, own: readonly OwnNumber[]): UnitMeaning {
  const said = bareWords(text);
  if (LIST.test(said)) return { kind: "list" };
  if (HELP.test(said)) return { kind: "help" };
  const [, shown] = SHOWN.exec(said) ?? [];
  if (shown !== undefined) return { kind: "show", number: shown };
  const found = afterWord(text, SPEAKING_WORDS);
  if (found === null) return { kind: "other" };
  const command = SPEAKING[found.word];
  const head = numberAtStart(found.rest.replace(/^[\s:：]+/u, ""), own);
  if (head !== null) return { kind: "about", command, number: head.number, text: wordsOf(head.rest) };
  const [whole, typed] = ANY_NUMBER.exec(found.rest.normalize("NFKC")) ?? [];
  if (whole !== undefined && typed !== undefined) {
    return { kind: "about", command, number: typed, text: wordsOf(found.rest.slice(whole.length)) };
  }
  if (!/^(?:$|[\s\p{P}])/u.test(found.rest) || /^[a-z]/i.test(found.word)) return { kind: "other" };
  return { kind: "about", command, number: null, text: wordsOf(found.rest) };
}

/** Whether only somebody of a unit can mean this. */
export function isUnitsAlone(meaning: UnitMeaning): boolean {
  return meaning.kind === "about" && UNIT_ALONE.has(meaning.command);
}

function wordsOf(rest: string): string {
  return rest.replace(/^[\s\p{P}]+/u, "").trim();
}

const NOT_OURS = /不归|不属于|属于|不是我|不是本|无权|职责|权属|转给|应由|应该由|not ours|belongs/iu;
const UNCLEAR = /不清|不明|没写|看不懂|哪里|地址|位置|unclear|where/iu;

/** The ground on which a unit or a deputy gives a matter back, by their words. */
export function returnReasonIn(words: string): ReturnGround {
  if (NOT_OURS.test(words) || IS_NOT_MINE.test(bareWords(words))) return "not_ours";
  return UNCLEAR.test(words) ? "unclear" : "other";
}
