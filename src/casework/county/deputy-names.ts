import type { Transaction } from "../../../db/database.ts";
import { deputies } from "../../../db/schema/people.ts";

/** The names of a county's deputies, in the form in which every message is searched for them. */
export type DeputyNames = {
  readonly all: ReadonlySet<string>;
  /** How many signs they have: two to four, mostly. */
  readonly lengths: readonly number[];
};

/** A store of deputies' names: it gives those of the county whose transaction this is. */
export type NameStore = (tx: Transaction, jurisdictionId: string) => Promise<DeputyNames>;

/** A name of one sign would be found in half of all texts. */
export const SHORTEST_NAME = 2;
/** For how long names are used without reading them again; a county has some thousand. */
const TRUSTED_MS = 2_000;

/**
 * Keeps the names of each county for two seconds, measured by the machine's monotonic clock: every message asks for them,
 * and a statement for each would cost more than the message.
 */
export function createNameStore(): NameStore {
  const known = new Map<string, { readonly names: Promise<DeputyNames>; readonly readAt: number }>();
  return (tx, jurisdictionId) => {
    const before = known.get(jurisdictionId);
    if (before !== undefined && performance.now() - before.readAt < TRUSTED_MS) return before.names;
    const entry = { names: readNames(tx), readAt: performance.now() };
    known.set(jurisdictionId, entry);
    entry.names.catch(() => {
      if (known.get(jurisdictionId) === entry) known.delete(jurisdictionId);
    });
    return entry.names;
  };
}

async function readNames(tx: Transaction): Promise<DeputyNames> {
  const rows = await tx.selectDistinct({ name: deputies.name }).from(deputies);
  const names = rows.map((row) => row.name).filter((name) => name.length >= SHORTEST_NAME);
  return { all: new Set(names), lengths: [...new Set(names.map((name) => name.length))] };
}

/**
 * The names that stand in a text.
 * @param said normalised, without blanks
 */
export function deputyNamesIn(said: string, { all, lengths }: DeputyNames): string[] {
  const found = new Set<string>();
  for (const length of lengths) {
    for (let at = 0; at + length <= said.length; at += 1) {
      const word = said.slice(at, at + length);
      if (all.has(word)) found.add(word);
    }
  }
  return [...found];
}
