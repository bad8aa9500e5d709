import type { Rung } from "./message.ts";

/** The ways to reach a person at this moment: the rungs of the account, and what the platform still allows. */
export type Reachability = {
  readonly rungs: readonly Rung[];
  /** The platform does not let this account send direct messages, whatever its rungs were meant to be. */
  readonly directRefused: boolean;
  readonly following: boolean;
  /** `open`: direct messages need no contact of the person's before; `after-contact`: only what a contact allowed. */
  readonly window: "open" | "after-contact";
  /** The platform refused a direct message since the person's last contact. */
  readonly refusedSinceContact: boolean;
  /** Direct messages that the platform still allows, and until when. */
  readonly windowLeft: number;
  readonly windowUntil: Date | null;
  readonly subscriptionCredits: number;
  /** Residents: one message of the window is kept for the answer. */
  readonly keepsOneForTheAnswer: boolean;
};

/**
 * A message that waits to be sent, with what the ladder asks of it: whether it is the answer itself, whether a notice
 * may announce it and has done so.
 */
export type Waiting = {
  readonly isAnswer: boolean;
  readonly hasNotice: boolean;
  readonly noticed: boolean;
};

/**
 * The next step of a delivery: a call of the platform on one rung, or waiting for the person's next contact, with the
 * reason.
 */
export type NextStep =
  | { readonly step: "send"; readonly rung: "direct" | "template" | "subscription" }
  | { readonly step: "await-contact"; readonly reason: string };

/**
 * The reason of a message that waits for the person's next contact because the platform refuses the account its direct
 * messages.
 */
export const DIRECT_REFUSED = "the platform refuses this account direct messages (see LiaisonTokenRefused)";

/** The reason of a message that waits for the person's next contact because the platform did not take one to them since their last. */
export const REFUSED_SINCE_CONTACT = "the platform refused a message to this person since their last contact";

/** The reason of a message for somebody without a chat: nothing can be sent to them, and the office rings them up. */
export const BY_PHONE = "nothing can be sent: the person is rung up";

/**
 * The next rung of the delivery ladder for what waits, or the reason why only the person's next contact can help.
 *
 * A notice is sent once; what it announces goes on waiting for the contact that the notice asks for.
 */
export function nextStep(waiting: Waiting, reach: Reachability, now: Date): NextStep {
  if (reach.rungs.length === 0) return { step: "await-contact", reason: BY_PHONE };
  if (!reach.following) return { step: "await-contact", reason: "no longer follows the account" };
  const mayWrite = reach.rungs.includes("direct") && !reach.directRefused;
  const closed = closedFor(waiting, reach, now);
  if (mayWrite && closed === null) return { step: "send", rung: "direct" };
  if (waiting.isAnswer && waiting.hasNotice && !waiting.noticed) {
    if (reach.rungs.includes("template")) return { step: "send", rung: "template" };
    if (reach.rungs.includes("subscription") && reach.subscriptionCredits > 0) {
      return { step: "send", rung: "subscription" };
    }
  }
  if (!mayWrite) {
    return { step: "await-contact", reason: reach.directRefused ? DIRECT_REFUSED : "account replies passively only" };
  }
  return { step: "await-contact", reason: closed ?? REFUSED_SINCE_CONTACT };
}

/** The reason why a direct message is not allowed to this person now; null where it is. */
function closedFor(waiting: Waiting, reach: Reachability, now: Date): string | null {
  if (reach.window === "open") return reach.refusedSinceContact ? REFUSED_SINCE_CONTACT : null;
  if (reach.windowUntil === null || reach.windowUntil <= now) return "outside the platform's window";
  const kept = reach.keepsOneForTheAnswer && !waiting.isAnswer ? 1 : 0;
  return reach.windowLeft > kept ? null : "the platform's quota is used up or kept for the answer";
}

const FIRST_RETRY_MS = 2_000;
/** The longest delay between two tries: with jitter and sweep, a message leaves within a minute of the end of an outage. */
const LONGEST_RETRY_MS = 30_000;

/**
 * The delay before the next try, in milliseconds: doubling from 2 s to half a minute, with up to a quarter of jitter.
 *
 * @param tries how often it was tried already, from 1
 * @param atLeastMs what the platform asked for
 * @param random 0 to 1
 */
export function retryDelayMs(tries: number, atLeastMs: number, random: number): number {
  const delay = Math.min(LONGEST_RETRY_MS, FIRST_RETRY_MS * 2 ** Math.min(tries - 1, 20));
  const waitMs = Math.max(atLeastMs, delay);
  return Math.round(waitMs + (Math.min(waitMs, LONGEST_RETRY_MS) * random) / 4);
}
