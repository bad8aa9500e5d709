import { triesLeft, withWrong } from "../../domain/dialog/code-tries.ts";
import { tell } from "../outbox/tell.ts";
import { type Turn, wordingFor } from "../turn/turn.ts";

/**
 * The number of wrong codes of the one who writes that are still looked up; none for an hour after too many of them.
 */
export function codesLookedUp(turn: Turn): number {
  return triesLeft(turn.conversation.dialog.codeTries, turn.now);
}

/**
 * Notes wrong codes with the conversation, and shows them to whoever watches the account: many people who try a few each are not
 * hindered, for among them may be deputies. A transaction that is run again is counted again.
 */
export function noteWrongCodes(turn: Turn, wrong: number): void {
  const { runtime, account, county, conversation, now } = turn;
  if (wrong === 0) return;
  conversation.dialog = { ...conversation.dialog, codeTries: withWrong(conversation.dialog.codeTries, wrong, now) };
  runtime.log.warn({ county: county.code, account: account.name, wrong }, "an invite code was wrong");
  runtime.countWrongCodes?.({ county: county.code, channel: account.channel, account: account.name }, wrong);
}

/** Tells the one who writes, once, that no code is looked up for a while, and where to get a new one. */
export function tellPaused(turn: Turn): void {
  const { dialog } = turn.conversation;
  const { codeTries } = dialog;
  if (codeTries === undefined || codeTries.told === true) return;
  turn.conversation.dialog = { ...dialog, codeTries: { ...codeTries, told: true } };
  tell(turn, { kind: "deputy-answer", subject: null, words: wordingFor(turn).bindPaused() });
}

/** Tells the one who writes that a code is wrong, used or too old: one answer for all of these. */
export function tellRefused(turn: Turn): void {
  tell(turn, { kind: "deputy-answer", subject: null, words: wordingFor(turn).bindRefused() });
}
