import { z } from "zod";
import { type Fault, MISTAKE_CODES, MISTAKE_VALUES } from "../../domain/wording/mistakes/values.ts";
import { CURSOR, ERRAND } from "./errands.ts";
import type { Contract } from "./operation.ts";

const id = z.object({ id: z.uuid() });
const count = z.int().min(0);
const NOT_THERE = "There is no such check, or no longer: checks are kept for seven days.";
const total = z.object({ value: count, isMore: z.boolean() });

/** The kinds of lists of which changes are told. */
const LISTS = ["stations", "grids", "deputies", "units", "places", "receptions", "assignments"] as const;

/** A mistake in a list at its cell: its code with its parameters, and the same in one sentence. */
export const CELL_ERROR = withFault(
  z.object({
    file: z.string(),
    sheet: z.string().describe("Empty where the file has no sheets."),
    cell: z.string().describe("Such as C17; 17 for a whole row."),
    row: count,
    column: z.string().describe("The header as it stands in the file; empty where the row as a whole is wrong."),
    value: z.string(),
    text: z.string().describe("What is wrong in English; `code` and `values` are what it is made of in any language."),
    wanted: z.string().describe("What would be right, in Chinese."),
  }),
).meta({ id: "CellError" });

/** Each code with the parameters that belong to it. */
function withFault<T extends z.ZodObject>(shape: T): z.ZodType<z.output<T> & Fault> {
  const all = MISTAKE_CODES.map((code) => shape.extend({ code: z.literal(code), values: MISTAKE_VALUES[code] }));
  return z.union(all) as unknown as z.ZodType<z.output<T> & Fault>;
}

const change = z
  .object({
    kind: z.enum(LISTS),
    what: z.enum(["added", "changed", "ended", "removed", "restored"]),
    code: z.string(),
    name: z.string(),
    fields: z.array(z.object({ field: z.string(), from: z.string().nullable(), to: z.string().nullable() })),
  })
  .meta({ id: "ImportChange" });

const consequence = z
  .object({
    kind: z.enum(["grid-without-person", "deputy-without-place"]),
    code: z.string(),
    name: z.string(),
    isNew: z.boolean().describe("Whether it is so only by this import."),
  })
  .meta({ id: "ImportConsequence" });

const imported = z
  .object({
    id: z.uuid(),
    at: z.string().meta({ format: "date-time" }),
    by: z.string(),
    files: z.array(z.string()).describe("Their names; none where it undid another import."),
    undoes: z.uuid().nullable().describe("The import that it undid."),
    rows: count.describe("How many rows it wrote."),
    undoUntil: z.string().meta({ format: "date-time" }).nullable(),
    cannotUndo: z
      .enum(["not-imported", "undo-over", "later-import"])
      .nullable()
      .describe("Null where it can be undone."),
  })
  .meta({ id: "Imported" });

const left = z
  .object({
    kind: z.enum(LISTS),
    code: z.string(),
    name: z.string(),
    field: z.string().nullable().describe("Null where it is the row as a whole."),
    wanted: z.string().nullable().describe("What it was before the import."),
    is: z.string().nullable().describe("What it is now, and stays."),
    why: z.enum(["changed-since", "gone", "assigned-since", "code-taken", "in-use"]),
  })
  .meta({ id: "UndoLeft" });

const page = z.object({ after: CURSOR, limit: z.coerce.number().int().min(1).max(500).default(100) });

/**
 * The operations on imports: lists are uploaded, checked as an errand, looked at, and imported whole or not at all; for a day an
 * import can be undone in the same way.
 */
export const IMPORTS = {
  "GET /imports": {
    summary: "List the imports of the last seven days, and the undoings of imports",
    description: "Those that are done, the latest first; what an import wrote is kept as long as its errand.",
    roles: ["office"],
    answer: z.object({ items: z.array(imported) }),
  },
  "POST /imports": {
    summary: "Upload lists and have them checked",
    description:
      "Fields of a form, each a .xlsx, .csv or .geojson file. The answer is an errand of kind import-check; its own answer holds counts and the hash to import by. Nothing of the lists is written.",
    roles: ["office"],
    query: z.object({
      coordinates: z.enum(["wgs84", "gcj02", "bd09"]).default("wgs84").describe("The datum of all coordinates."),
    }),
    files: true,
    mostBytes: 20 * 1024 * 1024,
    answer: ERRAND,
    status: 202,
    write: true,
    refusals: { 413: "More than 20 MiB.", 422: "No file, or too many." },
  },
  "GET /imports/{id}/errors": {
    summary: "What is wrong, cell by cell",
    roles: ["office"],
    params: id,
    query: page,
    answer: z.object({ items: z.array(CELL_ERROR), next: z.string().nullable(), total }),
    refusals: { 404: NOT_THERE },
  },
  "GET /imports/{id}/changes": {
    summary: "What the import would change, old and new",
    roles: ["office"],
    params: id,
    query: page.extend({ kind: z.enum(LISTS).optional() }),
    answer: z.object({ items: z.array(change), next: z.string().nullable(), total }),
    refusals: { 404: NOT_THERE },
  },
  "GET /imports/{id}/consequences": {
    summary: "What the import would lead to: grids without a person, deputies without a place",
    roles: ["office"],
    params: id,
    query: page,
    answer: z.object({ items: z.array(consequence), next: z.string().nullable(), total }),
    refusals: { 404: NOT_THERE },
  },
  "GET /imports/{id}/remarks.xlsx": {
    summary: "The lists as they were uploaded, bad cells coloured, with a last column that says what is wrong",
    roles: ["office"],
    params: id,
    answer: null,
    file: true,
    refusals: { 404: "There is none: nothing was wrong, or it is not checked yet." },
  },
  "POST /imports/{id}/undo": {
    summary: "Look at what undoing an import would change",
    description:
      "By the id of the import in the list, for 24 hours after it. The answer is an errand of kind import-undo-check, whose id serves as that of a check: look at its changes, at what it leaves, and at what it leads to, then apply it. Nothing of the lists is written.",
    roles: ["office"],
    params: id,
    answer: ERRAND,
    status: 202,
    write: true,
    refusals: {
      404: "There is no such import, or no longer.",
      409: "A day has passed, it changed nothing, or a later import or undoing changed the same rows.",
    },
  },
  "GET /imports/{id}/left": {
    summary: "What undoing an import leaves as it is, row by row, for somebody changed or used it since",
    roles: ["office"],
    params: id,
    query: page,
    answer: z.object({ items: z.array(left), next: z.string().nullable(), total }),
    refusals: { 404: NOT_THERE },
  },
  "POST /imports/{id}/apply": {
    summary: "Import what was checked, or undo an import as it was looked at",
    description: "Whole or not at all, as an errand of kind import.",
    roles: ["office"],
    params: id,
    body: z.strictObject({ hash: z.string().length(64).describe("As the check gave it.") }),
    answer: ERRAND,
    status: 202,
    write: true,
    refusals: {
      404: NOT_THERE,
      409: "It has mistakes, is of other files, cannot be undone any more, or the county has changed since: check again.",
    },
  },
  "GET /exports/county.xlsx": {
    summary: "The county's lists in the form in which they are imported",
    description: "Without phones, positions and shapes: an import keeps what it has no column for.",
    roles: ["office"],
    answer: null,
    file: true,
  },
} as const satisfies Contract;
