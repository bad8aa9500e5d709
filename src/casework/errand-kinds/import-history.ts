import { inArray } from "drizzle-orm";
import type { Transaction } from "../../../db/database.ts";
import { errands } from "../../../db/schema/errands.ts";
import type { Caller } from "../access/caller.ts";
import { listErrands } from "../errands/errands.ts";
import { countWritten } from "../import/undo/written.ts";
import { IMPORT, IMPORT_DONE } from "./import.ts";
import { IMPORT_ASKED } from "./import-check.ts";
import { type CannotUndo, UNDO_ASKED, undoableUntil, whyNotUndo } from "./undo-check.ts";

/** An import that is done, or the undoing of one, as its reader sees it. */
export type ImportDone = {
  readonly id: string;
  readonly at: string;
  readonly by: string;
  readonly files: readonly string[];
  /** The import that this one undid. */
  readonly undoes: string | null;
  readonly rows: number;
  readonly undoUntil: string | null;
  readonly cannotUndo: CannotUndo | null;
};

/** Lists the imports of the last seven days that are done, the latest first. */
export async function listImports(tx: Transaction, caller: Caller, now: Date): Promise<ImportDone[]> {
  const { items } = await listErrands(tx, caller, [IMPORT], { kind: IMPORT.name, state: "done" });
  const checks = items.flatMap(({ asked }) => IMPORT_DONE.safeParse(asked).data?.check ?? []);
  const found = await tx
    .select({ id: errands.id, asked: errands.asked })
    .from(errands)
    .where(inArray(errands.id, checks));
  const askedOf = new Map(found.map(({ id, asked }) => [id, asked]));
  const listed: ImportDone[] = [];
  for (const done of items) {
    const asked = askedOf.get(IMPORT_DONE.safeParse(done.asked).data?.check ?? "");
    const cannotUndo = await whyNotUndo(tx, done, now);
    listed.push({
      ...{ id: done.id, at: done.endedAt ?? done.madeAt, by: done.by, rows: await countWritten(tx, done.id) },
      files: IMPORT_ASKED.safeParse(asked).data?.files.map(({ name }) => name) ?? [],
      undoes: UNDO_ASKED.safeParse(asked).data?.import ?? null,
      ...{ undoUntil: undoableUntil(done)?.toISOString() ?? null, cannotUndo },
    });
  }
  return listed;
}
