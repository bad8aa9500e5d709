import type { Transaction } from "../../../db/database.ts";
import { deputies } from "../../../db/schema/people.ts";
import { plainly } from "../../domain/accusation/spelling.ts";
import { callNames, type NameList, nameKey, nameList, namesIn } from "../../domain/text/names.ts";

/**
 * A store of deputies' names: it gives those of the county whose transaction this is, ready to be searched for in a
 * text.
 */
export type NameStore = (tx: Transaction, jurisdictionId: string) => Promise<NameList>;

/** For how long names are used without reading them again; a county has some thousand. */
const TRUSTED_MS = 2_000;

/** The names as they were read, and what was made of them. */
type ReadNames = { readonly written: string; readonly list: NameList };

/**
 * Creates a store that keeps the names of each county for two seconds by the machine's monotonic clock: every message
 * asks for them, and a statement for each would cost more than the message.
 */
export function createNameStore(): NameStore {
  const known = new Map<string, { readonly names: Promise<ReadNames>; readonly readAt: number }>();
  return async (tx, jurisdictionId) => {
    const before = known.get(jurisdictionId);
    if (before !== undefined && performance.now() - before.readAt < TRUSTED_MS) return (await before.names).list;
    const entry = { names: readNames(tx, before?.names), readAt: performance.now() };
    known.set(jurisdictionId, entry);
    entry.names.catch(() => {
      if (known.get(jurisdictionId) === entry) known.delete(jurisdictionId);
    });
    return (await entry.names).list;
  };
}

/** Names that have not changed are not folded again. */
async function readNames(tx: Transaction, before: Promise<ReadNames> | undefined): Promise<ReadNames> {
  const rows = await tx.selectDistinct({ name: deputies.name }).from(deputies).orderBy(deputies.name);
  const names = rows.map((row) => row.name);
  const written = names.join("\n");
  const known = await before?.catch(() => undefined);
  return known?.written === written ? known : { written, list: nameList(names) };
}

/**
 * The deputies of the county whose transaction this is whom a text calls, in office or not: by the whole name, or by what
 * people call them beside the office, as 徐代表.
 *
 * @returns their ids
 */
export async function deputiesCalledIn(tx: Transaction, text: string): Promise<string[]> {
  const rows = await tx.select({ id: deputies.id, name: deputies.name }).from(deputies);
  const list = nameList(rows.map((row) => row.name));
  const named = new Set(namesIn(text, list).map(({ key }) => key));
  const before = beforeTheOffice(text);
  const isCalled = (name: string) =>
    named.has(nameKey(name)) ||
    (list.keys.has(nameKey(name)) && callNames(name).some((called) => before.some((words) => words.endsWith(called))));
  return rows.flatMap(({ id, name }) => (isCalled(name) ? [id] : []));
}

/** What stands before each 代表 of a text, as names are compared. */
function beforeTheOffice(text: string): string[] {
  return plainly(text).split("代表").slice(0, -1).map(nameKey);
}
