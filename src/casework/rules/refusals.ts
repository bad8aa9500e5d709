import type { Finding } from "../../domain/rules/finding.ts";

/**
 * The refusal of a step with a rule set, with its reason; nothing was stored.
 *
 * `content`: the rules, or the note of the review, cannot be taken; `unknown`: there is no such number; `state`: the state
 * of this version does not allow it; `person`: this person may not, or that is no name.
 */
export type Refused = {
  readonly ok: false;
  readonly because: "content" | "unknown" | "state" | "person";
  /** One plain sentence. */
  readonly reason: string;
  /** Every mistake with its place; empty unless it is the content. */
  readonly findings: readonly Finding[];
};

/** The refusal of content, with what `parseContent` or `readContent` found. */
export function badContent(findings: readonly Finding[]): Refused {
  return refused("content", "The rule set cannot be taken as it is.", findings);
}

/** The refusal of a review's note that is too long, or that a database cannot keep. */
export function badNote(most: number): Refused {
  return refused("content", `A note has at most ${most} characters, without control characters.`);
}

/** The refusal of a text that is no person's name. */
export function badName(name: string): Refused {
  return refused("person", `${JSON.stringify(name.slice(0, 40))} is no name: give 1 to 100 plain characters.`);
}

/** The refusal of a review by the author of what is reviewed. */
export function ownWork(name: string): Refused {
  return refused("person", `${name} wrote this rule set: somebody else must review it.`);
}

/** The refusal of a step that is for whoever wrote of a version. */
export function notOwnWork(name: string): Refused {
  return refused("person", `${name} wrote nothing of this rule set: whoever did withdraws it.`);
}

/** The refusal of a number that no version has. */
export function unknown(number: number): Refused {
  return refused("unknown", `There is no rule set ${number} in this county.`);
}

/**
 * The refusal of a step that the state of a version does not allow.
 *
 * @param otherwise what cannot be done, and what could, to follow the word "cannot"
 */
export function wrongState(number: number, state: string, otherwise: string): Refused {
  const now = state === "in-review" ? "in review" : state === "draft" ? "a draft" : state;
  return refused("state", `Rule set ${number} is ${now} and cannot ${otherwise}.`);
}

function refused(because: Refused["because"], reason: string, findings: readonly Finding[] = []): Refused {
  return { ok: false, because, reason, findings };
}
