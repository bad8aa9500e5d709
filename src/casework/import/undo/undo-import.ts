import { inArray } from "drizzle-orm";
import { v7 as newId } from "uuid";
import type { Transaction } from "../../../../db/database.ts";
import { assignments, deputies, units } from "../../../../db/schema/people.ts";
import { grids, places, receptions, stations } from "../../../../db/schema/places.ts";
import type { Vault } from "../../../../db/vault.ts";
import { renewAtlas } from "../../county/atlas-store.ts";
import { lockImports } from "../import-files.ts";
import { readKnown } from "../known.ts";
import { type ImportProgress, upsert } from "../write.ts";
import { inUse } from "./in-use.ts";
import { KINDS, type LeftRow, planUndo, type RowsNow, type UndoStep } from "./plan-undo.ts";
import { plainRow, storedRow, type WrittenKind, type WrittenRow, writtenIn } from "./written.ts";

const TABLES = { stations, grids, deputies, units, places, receptions, assignments } as const;
/** The rows whose assignments go with them. */
const WITH_POSTS = { deputies: "deputyId", grids: "gridId", stations: "stationId" } as const;

/** The outcome of undoing an import: what was written for it, and what stays as somebody made it since. */
export type Undone = {
  readonly written: readonly WrittenRow[];
  readonly left: readonly LeftRow[];
  /** The county's rows before, by which codes are told. */
  readonly rows: RowsNow;
};

/**
 * Undoes an import in a transaction of its county, into which nobody else imports until it ends.
 *
 * Rows that the import added are taken away where nothing else refers to them, with the assignments that it gave them; other
 * assignments that it began end on the day before.
 */
export async function undoImport(
  { tx, vault, jurisdictionId }: { readonly tx: Transaction; readonly vault: Vault; readonly jurisdictionId: string },
  importId: string,
  { today, onProgress = () => undefined }: { readonly today: string; readonly onProgress?: ImportProgress },
): Promise<Undone> {
  await lockImports(tx, jurisdictionId);
  const done = await writtenIn({ tx, vault }, importId);
  const rows = await rowsNow(tx);
  const { steps, left } = planUndo(done, rows, today);
  let count = 0;
  const wrote = (more: number) => {
    count += more;
    onProgress(Math.min(count, steps.length), steps.length);
  };
  for (const kind of KINDS) {
    const changed = steps.filter((step) => step.kind === kind && step.to !== null);
    await upsert(tx, TABLES[kind], changed.map(({ to }) => storedRow(to ?? {})) as never, wrote);
  }
  const begun = new Set(done.filter(({ kind, was }) => kind === "assignments" && was === null).map(({ id }) => id));
  const taken = await takeAway(tx, { steps, rows, begun }, wrote);
  if (steps.some(({ kind }) => kind === "stations" || kind === "grids" || kind === "places"))
    await renewAtlas(tx, jurisdictionId, newId());
  const stays = new Set(taken.left.map(({ id }) => id));
  const written = steps
    .filter(({ id }) => !stays.has(id))
    .map(({ kind, id, now, to }) => ({ kind, id, was: now, became: taken.posts.has(id) ? null : to }));
  const inUseStill = taken.left.map(
    ({ kind, now }): LeftRow => ({
      ...{ kind, row: now ?? {}, field: null, wanted: null, is: null, why: "in-use" },
    }),
  );
  return { written, left: [...left, ...inUseStill], rows };
}

/** Takes away the rows that the import added, from the last to refer to the first to be referred to. */
async function takeAway(
  tx: Transaction,
  {
    steps,
    rows,
    begun,
  }: { readonly steps: readonly UndoStep[]; readonly rows: RowsNow; readonly begun: ReadonlySet<string> },
  wrote: (rows: number) => void,
): Promise<{ readonly left: readonly UndoStep[]; readonly posts: ReadonlySet<string> }> {
  const left: UndoStep[] = [];
  const posts = new Set<string>();
  const ended = new Set(steps.filter(({ kind, id }) => kind === "assignments" && begun.has(id)).map(({ id }) => id));
  for (const kind of KINDS.toReversed()) {
    const wanted = steps.filter((step) => step.kind === kind && step.to === null);
    if (wanted.length === 0) continue;
    const ids = wanted.map(({ id }) => id);
    const used = await inUse(tx, kind, ids, [...ended]);
    const gone = new Set(ids.filter((id) => !used.has(id)));
    left.push(...wanted.filter(({ id }) => used.has(id)));
    const field = kind in WITH_POSTS ? WITH_POSTS[kind as keyof typeof WITH_POSTS] : null;
    const theirs = field === null ? [] : [...ended].filter((id) => gone.has(String(rows.assignments.get(id)?.[field])));
    for (const id of theirs) posts.add(id);
    await remove(tx, "assignments", theirs);
    await remove(tx, kind, [...gone]);
    wrote(gone.size);
  }
  return { left, posts };
}

async function remove(tx: Transaction, kind: WrittenKind, ids: readonly string[]): Promise<void> {
  if (ids.length > 0) await tx.delete(TABLES[kind]).where(inArray(TABLES[kind].id, [...ids]));
}

async function rowsNow(tx: Transaction): Promise<RowsNow> {
  const known = await readKnown(tx);
  const byId = (rows: Iterable<{ readonly id: string }>) => new Map([...rows].map((row) => [row.id, plainRow(row)]));
  return {
    stations: byId(known.stations.values()),
    grids: byId(known.grids.values()),
    deputies: byId(known.deputies.values()),
    units: byId(known.units.values()),
    places: byId(known.places),
    receptions: byId(known.receptions.values()),
    assignments: byId(known.assignments),
  };
}
