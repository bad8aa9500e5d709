import type { CaseState } from "../case/case.ts";

/** A case of a resident, with the facts that decide whether something new belongs to it. */
export type OwnCase = {
  readonly number: string;
  readonly state: CaseState;
  readonly grid: string | null;
  /** When this resident last said something that belongs to it. */
  readonly residentSpokeAt: Date;
  readonly closedAt: Date | null;
  /** Nobody told its place: it stands where the resident lives, or with the office. */
  readonly placeIsGuess: boolean;
  /** What the deputy's last words, not yet answered, call for; null when the last words are the resident's or too old. */
  readonly deputySpoke: "asks" | "tells" | null;
};

/** A message of a resident, with the facts that decide where it belongs. */
export type Utterance = {
  readonly form: "follow-up" | "matter" | "media" | "location";
  /** The one grid that the words name, when they name just one. */
  readonly namedGrid: string | null;
  /** The words name a place, be it one grid or several. */
  readonly namesPlace: boolean;
  /** The words hardly name a matter of their own: what the deputy said last may be what they are about. */
  readonly isVague?: boolean;
};

/** The case that a message belongs to, or a new one, or the question which of them is meant. */
export type Belonging =
  | { readonly kind: "joins"; readonly number: string; readonly quietly: boolean }
  | { readonly kind: "unclear"; readonly numbers: readonly string[] }
  | { readonly kind: "new" };

/** The time within which several messages are one matter (field.md E, sample 30). */
export const BURST_MS = 60_000;
/** The time after the words within which a photo or place still illustrates them. */
export const ILLUSTRATION_MS = 10 * 60_000;
/** The time after its closure within which a follow-up can revive a case. */
export const REVIVAL_MS = 60 * 86_400_000;

/**
 * Decides to which of the same resident's cases something belongs; never to another person's.
 *
 * @param cases this resident's cases, in any order
 */
export function belongsTo(utterance: Utterance, cases: readonly OwnCase[], now: Date): Belonging {
  const open = cases.filter((one) => one.state !== "closed");
  const justNow = newestFirst(open.filter((one) => ageMs(one.residentSpokeAt, now) <= BURST_MS));
  const burst = justNow.find((one) => !isElsewhere(utterance, one) && (one === justNow[0] || isHere(utterance, one)));
  if (burst !== undefined) return { kind: "joins", number: burst.number, quietly: true };
  switch (utterance.form) {
    case "follow-up":
      return oneOf(fittingFollowUp(utterance, cases, now), false);
    case "media":
    case "location": {
      const illustrated = open.filter((one) => ageMs(one.residentSpokeAt, now) <= ILLUSTRATION_MS);
      if (illustrated.length > 0) return oneOf(illustrated, false);
      return utterance.form === "media" ? oneOf(open, false) : { kind: "new" };
    }
    case "matter": {
      const awaited = open.filter((one) => isAnswerTo(utterance, one));
      return oneOf(awaited, false);
    }
  }
}

/** "Still not fixed" is said of what was answered or closed; only where nothing was, of what is open. */
function fittingFollowUp(utterance: Utterance, cases: readonly OwnCase[], now: Date): readonly OwnCase[] {
  const alive = cases.filter((one) => one.closedAt === null || ageMs(one.closedAt, now) <= REVIVAL_MS);
  const there = utterance.namedGrid === null ? alive : alive.filter((one) => one.grid === utterance.namedGrid);
  // Words without a matter of their own name a place for the one that is known: "don't come here, come to my mother's".
  const here = there.length === 0 && utterance.isVague === true ? alive : there;
  const spokenOf = here.filter((one) => one.state === "closed" || one.state === "answered");
  return spokenOf.length > 0 ? spokenOf : here;
}

/** A question may be answered with a place; what was only told is not answered by a matter with a place of its own. */
function isAnswerTo(utterance: Utterance, one: OwnCase): boolean {
  if (one.deputySpoke === null) return false;
  if (utterance.isVague === true) return true;
  if (!utterance.namesPlace) return true;
  return one.deputySpoke === "asks" && (utterance.namedGrid === null || utterance.namedGrid === one.grid);
}

/** A deputy's question waits two weeks for its answer; words that ask nothing are answered within a day or not at all. */
const ANSWER_MS = { asks: 14 * 86_400_000, tells: 86_400_000 } as const;
const ASKS =
  /[?？]|吗|呢|哪|几[号楼栋点天个]|什么|多少|怎么样?|是不是|有没有|能不能|请[您你]?(再|把|先)?(发|说|告诉|补充|提供|拍|讲)|\b(which|what|where|when|who|how|could you|can you|please (send|tell|let))\b/i;

/** The reaction that a deputy's last words call for, as long as they wait for an answer. */
export function awaits(deputyText: string, at: Date, now: Date): OwnCase["deputySpoke"] {
  const kind = ASKS.test(deputyText) ? "asks" : "tells";
  return ageMs(at, now) <= ANSWER_MS[kind] ? kind : null;
}

function oneOf(cases: readonly OwnCase[], quietly: boolean): Belonging {
  const [only, second] = cases;
  if (only === undefined) return { kind: "new" };
  if (second === undefined) return { kind: "joins", number: only.number, quietly };
  return { kind: "unclear", numbers: newestFirst(cases).map((one) => one.number) };
}

function isElsewhere(utterance: Utterance, one: OwnCase): boolean {
  if (one.placeIsGuess) return false;
  return utterance.namedGrid !== null && one.grid !== null && utterance.namedGrid !== one.grid;
}

function isHere(utterance: Utterance, one: OwnCase): boolean {
  return utterance.namedGrid !== null && one.grid === utterance.namedGrid;
}

function newestFirst(cases: readonly OwnCase[]): OwnCase[] {
  return cases.toSorted((a, b) => b.residentSpokeAt.getTime() - a.residentSpokeAt.getTime());
}

function ageMs(at: Date, now: Date): number {
  return now.getTime() - at.getTime();
}
