import { z } from "zod";
import type { Transaction } from "../../../db/database.ts";
import type { Vault } from "../../../db/vault.ts";
import { dayIn } from "../../domain/calendar/deadline.ts";
import type { Caller } from "../access/caller.ts";
import { noteListChanges } from "../county/places-ledger.ts";
import { type ErrandView, showErrand } from "../errands/errands.ts";
import { ErrandFailed, type ErrandRun, errandKind } from "../errands/kind.ts";
import { carryOut, checkReading, lockImports } from "../import/import-files.ts";
import { undoImport } from "../import/undo/undo-import.ts";
import { countWritten, keepWritten, type WrittenRow, writtenBy } from "../import/undo/written.ts";
import { IMPORT_ASKED, IMPORT_CHECK, type ImportChecked, readLists, stampOfLists } from "./import-check.ts";
import { uploadsOf } from "./import-store.ts";
import { type CannotUndo, sayCannotUndo, UNDO_ASKED, UNDO_CHECK, whyNotUndo } from "./undo-check.ts";

type Within = { readonly tx: Transaction; readonly caller: Caller };

const CHECKS = [IMPORT_CHECK, UNDO_CHECK];

/** The check of an import, or of undoing one, that the caller may see; null where there is none. */
export async function checkOf(tx: Transaction, caller: Caller, id: string): Promise<ErrandView | null> {
  const found = await showErrand(tx, caller, CHECKS, id);
  return CHECKS.some(({ name }) => name === found?.kind) ? found : null;
}

/** The reason for which what was checked cannot be imported. */
export type CannotImport = "not-checked" | "errors" | "nothing-to-undo" | "other-files" | "county-changed" | CannotUndo;

/**
 * Tells whether a check still stands: it is done, found no mistake, is of these files, and the county is as it was; or of an import
 * that can still be undone.
 */
export async function whyNotImport(
  { tx, caller }: Within,
  check: ErrandView,
  { hash, now }: { readonly hash: string | null; readonly now: Date },
): Promise<CannotImport | null> {
  if (check.state !== "done") return "not-checked";
  const { errors, changes, hash: checked, county } = check.answer as ImportChecked;
  if (errors > 0) return "errors";
  if (check.kind === UNDO_CHECK.name) {
    if (changes === 0) return "nothing-to-undo";
    const undone = await importDone(tx, caller, UNDO_ASKED.parse(check.asked).import);
    const why = undone === null ? "not-imported" : await whyNotUndo(tx, undone, now);
    if (why !== null) return why;
  }
  if (hash !== null && hash !== checked) return "other-files";
  return (await stampOfLists(tx)) === county ? null : "county-changed";
}

const SENTENCES: Readonly<Record<Exclude<CannotImport, CannotUndo>, string>> = {
  "not-checked": "The check is not done.",
  "nothing-to-undo": "Nothing of it can be brought back.",
  errors: "The lists have mistakes: mend them and check again.",
  "other-files": "Other files were checked: check these.",
  "county-changed": "The county has changed since the check: check again.",
};

/** The sentence for why something cannot be imported. */
export function sayCannotImport(why: CannotImport): string {
  return why in SENTENCES ? SENTENCES[why as keyof typeof SENTENCES] : sayCannotUndo(why as CannotUndo);
}

/** The shape of what is asked of an import: which check. */
export const IMPORT_DONE = z.strictObject({ check: z.uuid() });

/** The errand that imports what was checked, whole or not at all. */
export const IMPORT = errandKind({
  name: "import",
  roles: ["office"],
  seenBy: ["office"],
  shape: IMPORT_DONE,
  async refuse(tx, caller, { check }) {
    const found = await checkOf(tx, caller, check);
    if (found?.kind !== IMPORT_CHECK.name) return "Ask by its check: POST /api/v1/imports/{id}/apply.";
    const why = await whyNotImport({ tx, caller }, found, { hash: null, now: new Date(found.madeAt) });
    return why === null ? null : sayCannotImport(why);
  },
  async run({ id, jurisdictionId, runtime, progress, by }, { check }) {
    const { database, vault, now, timeZone } = runtime;
    const today = dayIn(now(), timeZone);
    return database.inCounty(jurisdictionId, async (tx) => {
      const caller: Caller = {
        ...{ id: by.id, jurisdictionId, role: "office", kind: "person", name: by.name, stations: [] },
        ...{ deputyId: null, confirmedAt: null },
      };
      // A run whose process ended after it had written everything has nothing left to do.
      const rows = await countWritten(tx, id);
      if (rows > 0) return { answer: { rows } };
      const found = await checkOf(tx, caller, check);
      if (found === null) throw new ErrandFailed(SENTENCES["not-checked"]);
      const within = { tx, vault, jurisdictionId };
      const written =
        found.kind === UNDO_CHECK.name
          ? await undo(within, caller, found, { now: now(), today, progress })
          : await importLists(within, caller, found, { runtime, today, progress });
      await keepWritten(within, id, written);
      const change = { what: found.kind === UNDO_CHECK.name ? "undone" : "imported", before: null };
      const row = { jurisdictionId, kind: "imports", code: id } as const;
      await noteListChanges(tx, row, [{ ...change, after: written.length }], { by: by.name, at: now() });
      return { answer: { rows: written.length } };
    });
  },
});

/** The import with this id that the caller may see; null where there is none. */
export async function importDone(tx: Transaction, caller: Caller, id: string): Promise<ErrandView | null> {
  const found = await showErrand(tx, caller, [IMPORT], id);
  return found?.kind === IMPORT.name ? found : null;
}

type Writing = { readonly tx: Transaction; readonly vault: Vault; readonly jurisdictionId: string };

async function importLists(
  { tx, vault, jurisdictionId }: Writing,
  caller: Caller,
  found: ErrandView,
  { runtime, today, progress }: Pick<ErrandRun, "runtime" | "progress"> & { readonly today: string },
): Promise<readonly WrittenRow[]> {
  const uploads = await uploadsOf({ tx, vault }, found.id);
  if (uploads.length === 0) throw new ErrandFailed(SENTENCES["not-checked"]);
  const { coordinates } = IMPORT_ASKED.parse(found.asked);
  const lists = { reading: readLists(uploads), coordinates };
  const { plan, known } = await checkReading(tx, runtime, jurisdictionId, lists);
  if (plan === null) throw new ErrandFailed(SENTENCES.errors);
  const written = writtenBy(plan, known, today);
  // The same lists twice at once: the second one finds that nothing is left to do.
  const why =
    written.length === 0 ? null : await whyNotImport({ tx, caller }, found, { hash: null, now: runtime.now() });
  if (why !== null) throw new ErrandFailed(sayCannotImport(why));
  await carryOut(tx, plan, { jurisdictionId, today, onProgress: progress });
  return written;
}

async function undo(
  within: Writing,
  caller: Caller,
  found: ErrandView,
  { now, today, progress }: Pick<ErrandRun, "progress"> & { readonly now: Date; readonly today: string },
): Promise<readonly WrittenRow[]> {
  await lockImports(within.tx, within.jurisdictionId);
  const why = await whyNotImport({ tx: within.tx, caller }, found, { hash: null, now });
  if (why !== null) throw new ErrandFailed(sayCannotImport(why));
  const { import: importId } = UNDO_ASKED.parse(found.asked);
  return (await undoImport(within, importId, { today, onProgress: progress })).written;
}
