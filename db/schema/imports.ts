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
    what: text("what", { enum: ["error", "change", "consequence"] }).notNull(),
    /** Of an error its code, of a change the kind of list, of a consequence what it is. */
    kind: text("kind").notNull(),
    found: sealed("found").notNull(),
  },
  (t) => [index("import_findings_what_index").on(t.errandId, t.what, t.seq), ofCounty("import_findings")],
);
