import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  BY_PHONE,
  nextStep,
  type Reachability,
  retryDelayMs,
  type Waiting,
} from "../../../src/domain/messages/delivery-ladder.ts";
import { reasonKindOf, whoActs } from "../../../src/domain/messages/delivery-reason.ts";

const NOW = new Date("2026-11-23T04:00:00Z");
const LATER = new Date(NOW.getTime() + 3_600_000);
const EARLIER = new Date(NOW.getTime() - 1000);

const reach = (change: Partial<Reachability> = {}): Reachability => ({
  rungs: ["direct", "template", "subscription", "passive"],
  directRefused: false,
  following: true,
  window: "after-contact",
  refusedSinceContact: false,
  windowLeft: 5,
  windowUntil: LATER,
  subscriptionCredits: 1,
  keepsOneForTheAnswer: true,
  ...change,
});
const OPEN = { window: "open", windowLeft: 0, rungs: ["direct"] } as const;
const receipt: Waiting = { isAnswer: false, hasNotice: false, noticed: false };
const answer: Waiting = { isAnswer: true, hasNotice: true, noticed: false };

describe("the delivery ladder", () => {
  it.each<[string, Waiting, Reachability, string]>([
    ["writes directly while the window is open", receipt, reach(), "direct"],
    ["writes at any time where no window is needed", receipt, reach({ ...OPEN, windowUntil: null }), "direct"],
    ["but not to somebody who left", receipt, reach({ ...OPEN, following: false }), "await-contact"],
    ["nor where a message was refused since", receipt, reach({ ...OPEN, refusedSinceContact: true }), "await-contact"],
    ["keeps one message for the answer", receipt, reach({ windowLeft: 1 }), "await-contact"],
    ["spends the last one on the answer", answer, reach({ windowLeft: 1 }), "direct"],
    ["keeps nothing back from deputies", receipt, reach({ windowLeft: 1, keepsOneForTheAnswer: false }), "direct"],
    ["announces an answer by template when the window is over", answer, reach({ windowUntil: EARLIER }), "template"],
    ["announces it by template when the quota is used up", answer, reach({ windowLeft: 0 }), "template"],
    [
      "uses a consent where there is no template",
      answer,
      reach({ windowUntil: EARLIER, rungs: ["direct", "subscription"] }),
      "subscription",
    ],
    [
      "cannot use a consent that is spent",
      answer,
      reach({ windowUntil: EARLIER, rungs: ["direct", "subscription"], subscriptionCredits: 0 }),
      "await-contact",
    ],
    ["announces once", { ...answer, noticed: true }, reach({ windowUntil: EARLIER }), "await-contact"],
    ["does not spend a notice on a receipt", receipt, reach({ windowUntil: EARLIER }), "await-contact"],
    ["waits for a person who left the account", answer, reach({ following: false }), "await-contact"],
    ["waits for the next contact on a passive account", answer, reach({ rungs: ["passive"] }), "await-contact"],
    ["announces by template what a refused account may not write", answer, reach({ directRefused: true }), "template"],
    [
      "leaves the rest of a refused account to the next contact",
      receipt,
      reach({ directRefused: true }),
      "await-contact",
    ],
    [
      "has no window before the first message",
      answer,
      reach({ windowUntil: null, rungs: ["direct"] }),
      "await-contact",
    ],
  ])("%s", (_name, waiting, given, expected) => {
    const step = nextStep(waiting, given, NOW);
    expect(step.step === "send" ? step.rung : step.step).toBe(expected);
  });
});

it("calls for a telephone where an account has no way to send anything", () => {
  const step = nextStep(answer, reach({ rungs: [] }), NOW);
  expect(step).toEqual({ step: "await-contact", reason: BY_PHONE });
  expect(whoActs("waits-for-contact", reasonKindOf(BY_PHONE))).toBe("office");
});

describe("waiting before another try", () => {
  it("never is shorter than the platform asks, nor longer than that, or half a minute, and the jitter of half a minute", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 50 }),
        fc.nat(100_000_000),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (tries, atLeast, random) => {
          const delay = retryDelayMs(tries, atLeast, random);
          expect(delay).toBeGreaterThanOrEqual(atLeast);
          expect(delay).toBeLessThanOrEqual(Math.max(atLeast, 30_000) + 7_501);
        },
      ),
    );
  });
});
