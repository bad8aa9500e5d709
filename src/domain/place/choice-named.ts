import type { PlaceChoice } from "./finding.ts";
import { foldName } from "./name-index.ts";

/** The least that must be said of a choice. */
const SHORTEST = 2;
/** Longer words are another story. */
const LONGEST = 30;
const YES = /^(?:是|对|嗯|没错|还是|还在|就是|就在|yes)/;
const NO = /^(?:都?不|没|no(?:ne|$|[,.]))/;

/**
 * The choice that words mean by a part that no other choice has, as 二期 of 阳光花园一期 and 阳光花园二期; the first for a yes
 * and the last for a no, where none of them may be meant.
 *
 * @param text normalised, small letters
 * @returns its index; null where the words fit none or several
 */
export function choiceNamed(text: string, choices: readonly PlaceChoice[]): number | null {
  const said = foldName(text);
  if (said.length > LONGEST) return null;
  const labels = choices.map((choice) => foldName(choice.label));
  const named = labels.flatMap((label, index) => (hasOwnPart(said, label, without(labels, index)) ? [index] : []));
  const [only, another] = named;
  if (only !== undefined && another === undefined) return only;
  const elsewhere = choices.findIndex((choice) => "elsewhere" in choice);
  if (elsewhere < 0 || named.length > 0) return null;
  if (NO.test(said)) return elsewhere;
  return YES.test(said) ? 0 : null;
}

function hasOwnPart(said: string, label: string, others: readonly string[]): boolean {
  for (let from = 0; from + SHORTEST <= label.length; from += 1) {
    const part = label.slice(from, from + SHORTEST);
    if (said.includes(part) && !others.some((other) => other.includes(part))) return true;
  }
  return false;
}

function without(labels: readonly string[], index: number): string[] {
  return labels.filter((_, at) => at !== index);
}
