import { z } from "zod";

const nothing = z.object({});
const said = z.object({ said: z.string() });
const most = z.object({ most: z.int() });
const code = z.object({ code: z.string() });
const header = z.object({ header: z.string() });
const todo = z
  .enum(["xlsx", "csv", "geojson", "xlsx-or-geojson", "xlsx-or-csv", "unpack", "name-folder", "only-these"])
  .nullable();
/** Of the shape of a grid, or of the position of a station. */
const where = z.object({ of: z.enum(["shape", "position"]), longitude: z.number(), latitude: z.number() });

/** The parameters of each mistake in a list, by its code: what its sentence is made of in any language. */
export const MISTAKE_VALUES = {
  // A file.
  "cannot-be-read": said,
  "wrong-ending": z.object({ todo }),
  "wrong-path": z.object({ todo }),
  "empty-folder": nothing,
  "not-read": z.object({ isFolder: z.boolean(), todo }),
  "wrong-encoding": nothing,
  "no-table": nothing,
  "wrong-commas": nothing,
  "bad-csv": said,
  "no-geojson": nothing,
  "no-excel": nothing,
  "broken-excel": said,
  password: nothing,
  "old-excel": nothing,
  // A table.
  "same-kind": z.object({ kind: z.string(), other: z.string() }),
  "unknown-list": nothing,
  "above-columns": said,
  "title-alone": said,
  "column-missing": z.object({ name: z.string(), known: z.string() }),
  "unknown-column": header.extend({ known: z.string() }),
  "column-twice": header,
  "no-header": nothing,
  "no-succession-table": nothing,
  "nobody-follows": nothing,
  "too-many-rows": most,
  // A row beside others.
  "new-without-column": z.object({ code: z.string(), name: z.string() }),
  "zero-lost": z.object({ code: z.string(), like: z.string() }),
  twice: z.object({ key: z.string(), before: z.string() }),
  "unknown-station": code,
  "unknown-grid": code,
  "unknown-deputy": code,
  "wrong-name": code,
  "followed-already": z.object({ code: z.string(), before: z.string() }),
  "planned-already": z.object({ code: z.string(), day: z.string() }),
  "not-ahead": z.object({ day: z.string() }),
  "term-ends": z.object({ code: z.string(), day: z.string() }),
  "same-deputy": code,
  "not-serving": z.object({ code: z.string(), place: z.string() }),
  "leaves-too": z.object({ from: z.string(), to: z.string() }),
  // A cell that cannot be read.
  empty: nothing,
  covered: z.object({ from: z.string(), to: z.string() }),
  "covered-from": z.object({ row: z.int() }),
  "formula-unsaved": nothing,
  "formula-nothing": nothing,
  formula: said,
  "text-missing": nothing,
  "error-value": said,
  "too-narrow": said,
  "nothing-word": said,
  "lost-signs": said,
  "logical-value": said,
  "unknown-type": said,
  "no-number": said,
  percentage: said,
  "time-of-day": nothing,
  "made-number": said,
  "made-date": said,
  "zero-gone": said,
  // What a cell says.
  "none-word": said,
  "too-long": most,
  separators: said,
  "no-phone": said,
  "no-post": said,
  "named-twice": code,
  "no-level": said,
  "no-day": z.object({ said: z.string(), day: z.string().nullable() }),
  "no-time": said,
  "ends-before": nothing,
  "no-degrees": said,
  "half-position": nothing,
  // Where it lies.
  "no-shape": nothing,
  "few-corners": nothing,
  "ring-crosses": nothing,
  "ring-flat": nothing,
  "hole-outside": nothing,
  "all-holes": nothing,
  swapped: where,
  "outside-china": where,
  /** Kept before mistakes had codes: its English sentence. */
  other: said,
} as const satisfies Readonly<Record<string, z.ZodObject>>;

/** The code of a mistake in a list. */
export type MistakeCode = keyof typeof MISTAKE_VALUES;
/** The parameters of each mistake, by its code. */
export type MistakeValues = { readonly [C in MistakeCode]: z.output<(typeof MISTAKE_VALUES)[C]> };
/** The content of a mistake, in no language: its code with its parameters. */
export type Fault = { [C in MistakeCode]: { readonly code: C; readonly values: MistakeValues[C] } }[MistakeCode];
/** The sentences of mistakes in one language, one for each code. */
export type MistakeSentences<T> = { readonly [C in MistakeCode]: (values: MistakeValues[C]) => T };

/** A row of a table by its file, which names the sheet too; the row is null where the file as a whole is meant. */
export type ListPlace = { readonly file: string; readonly row: number | null };

/** A mistake in a list with its place; the column by its English name, null where a row or more is wrong. */
export type ListMistake = ListPlace & { readonly column: string | null } & Fault;

/** The codes of all mistakes. */
export const MISTAKE_CODES = Object.keys(MISTAKE_VALUES) as readonly MistakeCode[];

/** A fault by its code with its parameters. */
export function faultOf<C extends MistakeCode>(code: C, values: MistakeValues[C]): Fault {
  return { code, values } as Fault;
}

/** A mistake at its place. */
export function mistakeAt<C extends MistakeCode>(
  { file, row }: ListPlace,
  column: string | null,
  code: C,
  values: MistakeValues[C],
): ListMistake {
  return { file, row, column, code, values } as ListMistake;
}
