import { sql } from "drizzle-orm";
import { v7 as newId } from "uuid";
import type { Database, Transaction } from "../../../db/database.ts";
import type { Vault } from "../../../db/vault.ts";
import { dayIn } from "../../domain/calendar/deadline.ts";
import type { Datum } from "../../domain/place/datum.ts";
import { sayListMistake } from "../../domain/wording/mistakes/en.ts";
import type { ListNote } from "../../domain/wording/mistakes/list-notes.ts";
import type { ListMistake } from "../../domain/wording/mistakes/values.ts";
import { renewAtlas } from "../county/atlas-store.ts";
import { checkReferences, checkTogether } from "./check.ts";
import { type Known, readKnown } from "./known.ts";
import { type Counts, type Plan, planImport } from "./plan.ts";
import { isCalledLikeList, readRecords } from "./records.ts";
import type { Reading } from "./spreadsheet/cell.ts";
import { readPaths } from "./spreadsheet/read-paths.ts";
import type { TakenAway } from "./taken-away.ts";
import { type WrittenRow, writtenBy } from "./undo/written.ts";
import { type ImportProgress, writePlan } from "./write.ts";

/** The part of the runtime that an import needs. */
export type ImportRuntime = {
  readonly database: Database;
  readonly vault: Vault;
  readonly now: () => Date;
  readonly timeZone: string;
};

/** The options of an import. */
export type ImportOptions = {
  /** The datum of all coordinates in the files. */
  readonly coordinates: Datum;
  /** Check and count, write nothing. */
  readonly dryRun: boolean;
  readonly onProgress?: ImportProgress;
  /** Hears, in the transaction that writes, each row as it was and became, and the names of the files. */
  readonly onWritten?: (tx: Transaction, written: readonly WrittenRow[], files: readonly string[]) => Promise<void>;
};

/**
 * The result of an import: what was imported, or everything that is wrong, each as `file:row: what is wrong`.
 *
 * `notes` say what was left out or filled in on the way: a title, a hidden sheet, a merged cell.
 */
export type ImportResult =
  | {
      readonly ok: true;
      readonly counts: Counts;
      /** What the county had and has no more, because a cell is empty or a list is shorter. */
      readonly takenAway: readonly TakenAway[];
      readonly notes: readonly ListNote[];
    }
  | { readonly ok: false; readonly errors: readonly string[]; readonly notes: readonly ListNote[] };

/**
 * Imports the lists of a county's office: grids, stations, deputies, units, places.
 *
 * All of it in one transaction, or nothing when anything is wrong. What the files do not speak of stays: rows that are
 * not in a file, and fields without a column. Only the grids and stations of a deputy who is in a file are replaced.
 * @param paths folders and .csv, .xlsx, .geojson files
 */
export async function importFiles(
  runtime: ImportRuntime,
  jurisdictionId: string,
  paths: readonly string[],
  options: ImportOptions,
): Promise<ImportResult> {
  const reading = await readPaths(paths, isCalledLikeList);
  const today = dayIn(runtime.now(), runtime.timeZone);
  return runtime.database.inCounty(jurisdictionId, async (tx): Promise<ImportResult> => {
    const { notes, ...checked } = await checkReading(tx, runtime, jurisdictionId, { reading, ...options });
    if (checked.plan === null) return { ok: false, errors: checked.errors.map(sayListMistake), notes };
    const { plan } = checked;
    if (!options.dryRun) {
      await carryOut(tx, plan, { jurisdictionId, today, onProgress: options.onProgress });
      const files = [...new Set(reading.tables.map(({ file }) => file.replace(/\[.*\]$/, "")))];
      await options.onWritten?.(tx, writtenBy(plan, checked.known, today), files);
    }
    return { ok: true, counts: plan.counts, takenAway: plan.takenAway, notes };
  });
}

/** The check of lists against a county: everything that is wrong, from the top of each file, or the plan of the import. */
export type CheckedReading = {
  readonly errors: readonly ListMistake[];
  readonly notes: readonly ListNote[];
  /** Null while anything is wrong. */
  readonly plan: Plan | null;
  readonly known: Known;
};

/** Checks lists that were read against the county, which nobody else imports into until the transaction ends. */
export async function checkReading(
  tx: Transaction,
  runtime: Omit<ImportRuntime, "database">,
  jurisdictionId: string,
  { reading, coordinates }: { readonly reading: Reading; readonly coordinates: Datum },
): Promise<CheckedReading> {
  const { records, said, errors, notes: noted, isWhole } = readRecords(reading.tables, coordinates);
  const notes = [...reading.notes, ...noted];
  const found = [...reading.errors, ...errors];
  await lockImports(tx, jurisdictionId);
  const known = await readKnown(tx);
  found.push(...checkTogether(records, said, known));
  if (isWhole && reading.errors.length === 0) found.push(...checkReferences(said, known));
  if (found.length > 0) return { errors: byRow(found), notes, plan: null, known };
  const today = dayIn(runtime.now(), runtime.timeZone);
  return {
    errors: [],
    notes,
    plan: planImport(records, known, { jurisdictionId, vault: runtime.vault, today }),
    known,
  };
}

/** Waits until nobody else imports into the county, and lets nobody until the transaction ends. */
export async function lockImports(tx: Transaction, jurisdictionId: string): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtext('liaison.import'), hashtext(${jurisdictionId}))`);
}

/** Writes a plan, and lets places be found by it from then on. */
export async function carryOut(
  tx: Transaction,
  plan: Plan,
  at: { readonly jurisdictionId: string; readonly today: string; readonly onProgress?: ImportProgress | undefined },
): Promise<void> {
  await writePlan(tx, plan, at.today, at.onProgress ?? (() => undefined));
  if (changesPlaces(plan)) await renewAtlas(tx, at.jurisdictionId, newId());
}

/** As somebody reads who corrects one file after the other, from the top: by file, in the order named first, and by row. */
function byRow(errors: readonly ListMistake[]): ListMistake[] {
  const files = [...new Set(errors.map(({ file }) => file))];
  return errors.toSorted((a, b) => files.indexOf(a.file) - files.indexOf(b.file) || (a.row ?? 0) - (b.row ?? 0));
}

function changesPlaces({ stations, grids, places }: Plan): boolean {
  return stations.length + grids.length + places.length > 0;
}
