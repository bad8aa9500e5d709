import { aroundCodes, codesIn, type TypedCode, withoutCodes } from "../../domain/dialog/invite-code.ts";
import type { Outcome } from "../turn/outcome.ts";
import type { Said } from "../turn/said.ts";
import type { Turn } from "../turn/turn.ts";
import { bindChat, codesLookedUp, isOpenCode, noteWrongCodes, tellPaused, tellRefused } from "./bind.ts";

/** Longer words are somebody's matter, whatever code stands in them, unless they speak of it. */
const LONGEST_WITH_CODE = 40;

/**
 * Takes the invite codes out of what somebody said in words that are no command (“我的码是…”, the code alone): it binds them, or it
 * is refused, and in no case does a code that may be open go on into a case.
 *
 * Each code that is looked up in vain counts as a try; once there were too many, none is looked up, and what looks like one is
 * hidden, right or wrong: what becomes of the words must not tell.
 * @returns where the message ended, or what is left to be heard
 */
export async function takeCodes(turn: Turn, said: Said): Promise<Outcome | Said> {
  const codes = codesIn(said.text);
  if (codes.length === 0) return said;
  const { open, hidden, isPaused } = await lookUp(turn, codes);
  const { areMeant, isAll, length } = aroundCodes(said.text, codes);
  if (open !== null && (areMeant || length <= LONGEST_WITH_CODE)) return bindChat(turn, open.code);
  if (open === null && areMeant) {
    if (isPaused) tellPaused(turn);
    else tellRefused(turn);
    if (isAll) return { kind: "command" };
  }
  return { ...said, text: withoutCodes(said.text, areMeant ? codes : hidden) };
}

/**
 * Hides codes that may be open in what is shown with words on it, a position or a link, before it goes into a case;
 * nobody is bound by them.
 */
export async function hideCodes(turn: Turn, said: Said): Promise<Said> {
  const codes = codesIn(said.text);
  if (codes.length === 0) return said;
  const { hidden } = await lookUp(turn, codes);
  return { ...said, text: withoutCodes(said.text, hidden) };
}

type LookedUp = {
  readonly open: TypedCode | null;
  /** What is or may be an open code. */
  readonly hidden: readonly TypedCode[];
  /** Whether none could be looked up. */
  readonly isPaused: boolean;
};

async function lookUp(turn: Turn, codes: readonly TypedCode[]): Promise<LookedUp> {
  const most = codesLookedUp(turn);
  const wrong: TypedCode[] = [];
  let open: TypedCode | null = null;
  for (const one of codes.slice(0, most)) {
    if (await isOpenCode(turn, one.code)) {
      open = one;
      break;
    }
    wrong.push(one);
  }
  noteWrongCodes(turn, wrong.length);
  return { open, hidden: codes.filter((one) => !wrong.includes(one)), isPaused: most === 0 };
}
