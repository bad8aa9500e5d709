import { createHash } from "node:crypto";
import type { Caller } from "../access/caller.ts";
import type { Runtime } from "../runtime/runtime.ts";
import { keptOrNot, NotKept } from "./all-or-nothing.ts";
import { deskAccount } from "./desk.ts";
import type { SheetRow } from "./intake-file.ts";
import { type NotTaken, takeDown, takenBefore } from "./take-down.ts";

/** What became of a row: the number of its case, and whether that was there before. */
type TakenRow = { readonly at: string; readonly number: string; readonly isNew: boolean };

/** The outcome of a sheet: every row, or every error, with which nothing was taken down. */
export type SheetTaken =
  | { readonly ok: true; readonly taken: readonly TakenRow[]; readonly toDeliver: ReadonlySet<string> }
  | { readonly ok: false; readonly errors: readonly string[] };

/**
 * Takes down all rows of a sheet, or none, as if each had been taken down at the desk: understood, masked, placed and routed, danger and accusations
 * first. A row is known by what it says, so that a sheet that is given twice, under any name, is taken down once.
 *
 * @param by who typed it
 * @param isTried only what would become of it; nothing is kept
 */
export async function takeDownSheet(
  runtime: Runtime,
  jurisdictionId: string,
  rows: readonly SheetRow[],
  { by, isTried }: { readonly by: string; readonly isTried: boolean },
): Promise<SheetTaken> {
  const account = await deskAccount(runtime, jurisdictionId);
  const caller: Caller = {
    ...{ kind: "token", id: `sheet ${by}`, role: "office", jurisdictionId, name: by, stations: [] },
    ...{ deputyId: null, confirmedAt: null },
  };
  return keptOrNot(
    runtime.database.inCounty(jurisdictionId, async (tx): Promise<SheetTaken> => {
      const errors: string[] = [];
      const taken: TakenRow[] = [];
      const toDeliver = new Set<string>();
      const times = new Map<string, number>();
      for (const row of rows) {
        const content = JSON.stringify([row.how, row.place, row.text, row.phone, by]);
        const nth = (times.get(content) ?? 0) + 1;
        times.set(content, nth);
        const dedupeKey = `sheet_${createHash("sha256").update(`${nth} ${content}`).digest("hex")}`;
        const before = await takenBefore({ runtime, tx, account, dedupeKey });
        if (before !== null) {
          taken.push({ at: row.at, number: before.subject.number, isNew: false });
          continue;
        }
        const { how, saidAt, text, phone, mayCall } = row;
        const place = row.place === "" ? null : { words: row.place };
        const intake = { how, saidAt, text, place, phone, mayCall, name: null, photo: null, join: null };
        const one = await takeDown({ runtime, tx, caller, account, dedupeKey, isTried }, intake);
        if (!one.ok) errors.push(`${row.at}: ${whyNot(one)}`);
        else {
          taken.push({ at: row.at, number: one.subject.number, isNew: true });
          for (const id of one.toDeliver) toDeliver.add(id);
        }
      }
      const done: SheetTaken = errors.length > 0 ? { ok: false, errors } : { ok: true, taken, toDeliver };
      if (errors.length > 0 || isTried) throw new NotKept(done);
      return done;
    }),
  );
}

function whyNot(refused: NotTaken): string {
  if (refused.why !== "no-place") return `it cannot be taken down (${refused.why})`;
  const offers = refused.offers.map(({ label }) => label);
  return `where it is cannot be told${offers.length === 0 ? ": write a village, an estate or a grid" : `: one of ${offers.join(", ")}?`}`;
}
