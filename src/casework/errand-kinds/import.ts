import { z } from "zod";
import type { Transaction } from "../../../db/database.ts";
import { dayIn } from "../../domain/calendar/deadline.ts";
import type { Caller } from "../access/caller.ts";
import { type ErrandView, showErrand } from "../errands/errands.ts";
import { ErrandFailed, errandKind } from "../errands/kind.ts";
import { carryOut, checkReading } from "../import/import-files.ts";
import type { Counts } from "../import/plan.ts";
import { IMPORT_ASKED, IMPORT_CHECK, type ImportChecked, readLists, stampOfLists } from "./import-check.ts";
import { uploadsOf } from "./import-store.ts";

/** The check of an import that the caller may see; null where there is none. */
export function checkOf(tx: Transaction, caller: Caller, id: string): Promise<ErrandView | null> {
  return showErrand(tx, caller, [IMPORT_CHECK], id).then((found) => (found?.kind === IMPORT_CHECK.name ? found : null));
}

/** The reason for which what was checked cannot be imported. */
export type CannotImport = "not-checked" | "errors" | "other-files" | "county-changed";

/** Tells whether a check still stands: it is done, found no mistake, is of these files, and the county is as it was. */
export async function whyNotImport(
  tx: Transaction,
  check: ErrandView,
  hash: string | null,
): Promise<CannotImport | null> {
  if (check.state !== "done") return "not-checked";
  const { errors, hash: checked, county } = check.answer as ImportChecked;
  if (errors > 0) return "errors";
  if (hash !== null && hash !== checked) return "other-files";
  return (await stampOfLists(tx)) === county ? null : "county-changed";
}

const SENTENCES: Readonly<Record<CannotImport, string>> = {
  "not-checked": "The check is not done.",
  errors: "The lists have mistakes: mend them and check again.",
  "other-files": "Other files were checked: check these.",
  "county-changed": "The county has changed since the check: check again.",
};

/** The sentence for why something cannot be imported. */
export function sayCannotImport(why: CannotImport): string {
  return SENTENCES[why];
}

/** The errand that imports what was checked, whole or not at all. */
export const IMPORT = errandKind({
  name: "import",
  roles: ["office"],
  seenBy: ["office"],
  shape: z.strictObject({ check: z.uuid() }),
  async refuse(tx, caller, { check }) {
    const found = await checkOf(tx, caller, check);
    const why = found === null ? "not-checked" : await whyNotImport(tx, found, null);
    return why === null ? null : SENTENCES[why];
  },
  async run({ jurisdictionId, runtime, progress, by }, { check }) {
    const { database, vault } = runtime;
    const today = dayIn(runtime.now(), runtime.timeZone);
    const seeing = { id: by.id, jurisdictionId, role: "office" } as const;
    return database.inCounty(jurisdictionId, async (tx) => {
      const caller: Caller = {
        ...seeing,
        ...{ kind: "person", name: by.name, stations: [] },
        deputyId: null,
        confirmedAt: null,
      };
      const found = await checkOf(tx, caller, check);
      const uploads = await uploadsOf({ tx, vault }, check);
      if (found === null || uploads.length === 0) throw new ErrandFailed(SENTENCES["not-checked"]);
      const { coordinates } = IMPORT_ASKED.parse(found.asked);
      const lists = { reading: readLists(uploads), coordinates };
      const { plan } = await checkReading(tx, runtime, jurisdictionId, lists);
      if (plan === null) throw new ErrandFailed(SENTENCES.errors);
      // A run whose process ended after it had written everything has nothing left to do.
      const why = isDone(plan.counts) ? null : await whyNotImport(tx, found, null);
      if (why !== null) throw new ErrandFailed(SENTENCES[why]);
      await carryOut(tx, plan, { jurisdictionId, today, onProgress: progress });
      return { answer: { counts: plan.counts } };
    });
  },
});

function isDone(counts: Counts): boolean {
  return Object.values(counts).every(({ added, changed, ended }) => added + changed + ended === 0);
}
