import type { CaseRecord } from "../../../db/schema/cases.ts";
import { isNumberOf } from "../../domain/case/case.ts";
import type { AboutCase } from "../../domain/dialog/deputy/commands.ts";
import type { OwnNumber } from "../../domain/dialog/typed-numbers.ts";
import type { Turn } from "../turn/turn.ts";

/**
 * The cases that a command without a number means: those last shown or delivered; where there is none, all that it can
 * be about. Only a closed case is reopened, only an open one is answered; what was said of either can be corrected.
 */
export function clearCase(
  turn: Turn,
  mine: readonly CaseRecord[],
  command: AboutCase = "reply",
): readonly CaseRecord[] {
  const possible = mine.filter((one) => command === "correct" || (command === "reopen") === (one.closedAt !== null));
  const focused = inFocus(turn, possible);
  if (focused.length > 0) return focused;
  return command === "correct" || command === "reopen" ? possible.toReversed() : possible;
}

/** The cases last shown or delivered, also those that were closed by the deputy's own last words. */
export function inFocus(turn: Turn, mine: readonly CaseRecord[]): readonly CaseRecord[] {
  const focus = turn.conversation.dialog.focus ?? [];
  return mine.filter((one) => focus.includes(one.number));
}

/** Whether the deputy's last message was also about a case of somebody else, which words without a number may mean. */
export function hasReadOfOthers(turn: Turn, mine: readonly CaseRecord[]): boolean {
  const focus = turn.conversation.dialog.focus ?? [];
  return focus.some((number) => !mine.some((one) => one.number === number));
}

/** Notes a case as the one last shown. */
export function focusOn(turn: Turn, number: string): void {
  turn.conversation.dialog = { ...turn.conversation.dialog, focus: [number] };
}

/** The numbers of these cases, as the grammar of a deputy's words takes them. */
export function ownNumbers(mine: readonly CaseRecord[]): OwnNumber[] {
  return mine.map(({ number, closedAt }) => ({ number, isOpen: closedAt === null }));
}

/** The cases that one of these typed numbers means, with `、` between several. */
export function casesTyped(mine: readonly CaseRecord[], typed: string): CaseRecord[] {
  const numbers = typed.split("、");
  const meant = mine.filter(({ number }) => numbers.some((one) => isNumberOf(one, number)));
  // Digits begin anew each year: what is open is meant before what was closed with the same ones.
  const isShadowed = (one: CaseRecord) =>
    meant.some((other) => other.closedAt === null && other.number.slice(5) === one.number.slice(5));
  return meant.filter((one) => one.closedAt === null || numbers.includes(one.number) || !isShadowed(one));
}

/** The open cases whose numbers are digits that answer a question with so many choices. */
export function casesAmongDigits(mine: readonly CaseRecord[], choices: number): string[] {
  return mine.filter((one) => one.closedAt === null && Number(one.number.slice(5)) <= choices).map((one) => one.number);
}
