import type { PlacedFinding } from "../../../domain/rules/finding-place.ts";
import type { FindingSaid } from "../../../domain/rules/finding-values.ts";
import type { Answered } from "../../client/call.ts";

/** A piece of long work as the API shows it. */
export type Errand = Answered<"GET /errands/{id}">;

/** A count of matters of one kind that would go from somebody to somebody else. */
export type Kind = {
  readonly kind: "past" | "published" | "nobody";
  readonly from: string;
  readonly to: string;
  readonly rule: string;
  readonly fromRule: string | null;
  readonly count: number;
};

/** The answer of a dry run: counts by kind, by rule and by person. */
export type TrialAnswer = {
  readonly number: number;
  readonly since: string;
  /** How many events the version had when it was tried. */
  readonly events: number;
  readonly messages: number;
  readonly moved: number;
  readonly movedAgainstPublished: number;
  readonly nobody: number;
  readonly leftOut: number;
  readonly perRule: Readonly<Record<string, number>>;
  readonly loads: readonly { readonly who: string; readonly before: number; readonly after: number }[];
  /** The most that one person should get of all, 0 to 1. */
  readonly mostShare: number;
  readonly kinds: readonly Kind[];
  readonly check: {
    readonly ok: boolean;
    readonly findings: readonly (Pick<PlacedFinding, "rule" | "kind" | "text"> & Partial<FindingSaid>)[];
  };
};

/** Reads the answer of a dry run that is done; null for one that is not. */
export function trialAnswerOf(errand: Errand | undefined | null): TrialAnswer | null {
  return errand?.state === "done" ? (errand.answer as TrialAnswer) : null;
}

/** Kinds whichever rule they were taken from, the most frequent first. */
export function togetherByRule(kinds: readonly Kind[]): Kind[] {
  const found = new Map<string, Kind>();
  for (const one of kinds) {
    const key = `${one.from}\n${one.to}\n${one.rule}`;
    found.set(key, { ...one, count: one.count + (found.get(key)?.count ?? 0) });
  }
  return [...found.values()].sort((a, b) => b.count - a.count);
}

/** The number of cases that each would get more or fewer, the largest change first. */
export function netOf(kinds: readonly Kind[]): { readonly who: string; readonly change: number }[] {
  const net = new Map<string, number>();
  const add = (who: string, by: number) => net.set(who, (net.get(who) ?? 0) + by);
  for (const { from, to, count } of kinds) {
    add(from, -count);
    add(to, count);
  }
  return [...net]
    .flatMap(([who, change]) => (change === 0 ? [] : [{ who, change }]))
    .sort((a, b) => Math.abs(b.change) - Math.abs(a.change) || b.change - a.change);
}
