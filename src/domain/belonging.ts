import type { CaseState } from "./case.ts";

/** What is known of one of a resident's cases when something new of this resident arrives. */
export type OwnCase = {
  readonly number: string;
  readonly state: CaseState;
  readonly grid: string | null;
  /** When this resident last said something that belongs to it. */
  readonly residentSpokeAt: Date;
  readonly closedAt: Date | null;
  /** The last words in it are the deputy's: what the resident says next may be the answer. */
  readonly deputySpokeLast: boolean;
};

/** What was said, as far as it matters for where it belongs. */
export type Utterance = {
  readonly form: "follow-up" | "matter" | "media" | "location";
  /** The one grid that the words name, when they name just one. */
  readonly namedGrid: string | null;
  /** The words name a place, be it one grid or several. */
  readonly namesPlace: boolean;
};

export type Belonging =
  | { readonly kind: "joins"; readonly number: string; readonly quietly: boolean }
  | { readonly kind: "unclear"; readonly numbers: readonly string[] }
  | { readonly kind: "new" };

/** Several messages within this time are one matter (field.md E, sample 30). */
export const BURST_MS = 60_000;
/** A photo or place that comes some minutes after the words still illustrates them. */
const ILLUSTRATION_MS = 10 * 60_000;
/** How long a closed case can be revived by a follow-up. */
const REVIVAL_MS = 60 * 86_400_000;

/**
 * To which of the same resident's cases something belongs; never to another person's.
 *
 * @param cases this resident's cases, in any order
 */
export function belongsTo(utterance: Utterance, cases: readonly OwnCase[], now: Date): Belonging {
  const open = cases.filter((one) => one.state !== "closed");
  const burst = latest(open.filter((one) => ageMs(one.residentSpokeAt, now) <= BURST_MS));
  if (burst !== undefined && !isElsewhere(utterance, burst)) {
    return { kind: "joins", number: burst.number, quietly: true };
  }
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
      if (utterance.namesPlace) return { kind: "new" };
      const awaited = open.filter((one) => one.deputySpokeLast);
      return awaited.length > 0 ? oneOf(awaited, false) : { kind: "new" };
    }
  }
}

/** "Still not fixed" is said of what was answered or closed; only where nothing was, of what is open. */
function fittingFollowUp(utterance: Utterance, cases: readonly OwnCase[], now: Date): readonly OwnCase[] {
  const alive = cases.filter((one) => one.closedAt === null || ageMs(one.closedAt, now) <= REVIVAL_MS);
  const here = utterance.namedGrid === null ? alive : alive.filter((one) => one.grid === utterance.namedGrid);
  const spokenOf = here.filter((one) => one.state === "closed" || one.state === "answered");
  return spokenOf.length > 0 ? spokenOf : here;
}

function oneOf(cases: readonly OwnCase[], quietly: boolean): Belonging {
  const [only, second] = cases;
  if (only === undefined) return { kind: "new" };
  if (second === undefined) return { kind: "joins", number: only.number, quietly };
  const newestFirst = [...cases].sort((a, b) => b.residentSpokeAt.getTime() - a.residentSpokeAt.getTime());
  return { kind: "unclear", numbers: newestFirst.map((one) => one.number) };
}

function isElsewhere(utterance: Utterance, one: OwnCase): boolean {
  return utterance.namedGrid !== null && one.grid !== null && utterance.namedGrid !== one.grid;
}

function latest(cases: readonly OwnCase[]): OwnCase | undefined {
  return [...cases].sort((a, b) => b.residentSpokeAt.getTime() - a.residentSpokeAt.getTime())[0];
}

function ageMs(at: Date, now: Date): number {
  return now.getTime() - at.getTime();
}
