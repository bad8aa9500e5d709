import type { Failed, Failure } from "../failure.ts";

type Refused = Extract<Failure, { outcome: "refused" }>;

/** The platform's refusals by their codes (im/v1/messages and the gateway before it; protocols-more.md 5), and what each blocks. */
const REFUSALS: Readonly<Record<Refused["blocks"], readonly number[]>> = {
  // The bot is not in the group, the person is outside of the app's availability or left, the chat is gone.
  person: [230_002, 230_013, 230_029, 230_034, 230_038, 230_045, 232_009],
  // The bot is off, or a permission, the app id or the secret is not right.
  account: [230_006, 230_027, 230_035, 10_003, 10_012, 10_013, 10_014, 99_991_661, 99_991_672, 99_991_673, 99_991_679],
  // The message itself: its form, length or words, what it answers, a card that is none.
  content: [
    ...[230_001, 230_011, 230_019, 230_022, 230_025, 230_028, 230_031, 230_054, 230_055, 230_071, 230_072, 230_099],
    ...[230_110, 230_111, 234_001, 234_006, 234_007, 234_010],
  ],
  // The person stopped the bot, of which nothing is told: what is for them waits until they write again.
  rung: [230_053],
};

/** Too many calls: of the app, or to one chat. */
const BUSY: readonly number[] = [99_991_400, 11_232, 11_233];
const CHAT_BUSY: readonly number[] = [230_020, 230_018];
/** Sending to people is off for a while; seen right after an app was set up. */
const NOT_YET: readonly number[] = [230_101];
/** A gateway gave up on what may have been done, or the same message is on its way just now: its key tells. */
const UNKNOWN_END: readonly number[] = [2200, 230_049];
const TOKEN: ReadonlySet<number | null> = new Set([99_991_663, 99_991_664, 99_991_668, 99_991_671]);

const RETRY_MS = 5000;
const NOT_YET_MS = 60_000;
const MOST_WAIT_S = 7 * 86_400;

/** The failure that a code of the platform means for the message that was being sent. @param resetSeconds how long it asks to wait, null where it says nothing */
export function failureOf(
  code: number,
  message: string,
  { status, resetSeconds }: { readonly status: number; readonly resetSeconds: number | null },
): Failure {
  const reason = `${code} ${message}`;
  const afterMs = resetSeconds === null ? RETRY_MS : Math.min(MOST_WAIT_S, resetSeconds) * 1000;
  if (CHAT_BUSY.includes(code)) return { outcome: "retry", reason, afterMs, scope: "address" };
  if (status === 429 || BUSY.includes(code)) return { outcome: "retry", reason, afterMs, scope: "account" };
  if (NOT_YET.includes(code)) return { outcome: "retry", reason, afterMs: NOT_YET_MS, scope: "message" };
  if (UNKNOWN_END.includes(code)) return { outcome: "uncertain", reason };
  const known = (["person", "account", "content", "rung"] as const).find((blocks) => REFUSALS[blocks].includes(code));
  if (known !== undefined) return { outcome: "refused", reason, blocks: known };
  if (status >= 500) return { outcome: "retry", reason, afterMs: RETRY_MS, scope: "account" };
  if (isTokenCode(code)) return { outcome: "refused", reason, blocks: "account" };
  return { outcome: "refused", reason: `${reason}: unknown to us`, blocks: "content" };
}

/** Whether a code says that the access token is wrong or expired. */
export function isTokenCode(code: number | null): boolean {
  return TOKEN.has(code);
}

/** The time for which an interface is better left alone after a failed call, in milliseconds; 0 when it is not. */
export function restMs({ code, failure }: Failed): number {
  return code !== null && failure.outcome === "retry" && failure.scope === "account" ? failure.afterMs : 0;
}

/** Whether a failed call says that the platform is down, or takes no token of ours. */
export function isDown({ code }: Failed): boolean {
  return isTokenCode(code);
}
