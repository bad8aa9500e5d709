import { readdir, readFile, stat } from "node:fs/promises";
import { basename, extname, join } from "node:path";
import { noteAt } from "../../../domain/wording/mistakes/list-notes.ts";
import { mistakeAt } from "../../../domain/wording/mistakes/values.ts";
import { failed, type Reading } from "./cell.ts";
import { readCsv } from "./csv.ts";
import { readGeoJson } from "./geojson.ts";
import { adviceFor, isOfNoConcern } from "./other-files.ts";
import { readWorkbook } from "./workbook.ts";

const READERS: Readonly<Record<string, (path: string, bytes: Uint8Array) => Reading>> = {
  ".csv": readCsv,
  ".xlsx": readWorkbook,
  ".geojson": readGeoJson,
};

/**
 * Reads files, and all files of folders, in the order of their names. Never throws for what is in a file.
 *
 * @param looksLikeList whether the name of a file, without ending, is that of a list: such a file is never left out
 */
export async function readPaths(
  paths: readonly string[],
  looksLikeList: (title: string) => boolean = () => false,
): Promise<Reading> {
  const readings: Reading[] = [];
  for (const path of paths) readings.push(await readPath(path, looksLikeList));
  return joined(readings);
}

/** Reads files that are at hand already, by the endings of their names. Never throws for what is in them. */
export function readUploads(uploads: readonly { readonly name: string; readonly bytes: Uint8Array }[]): Reading {
  return joined(uploads.map(({ name, bytes }) => READERS[endingOf(name)]?.(name, bytes) ?? notReadable(name)));
}

function notReadable(path: string): Reading {
  return failed(path, "wrong-ending", { todo: adviceFor(path)?.todo ?? null });
}

async function readPath(path: string, looksLikeList: (title: string) => boolean): Promise<Reading> {
  const found = await stat(path).catch((error: NodeJS.ErrnoException) => error);
  if (found instanceof Error) return failed(path, "cannot-be-read", { said: found.code ?? found.message }, null);
  if (found.isDirectory()) return readFolder(path, looksLikeList);
  const read = READERS[endingOf(path)];
  if (read !== undefined) return read(path, await readFile(path));
  return failed(path, "wrong-path", { todo: adviceFor(path)?.todo ?? null }, null);
}

/** Whatever lies in a folder and is not read is named: as an error when it may be a list, else as a line. */
async function readFolder(path: string, looksLikeList: (title: string) => boolean): Promise<Reading> {
  const readings: Reading[] = [];
  const entries = (await readdir(path)).filter((name) => !isOfNoConcern(name)).toSorted();
  for (const name of entries) {
    const inside = join(path, name);
    const isFolder = (await stat(inside)).isDirectory();
    const read = isFolder ? undefined : READERS[endingOf(name)];
    if (read === undefined) readings.push(leftOut(name, isFolder, looksLikeList));
    else readings.push(read(inside, await readFile(inside)));
  }
  const reading = joined(readings);
  if (reading.tables.length > 0 || reading.errors.length > 0) return reading;
  return { ...reading, errors: [mistakeAt({ file: path, row: null }, null, "empty-folder", {})] };
}

function leftOut(name: string, isFolder: boolean, looksLikeList: (title: string) => boolean): Reading {
  const advice = adviceFor(name);
  const isInside = isFolder && advice === null;
  const todo = advice?.todo ?? (isFolder ? "name-folder" : "only-these");
  const isList = advice?.isTable === true || looksLikeList(basename(name, extname(name)));
  const values = { isFolder: isInside, todo };
  return isList
    ? failed(name, "not-read", values)
    : { tables: [], errors: [], notes: [noteAt({ file: name, row: null }, "not-read", values)] };
}

function joined(readings: readonly Reading[]): Reading {
  return {
    tables: readings.flatMap((one) => one.tables),
    errors: readings.flatMap((one) => one.errors),
    notes: readings.flatMap((one) => one.notes),
  };
}

function endingOf(path: string): string {
  return extname(path).toLowerCase();
}
