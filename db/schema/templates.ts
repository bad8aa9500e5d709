import { boolean, integer, pgTable, primaryKey, text, uuid } from "drizzle-orm/pg-core";
import { county, moment, ofCounty } from "./county.ts";

/**
 * The versions of the office's answer templates (常用语): the highest of each id is the one in use, unless it is an end. Rows are
 * only ever added.
 */
export const answerTemplates = pgTable(
  "answer_templates",
  {
    jurisdictionId: county(),
    id: uuid("id").notNull(),
    /** From 1, without gaps. */
    version: integer("version").notNull(),
    name: text("name").notNull(),
    textZh: text("text_zh").notNull(),
    /** Empty where there is no English one. */
    textEn: text("text_en").notNull(),
    /** Whether this version says that the template is not offered any more. */
    isEnd: boolean("is_end").notNull(),
    by: text("by").notNull(),
    at: moment("at").notNull(),
  },
  (t) => [
    primaryKey({ name: "answer_templates_pk", columns: [t.jurisdictionId, t.id, t.version] }),
    ofCounty("answer_templates"),
  ],
);
