import { type SQL, sql } from "drizzle-orm";
import { cases } from "../../../db/schema/cases.ts";
import { REHEARSAL_PREFIX } from "../../domain/case/rehearsal.ts";

/** The condition that a row of `cases` is of a rehearsal: in no list of work, no figure and no lesson. */
export const isRehearsed: SQL = sql`starts_with(${cases.number}, ${REHEARSAL_PREFIX})`;
