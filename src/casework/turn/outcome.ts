/** The outcome of a message: each ends in exactly one of these (quality.md, EVERY-ACCEPTED-ONCE). */
export type Outcome = {
  readonly kind:
    | "case"
    | "command"
    | "answer"
    | "courtesy"
    | "refused"
    | "spam"
    | "event"
    | "unsupported"
    | "quarantine";
  readonly caseId?: string;
};
