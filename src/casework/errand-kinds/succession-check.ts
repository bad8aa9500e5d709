import { z } from "zod";
import type { Transaction } from "../../../db/database.ts";
import { dayIn } from "../../domain/calendar/deadline.ts";
import type { ListNote } from "../../domain/wording/mistakes/list-notes.ts";
import { type ListMistake, mistakeAt } from "../../domain/wording/mistakes/values.ts";
import type { Caller } from "../access/caller.ts";
import { type ErrandView, showErrand } from "../errands/errands.ts";
import { ErrandFailed, errandKind } from "../errands/kind.ts";
import { cellErrorsOf } from "../import/preview/cell-errors.ts";
import { writeRemarks } from "../import/preview/remarks.ts";
import { readUploads } from "../import/spreadsheet/read-paths.ts";
import { readSuccessionList, successionColumns } from "../import/succession-list.ts";
import { checkSuccessionList, type SuccessionDay } from "../office/check-succession-list.ts";
import { XLSX } from "./import-check.ts";
import { type ImportFinding, keepFindings, uploadsOf } from "./import-store.ts";

/** The answer of the check of a list of who follows whom: by deputies' codes, for each day. */
export type SuccessionChecked = {
  readonly errors: number;
  readonly notes: readonly ListNote[];
  readonly rows: number;
  /** Rows of the template in which nobody follows. */
  readonly unused: number;
  readonly days: readonly SuccessionDay[];
};

const MOST_NOTES = 200;

/** The errand that checks an uploaded list of who follows whom: every mistake by its cell. It plans nothing. */
export const SUCCESSION_CHECK = errandKind({
  name: "succession-check",
  roles: ["office"],
  seenBy: ["office"],
  shape: z.strictObject({ file: z.string() }),
  refuse: async () => "Upload the list: POST /api/v1/successions/files.",
  async run({ id, jurisdictionId, runtime, signal }) {
    const { database, vault } = runtime;
    const uploads = await database.inCounty(jurisdictionId, (tx) => uploadsOf({ tx, vault }, id));
    if (uploads.length === 0) throw new ErrandFailed("The file is not there any more: upload it again.");
    const reading = readUploads(uploads);
    signal.throwIfAborted();
    const { records, errors: unread, notes, unused } = readSuccessionList(reading);
    const today = dayIn(runtime.now(), runtime.timeZone);
    return database.inCounty(jurisdictionId, async (tx) => {
      const { errors: wrong, days } = await checkSuccessionList(tx, records, today);
      const errors = byRow([
        ...unread,
        ...(unread.length === 0 && records.length === 0 ? [NOBODY(reading)] : []),
        ...wrong,
      ]);
      const mistakes = cellErrorsOf(errors, reading.tables, (table) => {
        const { layout, names } = successionColumns(table);
        return { headers: layout.headers, names };
      });
      const findings = mistakes.map((found): ImportFinding => ({ what: "error", kind: found.code, found }));
      await keepFindings({ tx, vault, jurisdictionId }, id, findings);
      const told = { errors: mistakes.length, notes: notes.slice(0, MOST_NOTES), rows: records.length, unused };
      const answer: SuccessionChecked = { ...told, days: mistakes.length === 0 ? days : [] };
      if (mistakes.length === 0) return { answer };
      const content = await writeRemarks(reading.tables, mistakes);
      return { answer, file: { name: "remarks.xlsx", contentType: XLSX, content } };
    });
  },
});

/** The check of a list of who follows whom that the caller may see; null where there is none. */
export async function successionCheckOf(tx: Transaction, caller: Caller, id: string): Promise<ErrandView | null> {
  const found = await showErrand(tx, caller, [SUCCESSION_CHECK], id);
  return found?.kind === SUCCESSION_CHECK.name ? found : null;
}

const NOBODY = ({ tables }: { readonly tables: readonly { readonly file: string }[] }) =>
  mistakeAt({ file: tables[0]?.file ?? "file", row: 1 }, null, "nobody-follows", {});

/** From the top of the list to its end. */
function byRow(errors: readonly ListMistake[]): ListMistake[] {
  return errors.toSorted((one, other) => (one.row ?? 0) - (other.row ?? 0));
}
