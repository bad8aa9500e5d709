import { extname } from "node:path";
import type { MistakeValues } from "../../../domain/wording/mistakes/values.ts";

/** The advice about a file in a form that is not read. `isTable`: such a file is always a list or a map. */
export type Advice = { readonly isTable: boolean; readonly todo: NonNullable<MistakeValues["wrong-ending"]["todo"]> };

const ADVICE: readonly (readonly [endings: readonly string[], Advice])[] = [
  [["xls", "xlsm", "xlsb", "xlt", "xltx", "xltm", "xlw"], { isTable: true, todo: "xlsx" }],
  [["et", "ett", "ets", "ods", "ots", "fods", "numbers", "uos", "uof"], { isTable: true, todo: "xlsx" }],
  [["dbf", "mdb", "accdb"], { isTable: true, todo: "xlsx" }],
  [["tsv", "tab"], { isTable: true, todo: "csv" }],
  [["shp", "kml", "kmz", "gpkg", "gml", "dxf", "topojson", "mif"], { isTable: true, todo: "geojson" }],
  [["json", "jsonl", "xml", "yaml", "yml"], { isTable: false, todo: "xlsx-or-geojson" }],
  [["txt", "prn", "html", "htm"], { isTable: false, todo: "xlsx-or-csv" }],
  [["zip", "rar", "7z", "gz", "tar", "tgz"], { isTable: false, todo: "unpack" }],
];

/** The names of files that many folders have and that are never a list; an import does not mention them. */
const OF_NO_CONCERN = /^(?:\.|~\$|.*~$|readme(?:\.|$)|desktop\.ini$|thumbs\.db$|__macosx$)/i;

/** Whether a file of a folder is passed over without a word: system files, backups, a readme. */
export function isOfNoConcern(name: string): boolean {
  return OF_NO_CONCERN.test(name);
}

/** The advice about a file that may hold a list in another form; null for one that holds none, such as a picture. */
export function adviceFor(path: string): Advice | null {
  const ending = extname(path).slice(1).toLowerCase();
  return ADVICE.find(([endings]) => endings.includes(ending))?.[1] ?? null;
}
