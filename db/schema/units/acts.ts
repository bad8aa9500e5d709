import { sql } from "drizzle-orm";
import { bigint, date, index, jsonb, pgTable, text, uuid } from "drizzle-orm/pg-core";
import { HANDOVER_ROLES, HANDOVER_STATES } from "../../../src/domain/acts/handover.ts";
import { UNIT_RESULTS } from "../../../src/domain/case/claims.ts";
import { cases } from "../cases.ts";
import { county, moment, ofCounty } from "../county.ts";
import { units } from "../people.ts";

/** The subjects of acts: what is no case and whose row follows from its acts alone. */
const ACT_SUBJECTS = ["handover"] as const;

/** The acts (行为): everything that ever changed what is no case; rows are only ever added, and stand in the chain of records. */
export const acts = pgTable(
  "acts",
  {
    seq: bigint("seq", { mode: "number" }).generatedAlwaysAsIdentity().primaryKey(),
    jurisdictionId: county(),
    subject: text("subject", { enum: ACT_SUBJECTS }).notNull(),
    subjectId: uuid("subject_id").notNull(),
    type: text("type").notNull(),
    at: moment("at").notNull(),
    /** `service`, `resident`, `office`, `office:<name>`, `deputy:<code>` or `unit:<code>`. */
    by: text("by").notNull(),
    /** Codes, days and numbers; never a person's words or name. */
    details: jsonb("details").$type<Record<string, unknown>>().notNull().default({}),
  },
  (t) => [index("acts_subject_index").on(t.subjectId, t.seq), ofCounty("acts")],
);

/** The hand-overs of cases to units (交办), as they stand now; how each came to stand so is in {@link acts}. */
export const handovers = pgTable(
  "handovers",
  {
    id: uuid("id").primaryKey(),
    jurisdictionId: county(),
    caseId: uuid("case_id")
      .notNull()
      .references(() => cases.id),
    unitId: uuid("unit_id")
      .notNull()
      .references(() => units.id),
    role: text("role", { enum: HANDOVER_ROLES }).notNull(),
    state: text("state", { enum: HANDOVER_STATES }).notNull(),
    /** The day by which the unit is asked to have reported. */
    dueOn: date("due_on", { mode: "string" }).notNull(),
    /** The day to which the unit asks to have it, until the office has answered. */
    askedUntil: date("asked_until", { mode: "string" }),
    result: text("result", { enum: UNIT_RESULTS }),
    openedAt: moment("opened_at").notNull(),
    sentAt: moment("sent_at"),
    settledAt: moment("settled_at"),
  },
  (t) => [
    index("handovers_case_index").on(t.caseId),
    index("handovers_open_of_unit_index")
      .on(t.unitId)
      .where(sql`${t.state} in ('waiting', 'sent', 'accepted', 'reported')`),
    ofCounty("handovers"),
  ],
);

/** A row of {@link handovers}. */
export type HandoverRecord = typeof handovers.$inferSelect;
