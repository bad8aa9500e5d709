import type { Reading } from "./model.ts";
import { mostThatCounts } from "./policy.ts";
import { isReadAlike } from "./prepare.ts";
import type { Reader } from "./reader.ts";

/**
 * Whether the sign of an accusation that lists find may change anything: they take longer than all other reading.
 * @param mayHide the words have several parts, or are spelt so that one may accuse although the whole reads as something else
 */
export function mayTurnOnSign({ heads: { accuses } }: Reading, mayHide: boolean, { thresholds }: Reader): boolean {
  return accuses < thresholds.sealed && (mayHide || accuses >= thresholds.officeFirstWithSign);
}

/**
 * A reading of words in which a list found an accusation: it counts as much as in that part of them where it is plainest, for some
 * hide it behind another matter, or between marks. Once more would decide nothing else, no further part is read.
 */
export function withHidden(reading: Reading, text: string, parts: readonly string[], reader: Reader): Reading {
  let { accuses } = reading.heads;
  const enough = mostThatCounts(reading, reader.thresholds);
  for (const part of new Set(parts)) {
    if (accuses >= enough) break;
    if (!isReadAlike(part, text)) accuses = Math.max(accuses, reader.shareOf(part, "accuses"));
  }
  return { ...reading, heads: { ...reading.heads, accuses } };
}
