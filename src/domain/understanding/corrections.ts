import { JOINS, OPENS } from "./costs.ts";
import type { Act } from "./meaning.ts";

/** A correction: what was decided or likeliest, and what it was. */
export type Correction = { readonly decided: string; readonly was: string };

/** The correction that an answer is of what was likeliest; null where both are the same to whoever was asked. */
export function correctionOf(decided: string, was: Act): Correction | null {
  return offered(decided) === offered(was) ? null : { decided, was };
}

function offered(act: string): string {
  if (OPENS.some((one) => one === act)) return "matter";
  return JOINS.some((one) => one === act) ? "adds" : act;
}

/** How many rows of one person are counted: nobody teaches the service by repetition. */
const MOST_OF_ONE = 5;

/** The corrections of one kind, with the number of people whose messages they are of. */
export type CorrectionCount = Correction & { readonly count: number; readonly people: number };

/** Counts corrections by what was decided and what it was, most first; of one person at most five of a kind. */
export function countCorrections(rows: readonly (Correction & { readonly person: string })[]): CorrectionCount[] {
  const kinds = Map.groupBy(rows, ({ decided, was }) => `${decided}\n${was}`);
  return [...kinds.values()]
    .flatMap((those): CorrectionCount[] => {
      const [first] = those;
      if (first === undefined) return [];
      const people = [...Map.groupBy(those, ({ person }) => person).values()];
      const count = people.reduce((sum, rows) => sum + Math.min(rows.length, MOST_OF_ONE), 0);
      return [{ decided: first.decided, was: first.was, count, people: people.length }];
    })
    .toSorted((a, b) => b.count - a.count || a.decided.localeCompare(b.decided) || a.was.localeCompare(b.was));
}
