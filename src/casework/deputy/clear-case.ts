import type { CaseRecord } from "../../../db/schema/cases.ts";
import type { Turn } from "../turn/turn.ts";

/**
 * The cases that words without a number mean: the open ones last shown or delivered; where there is none, all open
 * ones.
 */
export function clearCase(turn: Turn, mine: readonly CaseRecord[]): readonly CaseRecord[] {
  const focused = inFocus(turn, mine).filter((one) => one.closedAt === null);
  if (focused.length > 0) return focused;
  return mine.filter((one) => one.closedAt === null);
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
