import { z } from "zod";
import type { Transaction } from "../../../db/database.ts";
import { dayIn } from "../../domain/calendar/deadline.ts";
import type { ErrandView } from "../errands/errands.ts";
import { ErrandFailed, errandKind } from "../errands/kind.ts";
import { consequencesOf } from "../import/preview/consequences.ts";
import { tellUndone } from "../import/undo/told.ts";
import { type Undone, undoImport } from "../import/undo/undo-import.ts";
import { countWritten, isWrittenAgain } from "../import/undo/written.ts";
import { type ImportChecked, sha, stampOfLists } from "./import-check.ts";
import { type ImportFinding, keepFindings } from "./import-store.ts";

/** The time for which an import can be undone. */
const UNDO_MS = 24 * 3_600_000;

/** The shape of what is asked of the check of an undoing: which import. */
export const UNDO_ASKED = z.strictObject({ import: z.uuid() });

/** The answer of the check of an undoing; `left` counts what stays as somebody made it since. */
type UndoChecked = ImportChecked & { readonly left: number };

/** The reason for which an import cannot be undone. */
export type CannotUndo = "not-imported" | "undo-over" | "later-import";

/** The moment until which an import can be undone, by when it ended. */
export function undoableUntil({ endedAt }: ErrandView): Date | null {
  return endedAt === null ? null : new Date(Date.parse(endedAt) + UNDO_MS);
}

/** Tells whether an import can still be undone: it is done and wrote something, a day has not passed, and none after it wrote the same rows. */
export async function whyNotUndo(tx: Transaction, done: ErrandView, now: Date): Promise<CannotUndo | null> {
  const until = undoableUntil(done);
  if (done.state !== "done" || until === null || (await countWritten(tx, done.id)) === 0) return "not-imported";
  if (now >= until) return "undo-over";
  return (await isWrittenAgain(tx, done.id)) ? "later-import" : null;
}

const SENTENCES: Readonly<Record<CannotUndo, string>> = {
  "not-imported": "There is nothing to undo: it is not done, or it changed nothing.",
  "undo-over": "An import can be undone for 24 hours.",
  "later-import": "A later import or undoing changed the same rows: undo that one first.",
};

/** The sentence for why an import cannot be undone. */
export function sayCannotUndo(why: CannotUndo): string {
  return SENTENCES[why];
}

/** The errand that looks at what undoing an import would change, what it would leave, and what this leads to. It writes nothing of the lists. */
export const UNDO_CHECK = errandKind({
  name: "import-undo-check",
  roles: ["office"],
  seenBy: ["office"],
  shape: UNDO_ASKED,
  refuse: async () => "Ask by the import: POST /api/v1/imports/{id}/undo.",
  async run(run, { import: importId }) {
    const { id, jurisdictionId, runtime, signal, progress } = run;
    const { database, vault } = runtime;
    const today = dayIn(runtime.now(), runtime.timeZone);
    progress(0, 2);
    const { checked, findings } = await database
      .inCounty(jurisdictionId, async (tx): Promise<Looked> => {
        if ((await countWritten(tx, importId)) === 0) throw new ErrandFailed(SENTENCES["not-imported"]);
        const county = await stampOfLists(tx);
        let undone: Undone | null = null;
        const consequences = await consequencesOf(tx, today, async () => {
          undone = await undoImport({ tx, vault, jurisdictionId }, importId, { today });
        });
        const { changes, left } = undone === null ? { changes: [], left: [] } : tellUndone(undone);
        const counted = { errors: 0, changes: changes.length, consequences: consequences.length, left: left.length };
        throw new Looking({
          checked: { ...counted, counts: null, notes: [], hash: sha(`${county} ${importId}`), county },
          findings: [
            ...changes.map((found): ImportFinding => ({ what: "change", kind: found.kind, found })),
            ...left.map((found): ImportFinding => ({ what: "left", kind: found.kind, found })),
            ...consequences.map((found): ImportFinding => ({ what: "consequence", kind: found.kind, found })),
          ],
        });
      })
      .catch((ended) => {
        if (ended instanceof Looking) return ended.result;
        throw ended;
      });
    signal.throwIfAborted();
    progress(1, 2);
    await database.inCounty(jurisdictionId, (tx) => keepFindings({ tx, vault, jurisdictionId }, id, findings));
    return { answer: checked };
  },
});

type Looked = { readonly checked: UndoChecked; readonly findings: readonly ImportFinding[] };

/** Ends a transaction without a trace of what was tried in it. */
class Looking extends Error {
  readonly result: Looked;
  constructor(result: Looked) {
    super("looked");
    this.result = result;
  }
}
