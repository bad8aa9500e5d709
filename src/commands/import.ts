import { SingleBar } from "cli-progress";
import { importByCommand } from "../casework/errand-kinds/import.ts";
import type { ImportOptions, ImportRuntime } from "../casework/import/import-files.ts";
import type { TakenAway } from "../casework/import/taken-away.ts";
import { sayListNote } from "../domain/wording/mistakes/list-notes.ts";
import type { ExitStatus, Output } from "../process/output.ts";

/** Runs `liaison import PATH…`: the changes on stdout, every error on stderr, a progress bar on a terminal. */
export async function runImport(
  { out, err }: Output,
  runtime: ImportRuntime,
  jurisdictionId: string,
  options: Pick<ImportOptions, "coordinates" | "dryRun"> & { readonly paths: readonly string[]; readonly by: string },
): Promise<ExitStatus> {
  const bar = process.stderr.isTTY
    ? new SingleBar({
        format: "{bar} {value}/{total} rows",
        stream: process.stderr,
        hideCursor: true,
        clearOnComplete: true,
      })
    : null;
  let isDrawn = false;
  const result = await importByCommand(runtime, jurisdictionId, {
    ...options,
    onProgress(done, total) {
      if (bar === null) return;
      if (!isDrawn) bar.start(total, done);
      isDrawn = true;
      bar.update(done);
    },
  }).finally(() => bar?.stop());
  for (const note of result.notes) err(sayListNote(note));
  if (!result.ok) {
    for (const error of result.errors) err(error);
    err(`Nothing was imported: ${result.errors.length} ${result.errors.length === 1 ? "error" : "errors"}.`);
    return 1;
  }
  for (const [kind, count] of Object.entries(result.counts)) {
    const told = Object.entries(count).map(([what, rows]) => `${rows} ${what}`);
    out(`${kind}: ${told.join(", ")}`);
  }
  if (result.takenAway.length > 0) {
    out(`taken away: ${summed(result.takenAway)}`);
    if (options.dryRun) for (const one of result.takenAway) out(`  ${inWords(one)}`);
  }
  if (options.dryRun) err("Only checked; nothing was written.");
  else if (result.isKept) out("The console can undo this for 24 hours, under Import.");
  return 0;
}

/** How many of each are gone: 3 assignments, 1 station, 2 aliases. */
function summed(takenAway: readonly TakenAway[]): string {
  const counts = new Map<string, number>();
  for (const { what } of takenAway) counts.set(what, (counts.get(what) ?? 0) + 1);
  return [...counts].map(([what, count]) => `${count} ${what}`).join(", ");
}

function inWords({ at, of, what, value }: TakenAway): string {
  return `${at}: ${of}: ${what}${value === null ? "" : ` ${value}`}`;
}
