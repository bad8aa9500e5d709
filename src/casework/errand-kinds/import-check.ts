import { createHash } from "node:crypto";
import { sql } from "drizzle-orm";
import { z } from "zod";
import type { Transaction } from "../../../db/database.ts";
import { dayIn } from "../../domain/calendar/deadline.ts";
import type { ListNote } from "../../domain/wording/mistakes/list-notes.ts";
import { ErrandFailed, type ErrandRun, errandKind } from "../errands/kind.ts";
import { carryOut, checkReading } from "../import/import-files.ts";
import type { Counts } from "../import/plan.ts";
import { type CellError, cellErrorsOf } from "../import/preview/cell-errors.ts";
import { changesOf } from "../import/preview/changes.ts";
import { consequencesOf } from "../import/preview/consequences.ts";
import { writeRemarks } from "../import/preview/remarks.ts";
import { twiceTheSame } from "../import/preview/same-kind.ts";
import type { Reading } from "../import/spreadsheet/cell.ts";
import { readUploads } from "../import/spreadsheet/read-paths.ts";
import { type ImportFinding, keepFindings, type Upload, uploadsOf } from "./import-store.ts";

/** The shape of what is asked of an import: names and sizes of the files, and the datum of their coordinates. */
export const IMPORT_ASKED = z.strictObject({
  files: z.array(z.strictObject({ name: z.string(), bytes: z.int() })),
  coordinates: z.enum(["wgs84", "gcj02", "bd09"]),
});

/** The answer of a check: what was found, and of which files against which county. */
export type ImportChecked = {
  readonly errors: number;
  readonly changes: number;
  readonly consequences: number;
  readonly counts: Counts | null;
  readonly notes: readonly ListNote[];
  /** Of the files, and of the county against which they were checked. */
  readonly hash: string;
  readonly county: string;
};

/** A note is a line for a person; a list with very many is wrong in another way. */
const MOST_NOTES = 200;

/** The errand that checks uploaded lists: every mistake by its cell, every change, what these lead to. It writes nothing of the lists. */
export const IMPORT_CHECK = errandKind({
  name: "import-check",
  roles: ["office"],
  seenBy: ["office"],
  shape: IMPORT_ASKED,
  refuse: async () => "Upload the files: POST /api/v1/imports.",
  async run(run, { coordinates }) {
    const { id, jurisdictionId, runtime, signal, progress } = run;
    const { database, vault } = runtime;
    const uploads = await database.inCounty(jurisdictionId, (tx) => uploadsOf({ tx, vault }, id));
    if (uploads.length === 0) throw new ErrandFailed("The files are not there any more: upload them again.");
    progress(0, 3);
    const reading = readLists(uploads);
    signal.throwIfAborted();
    progress(1, 3);
    const { checked, findings, mistakes } = await look(run, { uploads, reading, coordinates });
    signal.throwIfAborted();
    progress(2, 3);
    await database.inCounty(jurisdictionId, (tx) => keepFindings({ tx, vault, jurisdictionId }, id, findings));
    if (mistakes.length === 0) return { answer: checked };
    const content = await writeRemarks(reading.tables, mistakes);
    return { answer: checked, file: { name: "remarks.xlsx", contentType: XLSX, content } };
  },
});

/** The content type of a workbook. */
export const XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/** Reads uploaded lists; two lists of one kind are a mistake, for nobody could tell which of them counts. */
export function readLists(uploads: readonly Upload[]): Reading {
  const reading = readUploads(uploads);
  return { ...reading, errors: [...reading.errors, ...twiceTheSame(reading.tables)] };
}

/** The stamp of a county's lists: another one after any change of them. */
export async function stampOfLists(tx: Transaction): Promise<string> {
  const stamps = await tx.execute<{ stamp: string | null }>(sql`
    select md5(string_agg(md5(x::text), '' order by x.id)) as stamp from stations x
    union all select md5(string_agg(md5(x::text), '' order by x.id)) from grids x
    union all select md5(string_agg(md5(x::text), '' order by x.id)) from deputies x
    union all select md5(string_agg(md5(x::text), '' order by x.id)) from units x
    union all select md5(string_agg(md5(x::text), '' order by x.id)) from places x
    union all select md5(string_agg(md5(x::text), '' order by x.id)) from receptions x
    union all select md5(string_agg(md5(x::text), '' order by x.id)) from assignments x`);
  return sha(stamps.map(({ stamp }) => stamp ?? "-").join());
}

/** Ends a transaction without a trace of what was tried in it. */
class Tried extends Error {
  readonly result: Looked;
  constructor(result: Looked) {
    super("tried");
    this.result = result;
  }
}

type Looked = {
  readonly checked: ImportChecked;
  readonly mistakes: readonly CellError[];
  readonly findings: readonly ImportFinding[];
};

async function look(
  { jurisdictionId, runtime }: ErrandRun,
  lists: {
    readonly uploads: readonly Upload[];
    readonly reading: Reading;
    readonly coordinates: z.output<typeof IMPORT_ASKED>["coordinates"];
  },
): Promise<Looked> {
  const { uploads, reading, coordinates } = lists;
  const today = dayIn(runtime.now(), runtime.timeZone);
  return runtime.database
    .inCounty(jurisdictionId, async (tx): Promise<Looked> => {
      const { plan, known, errors, notes } = await checkReading(tx, runtime, jurisdictionId, { reading, coordinates });
      const county = await stampOfLists(tx);
      const hash = sha(`${county} ${uploads.map(({ name, bytes }) => `${name} ${sha(bytes)}`).join()}`);
      const mistakes = cellErrorsOf(errors, reading.tables);
      const changes = plan === null ? [] : changesOf(plan, known);
      const consequences =
        plan === null ? [] : await consequencesOf(tx, today, () => carryOut(tx, plan, { jurisdictionId, today }));
      const findings: ImportFinding[] = [
        ...mistakes.map((found): ImportFinding => ({ what: "error", kind: found.code, found })),
        ...changes.map((found): ImportFinding => ({ what: "change", kind: found.kind, found })),
        ...consequences.map((found): ImportFinding => ({ what: "consequence", kind: found.kind, found })),
      ];
      const counted = { errors: mistakes.length, changes: changes.length, consequences: consequences.length };
      const checked = { ...counted, counts: plan?.counts ?? null, notes: notes.slice(0, MOST_NOTES), hash, county };
      throw new Tried({ checked, mistakes, findings });
    })
    .catch((ended) => {
      if (ended instanceof Tried) return ended.result;
      throw ended;
    });
}

/** The SHA-256 of something, in hexadecimal. */
export function sha(of: string | Uint8Array): string {
  return createHash("sha256").update(of).digest("hex");
}
