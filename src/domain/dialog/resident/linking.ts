import { canonicalCode, codesIn } from "../invite-code.ts";

/** So many codes that are wrong are an honest person's: mistyped, used, too old. */
const MOST_WRONG = 5;
const PAUSE_MS = 3_600_000;

/**
 * Whether no code for joining chats is looked at: within an hour there were too many wrong ones, the last of them less than an hour ago.
 *
 * @param wrong the moments of the last wrong codes, the latest first
 */
export function isLinkingPaused(wrong: readonly Date[], now: Date): boolean {
  const [last, first] = [wrong[0], wrong[MOST_WRONG - 1]];
  if (last === undefined || first === undefined) return false;
  return last.getTime() - first.getTime() < PAUSE_MS && now.getTime() - last.getTime() < PAUSE_MS;
}

/** The number of wrong codes that have to be known for {@link isLinkingPaused}. */
export const WRONG_KNOWN = MOST_WRONG;

/** A word for joining, and right behind it what is typed for a code. */
const TYPED =
  /(?<!解除|取消)(?:关联|\blink)(?:码|[\s-]*code)?[\s\p{P}\p{S}]*([0-9a-z](?:[0-9a-z\s-]{0,24}[0-9a-z])?)(?![0-9a-z])/iu;
/** Nothing but these words of courtesy stands before it, and marks behind it, where it need not look like a code of ours. */
const ALONE = /^[\s\p{P}\p{S}]*(?:我?(?:想|要)|请|麻烦|please|i want to)?[\s\p{P}]*$/iu;
/** Longer words are somebody's matter. */
const LONGEST = 240;
const SHORTEST_CODE = 6;

/**
 * The code with which somebody wants to join this chat with another one of theirs, as it is kept: right behind the word for joining, also where
 * they pass on our own sentence. Null in other words.
 */
export function understandLinking(text: string): string | null {
  const plain = text.normalize("NFKC").replace(/\p{Cf}/gu, "");
  const found = plain.length > LONGEST ? null : TYPED.exec(plain);
  if (found === null) return null;
  const [whole, typed = ""] = found;
  const [shaped] = codesIn(typed);
  if (shaped !== undefined) return shaped.code;
  const rest = plain.slice(found.index + whole.length);
  const isAll = ALONE.test(plain.slice(0, found.index)) && /^[\s\p{P}\p{S}]*$/u.test(rest);
  const code = canonicalCode(typed);
  return isAll && /[0-9]/.test(code) && code.length >= SHORTEST_CODE ? code : null;
}
