import { and, asc, eq, or } from "drizzle-orm";
import { v7 as newId } from "uuid";
import type { Transaction } from "../../../db/database.ts";
import { savedViews } from "../../../db/schema/console.ts";
import type { Caller } from "../access/caller.ts";

/** A list of cases that is kept under a name: conditions, order and columns, never words that were searched for. */
export type SavedView = {
  readonly id: string;
  readonly name: string;
  readonly isShared: boolean;
  readonly isOwn: boolean;
  readonly by: string;
  readonly filter: Record<string, unknown>;
  readonly sort: string;
  readonly columns: readonly string[];
  readonly version: number;
};

/** What somebody keeps under a name. */
type KeptView = Pick<SavedView, "name" | "isShared" | "filter" | "sort" | "columns">;

/** The reason for which a list was not kept or changed. */
export type ViewRefused = { readonly ok: false; readonly why: "taken" | "not-here" | "too-many" };

const MOST = 50;

/** Lists the views that somebody has: their own, and what the office shares. */
export async function listViews(tx: Transaction, caller: Caller): Promise<SavedView[]> {
  const rows = await tx
    .select()
    .from(savedViews)
    .where(or(eq(savedViews.ownerId, caller.id), eq(savedViews.isShared, true)))
    .orderBy(asc(savedViews.isShared), asc(savedViews.name), asc(savedViews.id));
  return rows.map((row) => shown(row, caller));
}

/** Keeps a list under a name. */
export async function keepView(
  tx: Transaction,
  caller: Caller,
  view: KeptView,
  now: Date,
): Promise<{ readonly ok: true; readonly view: SavedView } | ViewRefused> {
  const own = await tx.select({ id: savedViews.id }).from(savedViews).where(eq(savedViews.ownerId, caller.id));
  if (own.length >= MOST) return { ok: false, why: "too-many" };
  const { id: ownerId, name: ownerName, jurisdictionId } = caller;
  const [row] = await tx
    .insert(savedViews)
    .values({ ...view, columns: [...view.columns], id: newId(), jurisdictionId, ownerId, ownerName, madeAt: now })
    .onConflictDoNothing()
    .returning();
  return row === undefined ? { ok: false, why: "taken" } : { ok: true, view: shown(row, caller) };
}

/** Changes a view of somebody's own that is as they have seen it. */
export async function changeView(
  tx: Transaction,
  caller: Caller,
  id: string,
  change: { readonly view: Partial<KeptView>; readonly seen: string | null },
): Promise<
  | { readonly ok: true; readonly view: SavedView }
  | ViewRefused
  | { readonly ok: false; readonly why: "faster"; readonly etag: string }
> {
  const [row] = await tx.select().from(savedViews).where(ownedBy(caller, id)).for("update");
  if (row === undefined) return { ok: false, why: "not-here" };
  if (change.seen !== etagOfView(row)) return { ok: false, why: "faster", etag: etagOfView(row) };
  const { columns, ...rest } = change.view;
  const name = rest.name ?? row.name;
  const [other] = await tx
    .select({ id: savedViews.id })
    .from(savedViews)
    .where(and(eq(savedViews.ownerId, caller.id), eq(savedViews.name, name)));
  if (other !== undefined && other.id !== id) return { ok: false, why: "taken" };
  const [changed] = await tx
    .update(savedViews)
    .set({ ...rest, ...(columns === undefined ? {} : { columns: [...columns] }), version: row.version + 1 })
    .where(eq(savedViews.id, id))
    .returning();
  return changed === undefined ? { ok: false, why: "not-here" } : { ok: true, view: shown(changed, caller) };
}

/** Takes a view of somebody's own away; false where there is none. */
export async function forgetView(tx: Transaction, caller: Caller, id: string): Promise<boolean> {
  const gone = await tx.delete(savedViews).where(ownedBy(caller, id)).returning({ id: savedViews.id });
  return gone.length > 0;
}

/** The version of a view, as If-Match takes it. */
export function etagOfView({ version }: Pick<SavedView, "version">): string {
  return `v${version}`;
}

function ownedBy(caller: Caller, id: string) {
  return and(eq(savedViews.id, id), eq(savedViews.ownerId, caller.id));
}

function shown(row: typeof savedViews.$inferSelect, caller: Caller): SavedView {
  const { id, name, isShared, filter, sort, columns, version, ownerId, ownerName } = row;
  return { id, name, isShared, filter, sort, columns, version, isOwn: ownerId === caller.id, by: ownerName };
}
