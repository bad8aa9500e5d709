import type { CorpusRow } from "../understanding/training/corpus.ts";
import { FLOORS, isHeld } from "./floors.ts";
import { type Measured, measure, type Understands } from "./measure.ts";

/** A comparison of two ways of understanding the same labelled sentences: counts, and no sentence. */
export type Comparison = {
  readonly texts: number;
  /** How many true dangers, and true accusations, get less than before: a line for a card, nothing for a line. */
  readonly dangersLost: number;
  readonly accusationsLost: number;
  /** The floors that held before and hold no longer. */
  readonly floorsLost: readonly string[];
  readonly rightBefore: number;
  readonly rightAfter: number;
};

/** The standing of a way of understanding on rows of a corpus: counts, and the tiers of each row. */
export type Standing = {
  readonly rows: readonly CorpusRow[];
  readonly tiers: readonly Tiers[];
  readonly found: Measured;
};

/** Compares two ways of understanding by how they do on the same rows. */
export function compare(one: Standing, other: Standing): Comparison {
  const { rows } = one;
  const lostBy = (tier: "danger" | "accusation", isOf: (row: CorpusRow) => boolean) =>
    rows.filter((row, at) => isOf(row) && (other.tiers[at]?.[tier] ?? 0) < (one.tiers[at]?.[tier] ?? 0)).length;
  return {
    texts: rows.length,
    dangersLost: lostBy("danger", ({ marks }) => marks.some((mark) => mark.startsWith("danger:"))),
    accusationsLost: lostBy("accusation", ({ marks }) => marks.includes("accuses-official")),
    floorsLost: FLOORS.flatMap((floor) =>
      isHeld(floor, one.found) && !isHeld(floor, other.found) ? [floor.name] : [],
    ),
    rightBefore: one.found.right,
    rightAfter: other.found.right,
  };
}

/** The reasons why what was compared may not come into use, in plain sentences; none where it may. */
export function refusalsOf({ dangersLost, accusationsLost, floorsLost }: Comparison): string[] {
  return [
    ...(dangersLost > 0
      ? [`${dangersLost} true ${plural(dangersLost, "danger")} of the frozen sentences would be lost.`]
      : []),
    ...(accusationsLost > 0
      ? [`${accusationsLost} true ${plural(accusationsLost, "accusation")} of the frozen sentences would be lost.`]
      : []),
    ...floorsLost.map((name) => `The floor "${name}" held before and would hold no longer.`),
  ];
}

function plural(count: number, word: string): string {
  return count === 1 ? word : `${word}s`;
}

/** How high a text is taken, each from 0: as a danger (line, card), as an accusation (office first, sealed). */
type Tiers = { readonly danger: number; readonly accusation: number };

/** The tiers of a text that is understood. */
export function tiersIn({ meaning, hintsAtDanger, isForOfficeFirst }: ReturnType<Understands>): Tiers {
  const isCard = meaning.kind === "emergency";
  const isSealed = meaning.kind === "accusation" || (isCard && meaning.accuses);
  return { danger: isCard ? 2 : Number(hintsAtDanger), accusation: isSealed ? 2 : Number(isForOfficeFirst) };
}

/** Measures how a way of understanding does on rows of a corpus. */
export function standingOn(rows: readonly CorpusRow[], understands: Understands): Standing {
  const tiers: Tiers[] = [];
  const found = measure(rows, (text, situation) => {
    const understood = understands(text, situation);
    tiers.push(tiersIn(understood));
    return understood;
  });
  return { rows, tiers, found };
}
