import type { Act } from "../meaning.ts";

/** A label that one person of an office gave a message, and whether they find the masking of its words right. */
export type Label = {
  /** Who gave it; the same string for the same person. */
  readonly person: string;
  readonly act: Act;
  readonly marks: readonly string[];
  readonly isMaskRight: boolean;
};

/**
 * The state of what people say of one message together: `agreed` where at least two different people gave it the same label, more than gave
 * any other, and nobody finds that the masking leaves something.
 */
export type Agreement =
  | { readonly state: "none" | "one" | "differ" | "mask-wrong" }
  | { readonly state: "agreed"; readonly act: Act; readonly marks: readonly string[] };

/** Finds in what people agree of one message. @param labels oldest first; of each person the last counts */
export function agreementOn(labels: readonly Label[]): Agreement {
  const last = [...new Map(labels.map((label) => [label.person, label])).values()];
  if (last.some((label) => !label.isMaskRight)) return { state: "mask-wrong" };
  const [first] = last;
  if (first === undefined) return { state: "none" };
  if (last.length === 1) return { state: "one" };
  const groups = [...Map.groupBy(last, keyOf).values()].sort((a, b) => b.length - a.length);
  const [most = [], second = []] = groups;
  if (most.length < 2 || most.length === second.length) return { state: "differ" };
  const { act, marks } = most[0] ?? first;
  return { state: "agreed", act, marks: [...new Set(marks)].sort() };
}

function keyOf({ act, marks }: Label): string {
  return [act, ...[...new Set(marks)].sort()].join("\n");
}
