import { z } from "zod";
import { noteListChanges } from "../county/places-ledger.ts";
import { noteErrandDone } from "../errands/errands.ts";
import { type ImportOptions, type ImportResult, type ImportRuntime, importFiles } from "../import/import-files.ts";
import { keepWritten } from "../import/undo/written.ts";
import { IMPORT } from "./import.ts";

/** What is kept of an import of the command line in place of a check: the names of its files. */
export const IMPORT_BY_COMMAND = z.strictObject({ files: z.array(z.string()) });

/** An import of the command line: which paths, and in whose name. */
type ByCommand = Pick<ImportOptions, "coordinates" | "dryRun" | "onProgress"> & {
  readonly paths: readonly string[];
  readonly by: string;
};

/**
 * Imports lists as the command line does: at once, without a check that somebody looks at. What it writes is kept as that of an import
 * of the console is, so that the console can undo it for a day; `isKept` says whether there is anything to undo.
 */
export async function importByCommand(
  runtime: ImportRuntime,
  jurisdictionId: string,
  { paths, by, ...options }: ByCommand,
): Promise<ImportResult & { readonly isKept: boolean }> {
  let isKept = false;
  const result = await importFiles(runtime, jurisdictionId, paths, {
    ...options,
    async onWritten(tx, written, files) {
      if (written.length === 0) return;
      const now = runtime.now();
      const kept = { asked: { files: [...files] }, by, answer: { rows: written.length }, now };
      const id = await noteErrandDone(tx, jurisdictionId, IMPORT.name, kept);
      await keepWritten({ tx, vault: runtime.vault, jurisdictionId }, id, written);
      const row = { jurisdictionId, kind: "imports", code: id } as const;
      await noteListChanges(tx, row, [{ what: "imported", before: null, after: written.length }], { by, at: now });
      isKept = true;
    },
  });
  return { ...result, isKept };
}
