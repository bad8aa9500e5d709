import { type NextStep, nextStep, type Reachability, type Waiting } from "./delivery-ladder.ts";

/** The step of a delivery over all chats of its reader: which of them, and the call there; or waiting for a contact in any of them. */
export type StepAcross =
  | { readonly step: "send"; readonly chat: number; readonly rung: Extract<NextStep, { step: "send" }>["rung"] }
  | Extract<NextStep, { step: "await-contact" }>;

/** The rung of an attempt that gave a message to another chat. */
export const MOVED = "moved";

/** The number of times that a message may be given to another chat. */
export const MOST_MOVES = 3;

/**
 * The next step of the ladder over all chats of a reader: directly in the chat in which the message is, or by a notice there, once;
 * directly in another one; by a notice in another one; else their next contact in any.
 *
 * @param chats the chat in which the message is, then those to which it may be given, the likeliest first
 */
export function stepAcross(waiting: Waiting, chats: readonly Reachability[], now: Date): StepAcross {
  const steps = chats.map((reach) => nextStep(waiting, reach, now));
  const [here] = steps;
  if (here === undefined) throw new Error("a message without a chat has no step");
  const direct = steps.findIndex((one, chat) => chat > 0 && one.step === "send" && one.rung === "direct");
  const notice = steps.findIndex((one) => one.step === "send");
  const chosen = here.step === "send" ? 0 : direct > 0 ? direct : notice;
  const step = steps[chosen];
  if (step?.step === "send") return { ...step, chat: chosen };
  if (here.step === "send") throw new Error("what can be sent here is sent here");
  return here;
}

/** The time that an answer waits for its person before somebody rings them up, and that a post stands unread before it is told in another chat. */
export const WAITS_MS = { phone: 48 * 3_600_000, unreadPost: 24 * 3_600_000 } as const;
