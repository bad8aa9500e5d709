import { bigint, index, integer, pgTable, text, uuid } from "drizzle-orm/pg-core";
import { county, ofCounty, sealed } from "./county.ts";
import { errands } from "./errands.ts";

const errand = () =>
  uuid("errand_id")
    .notNull()
    .references(() => errands.id, { onDelete: "cascade" });

/** The files that somebody uploaded for an import, sealed; they go with the errand that checks them. */
export const importUploads = pgTable(
  "import_uploads",
  {
    id: uuid("id").primaryKey(),
    jurisdictionId: county(),
    errandId: errand(),
    position: integer("position").notNull(),
    name: text("name").notNull(),
    content: sealed("content").notNull(),
  },
  (t) => [index("import_uploads_errand_index").on(t.errandId, t.position), ofCounty("import_uploads")],
);

/** The findings of the check of uploaded lists, one row each, sealed, for lists hold names and phones. */
export const importFindings = pgTable(
  "import_findings",
  {
    seq: bigint("seq", { mode: "number" }).generatedAlwaysAsIdentity().primaryKey(),
    jurisdictionId: county(),
    errandId: errand(),
    what: text("what", { enum: ["error", "change", "consequence", "left"] }).notNull(),
    /** Of an error its code, of a change and of what is left the kind of list, of a consequence what it is. */
    kind: text("kind").notNull(),
    found: sealed("found").notNull(),
  },
  (t) => [index("import_findings_what_index").on(t.errandId, t.what, t.seq), ofCounty("import_findings")],
);

/** The rows that an import wrote, each as it was before and after, sealed, so that the import can be undone; they go with its errand. */
export const importWrites = pgTable(
  "import_writes",
  {
    seq: bigint("seq", { mode: "number" }).generatedAlwaysAsIdentity().primaryKey(),
    jurisdictionId: county(),
    errandId: errand(),
    kind: text("kind", {
      enum: ["stations", "grids", "deputies", "units", "places", "receptions", "assignments"],
    }).notNull(),
    rowId: uuid("row_id").notNull(),
    /** Null where the import added the row. */
    was: sealed("was"),
    /** Null where the import took the row away. */
    became: sealed("became"),
  },
  (t) => [
    index("import_writes_errand_index").on(t.errandId, t.seq),
    index("import_writes_row_index").on(t.rowId, t.seq),
    ofCounty("import_writes"),
  ],
);
