import { readdir, readFile, stat } from "node:fs/promises";
import { basename, extname, join } from "node:path";
import { CsvError, parse } from "csv-parse/sync";
import readXlsx from "read-excel-file/node";
import { z } from "zod";

/** A cell as it stands in the file. `number` and `date` are what Excel made of what somebody typed. */
export type Cell = { readonly form: "text" | "number" | "date"; readonly text: string };

/** A row with its number as a person sees it: the header is row 1; of GeoJSON, the number of the feature. */
export type RawRow = { readonly row: number; readonly cells: readonly Cell[]; readonly geometry?: unknown };

/** One table of a file: a CSV file, a sheet of a workbook, or the features of a GeoJSON file. */
export type RawTable = {
  /** How errors name it: the file, and the sheet where there are several. */
  readonly file: string;
  /** What tells its kind: the file's name without ending, or the sheet's. */
  readonly title: string;
  readonly headers: readonly string[];
  readonly rows: readonly RawRow[];
  readonly isGeoJson: boolean;
};

export type Reading = { readonly tables: readonly RawTable[]; readonly errors: readonly string[] };

const READERS: Readonly<Record<string, (path: string) => Promise<Reading>>> = {
  ".csv": readCsv,
  ".xlsx": readWorkbook,
  ".geojson": readGeoJson,
};

/** Reads files, and all usable files of folders, in the order of their names. Never throws for what is in a file. */
export async function readPaths(paths: readonly string[]): Promise<Reading> {
  const readings: Reading[] = [];
  for (const path of paths) {
    const found = await filesAt(path);
    if (typeof found === "string") readings.push({ tables: [], errors: [found] });
    else for (const file of found) readings.push(await (READERS[endingOf(file)] ?? readCsv)(file));
  }
  return { tables: readings.flatMap((one) => one.tables), errors: readings.flatMap((one) => one.errors) };
}

/** The text of a CSV file: UTF-8 with or without mark, else GB18030, as Excel in China writes it; null for neither. */
export function decode(bytes: Uint8Array): string | null {
  for (const encoding of ["utf-8", "gb18030"]) {
    try {
      const text = new TextDecoder(encoding, { fatal: true }).decode(bytes);
      if (!text.includes("\0")) return text;
    } catch (error) {
      if (!(error instanceof TypeError)) throw error;
    }
  }
  return null;
}

async function filesAt(path: string): Promise<string[] | string> {
  const found = await stat(path).catch((error: NodeJS.ErrnoException) => error);
  if (found instanceof Error) return `${path}: cannot be read (${found.code ?? found.message})`;
  if (!found.isDirectory()) {
    return endingOf(path) in READERS ? [path] : `${path}: give a folder, or a .csv, .xlsx or .geojson file`;
  }
  const names = (await readdir(path)).filter((name) => endingOf(name) in READERS && !/^[.~]/.test(name)).sort();
  if (names.length === 0) return `${path}: holds no .csv, .xlsx or .geojson file`;
  return names.map((name) => join(path, name));
}

async function readCsv(path: string): Promise<Reading> {
  const file = basename(path);
  const text = decode(await readFile(path));
  if (text === null) return failed(`${file}:1: is neither UTF-8 nor GB18030; save it as CSV UTF-8`);
  try {
    const records = parse(text, { bom: true, relax_column_count: true });
    const reading = tableOf(
      file,
      titleOf(path),
      records.map((record) => record.map(textCell)),
    );
    return reading.tables.length > 0 ? reading : failed(`${file}:1: holds no table`);
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const row = Number(error.records ?? 0) + 1;
    return failed(`${file}:${row}: is no valid CSV: ${error.message}`);
  }
}

async function readWorkbook(path: string): Promise<Reading> {
  const file = basename(path);
  try {
    const sheets = await readXlsx<{ raw: string }>(path, { trim: false, parseNumber: (raw) => ({ raw }) });
    const readings = sheets.map(({ sheet, data }) =>
      tableOf(
        `${file}[${sheet}]`,
        sheet,
        data.map((row) => row.map(excelCell)),
      ),
    );
    const tables = readings.flatMap((one) => one.tables);
    return tables.length > 0 ? { tables, errors: [] } : failed(`${file}:1: holds no table`);
  } catch (error) {
    return failed(`${file}:1: cannot be read as .xlsx (${error instanceof Error ? error.message : String(error)})`);
  }
}

const featureCollection = z.object({
  type: z.literal("FeatureCollection"),
  features: z.array(z.object({ properties: z.record(z.string(), z.unknown()).nullish(), geometry: z.unknown() })),
});

async function readGeoJson(path: string): Promise<Reading> {
  const file = basename(path);
  const text = decode(await readFile(path));
  const parsed = featureCollection.safeParse(text === null ? null : parseJson(text.replace(/^\uFEFF/, "")));
  if (!parsed.success) return failed(`${file}:1: is no GeoJSON FeatureCollection`);
  const { features } = parsed.data;
  const headers = [...new Set(features.flatMap((feature) => Object.keys(feature.properties ?? {})))];
  const rows = features.map(({ properties, geometry }, index) => ({
    row: index + 1,
    cells: headers.map((header) => jsonCell(properties?.[header])),
    geometry,
  }));
  return { tables: [{ file, title: titleOf(path), headers, rows, isGeoJson: true }], errors: [] };
}

function tableOf(file: string, title: string, records: readonly (readonly Cell[])[]): Reading {
  const rows = records.map((cells, index) => ({ row: index + 1, cells })).filter(({ cells }) => cells.some(hasText));
  const [header, ...others] = rows;
  if (header === undefined) return { tables: [], errors: [] };
  return {
    tables: [{ file, title, headers: header.cells.map((cell) => cell.text.trim()), rows: others, isGeoJson: false }],
    errors: [],
  };
}

function excelCell(value: unknown): Cell {
  if (value === null || value === undefined) return textCell("");
  if (value instanceof Date) return { form: "date", text: value.toISOString().slice(0, 10) };
  if (typeof value === "object" && "raw" in value) return numberCell(String(value.raw));
  return textCell(String(value));
}

/** Excel writes 13800000000 sometimes as 1.38E10. */
function numberCell(raw: string): Cell {
  const number = Number(raw);
  return { form: "number", text: Number.isSafeInteger(number) ? String(number) : raw };
}

function jsonCell(value: unknown): Cell {
  if (value === null || value === undefined) return textCell("");
  if (typeof value === "number") return numberCell(String(value));
  if (Array.isArray(value)) return textCell(value.map(String).join(";"));
  return textCell(typeof value === "object" ? JSON.stringify(value) : String(value));
}

function textCell(text: string): Cell {
  return { form: "text", text };
}

function hasText(cell: Cell): boolean {
  return cell.text.trim() !== "";
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

function failed(error: string): Reading {
  return { tables: [], errors: [error] };
}

function endingOf(path: string): string {
  return extname(path).toLowerCase();
}

function titleOf(path: string): string {
  return basename(path, extname(path));
}
