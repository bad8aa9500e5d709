/** The states of an answer of the library, as they are stored: a draft is in force once a second person has reviewed it, and then is never changed. */
export const ANSWER_STATES = ["draft", "in-force", "ended", "refused", "withdrawn"] as const;

/** The words of an answer of the library, and the days on which it holds, both included. */
export type AnswerContent = {
  /** Letters, digits and `-`: what cases that it answered name. */
  readonly code: string;
  readonly title: string;
  /** The questions that it answers, as people ask them. */
  readonly triggers: readonly string[];
  readonly body: string;
  /** Null for none. */
  readonly category: string | null;
  /** YYYY-MM-DD. */
  readonly validFrom: string;
  readonly validUntil: string;
};

/** The uses of an answer that are looked at, and how many refusals among them take it out of service. */
export const USES_LOOKED_AT = 10;
const MOST_REFUSALS = 3;

/** Whether an answer has to leave service until somebody reviews it again. @param refusals among its last ten uses, since it was last reviewed */
export function isRefusedTooOften(refusals: number): boolean {
  return refusals >= MOST_REFUSALS;
}

/** The way in which a case was answered at once: by an answer of the library, or by a station's next reception day. */
export type AnsweredBy = `answers:${string}` | `calendar:${string}`;

/** The code of the library's answer that answered a case; null where the calendar did. */
export function answerCodeOf(by: string): string | null {
  return by.startsWith("answers:") ? by.slice("answers:".length) : null;
}

/** The code of the station whose reception day answered a case; null where the library did. */
export function receptionStationOf(by: string): string | null {
  return by.startsWith("calendar:") ? by.slice("calendar:".length) : null;
}
