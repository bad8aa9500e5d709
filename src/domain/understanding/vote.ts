import { costOf, OPENS } from "./costs.ts";
import { ACTS, type Act } from "./meaning.ts";
import type { Decision } from "./policy.ts";

/** The degrees in which another model may be sure that words speak of something. */
export const DEGREES = ["no", "maybe", "yes"] as const;
/** One of those degrees. */
type Degree = (typeof DEGREES)[number];

/** The vote of another model on words that would be asked about: one voice beside ours, never a decision by itself. */
export type Vote = { readonly act: Act; readonly danger: Degree; readonly accuses: Degree };

/** The use that was made of a vote: it answered in place of the question, it raised a tier, or nothing came of it. */
export type VoteUse = "decided" | "raised" | "unused";

/** The JSON schema of a vote, in which the other model must answer. */
export const VOTE_SCHEMA = {
  type: "object",
  properties: {
    act: { type: "string", enum: [...ACTS] },
    danger: { type: "string", enum: [...DEGREES] },
    accuses: { type: "string", enum: [...DEGREES] },
  },
  required: ["act", "danger", "accuses"],
  additionalProperties: false,
} as const;

/** A mistake that costs more than this is not risked on another model's word. */
const HIGHEST_COST = 2.5;

/** Acts by which words go on with a case. */
const GOES_ON: readonly Act[] = ["adds", "urge", "relocate", "corrects-text"];

const DANGER = [null, "line", "card"] as const;
const ACCUSATION = [null, "office-first", "sealed"] as const;

/** Reads a vote; null where a text is anything but exactly what the schema says. */
export function readVote(text: string): Vote | null {
  const value = parsed(text);
  if (typeof value !== "object" || value === null || Object.keys(value).length !== VOTE_SCHEMA.required.length) {
    return null;
  }
  const { act, danger, accuses } = value as Record<string, unknown>;
  return isOneOf(ACTS, act) && isOneOf(DEGREES, danger) && isOneOf(DEGREES, accuses) ? { act, danger, accuses } : null;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function isOneOf<T extends string>(all: readonly T[], one: unknown): one is T {
  return all.some((known) => known === one);
}

/** A decision with the tiers that a vote asks for, where they are higher; no vote makes one lower. */
export function raise(decision: Decision, vote: Vote): Decision {
  return {
    ...decision,
    danger: higher(DANGER, decision.danger, DANGER[DEGREES.indexOf(vote.danger)] ?? null),
    accusation: higher(ACCUSATION, decision.accusation, ACCUSATION[DEGREES.indexOf(vote.accuses)] ?? null),
  };
}

/** Tells what became of a vote, from the decision without and with it and what decided in the end. */
export function voteUse(own: Decision, raised: Decision, rule: string): VoteUse {
  if (own.danger !== raised.danger || own.accusation !== raised.accusation) return "raised";
  return rule === "vote" ? "decided" : "unused";
}

function higher<T>(tiers: readonly T[], one: T, other: T): T {
  return tiers.indexOf(other) > tiers.indexOf(one) ? other : one;
}

/** The choice of a question that a vote speaks for; null where it speaks for none of them. */
export function choiceOf({ act }: Vote, options: readonly Act[]): Act | null {
  const choice = OPENS.includes(act) ? "matter" : GOES_ON.includes(act) ? "adds" : act;
  return options.includes(choice) ? choice : null;
}

/**
 * The choice that a vote may make in the place of whoever would be asked: one after which a person reads the words, and which
 * does little harm whichever of the other choices was meant. Null: the question is asked.
 */
export function decidedBy(vote: Vote, options: readonly Act[]): "matter" | "adds" | null {
  const choice = choiceOf(vote, options);
  if (choice !== "matter" && choice !== "adds") return null;
  return options.every((meant) => costOf(choice, meant) <= HIGHEST_COST) ? choice : null;
}
