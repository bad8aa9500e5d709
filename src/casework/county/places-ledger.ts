import { desc, sql } from "drizzle-orm";
import type { Transaction } from "../../../db/database.ts";
import { settingsChanges } from "../../../db/schema/ledger.ts";

/** The kinds of lists whose rows the office changes one by one. */
export type ListKind = "grids" | "stations" | "units" | "groups" | "places" | "deputies";

/** What else the office does with the lists as a whole: plans and cancels, imports and undoes. */
type PlannedKind = "successions" | "imports";

/** A change of one thing about a row of the lists, by codes; of a phone only whether there is one. */
export type ListChange = { readonly what: string; readonly before: unknown; readonly after: unknown };

const MOST_SINCE = 3;

/** Adds changes of a row to the county's ledger, as `grids/G001/aliases`. */
export async function noteListChanges(
  tx: Transaction,
  row: { readonly jurisdictionId: string; readonly kind: ListKind | PlannedKind; readonly code: string },
  changes: readonly ListChange[],
  { by, at }: { readonly by: string; readonly at: Date },
): Promise<void> {
  const { jurisdictionId, kind, code } = row;
  if (changes.length === 0) return;
  await tx.insert(settingsChanges).values(
    changes.map(({ what, before, after }) => ({
      ...{ jurisdictionId, what: `${kind}/${code}/${what}`, before, after, by, at },
    })),
  );
}

/** The latest changes of a row, for whoever was slower; empty where an import or the command line changed it. */
export async function latestListChanges(
  tx: Transaction,
  kind: ListKind,
  code: string,
): Promise<{ readonly type: string; readonly by: string; readonly at: string }[]> {
  const begin = `${kind}/${code}/`;
  const rows = await tx
    .select({ what: settingsChanges.what, by: settingsChanges.by, at: settingsChanges.at })
    .from(settingsChanges)
    .where(sql`starts_with(${settingsChanges.what}, ${begin})`)
    .orderBy(desc(settingsChanges.seq))
    .limit(MOST_SINCE);
  return rows.map(({ what, by, at }) => ({ type: what.slice(begin.length), by, at: at.toISOString() }));
}
