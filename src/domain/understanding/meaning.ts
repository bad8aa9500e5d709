/**
 * The acts of speech that a resident's words may be, one for each text.
 *
 * `adds` goes on with a case; `greeting` says nothing yet; `why` asks why this deputy has it.
 */
export const ACTS = [
  "matter",
  "adds",
  "denies-fixed",
  "confirms-fixed",
  "thanks",
  "status",
  "urge",
  "withdraw",
  "relocate",
  "corrects-text",
  "why",
  "service-question",
  "inquiry",
  "suggestion",
  "petition",
  "my-data",
  "delete-my-data",
  "identity-claim",
  "spam",
  "greeting",
] as const;
/** The act of speech that a text is. */
export type Act = (typeof ACTS)[number];

/** The kinds of danger to life that the corpus tells apart. */
export const DANGER_KINDS = [
  "gas",
  "fire",
  "medical",
  "violence",
  "self-harm",
  "missing-person",
  "trapped",
  "flood",
] as const;
/** A kind of danger to life. */
export type DangerKind = (typeof DANGER_KINDS)[number];

/**
 * The yes-or-no questions that the model answers of each text, beside its act.
 *
 * `own-matter`: it names a matter of its own, so that it need not belong to an older one. `accuses`: it reproaches an
 * official with misconduct. `tells-on`: it speaks of the conduct of the very deputy who has the writer's case.
 */
export const HEADS = [
  "own-matter",
  "danger",
  "accuses",
  "tells-on",
  "minor",
  "anonymity",
  "several",
  ...DANGER_KINDS,
] as const;
/** A yes-or-no question of the model. */
export type Head = (typeof HEADS)[number];
