import { and, eq } from "drizzle-orm";
import { type CaseRecord, cases } from "../../../db/schema/cases.ts";
import { record } from "../cases/record.ts";
import type { Turn } from "../turn/turn.ts";
import { isUnheeded } from "./unheeded.ts";

/**
 * Writes down that somebody sees to an urgent case: nobody on duty is told of it again. Who has it keeps it.
 * @param by who it is, as events have it
 * @returns false where nobody waits for that any more
 */
export async function acknowledge(turn: Turn, subject: CaseRecord, by: string): Promise<boolean> {
  const [found] = await turn.tx
    .select({ id: cases.id })
    .from(cases)
    .where(and(eq(cases.id, subject.id), isUnheeded));
  if (found === undefined) return false;
  record(turn, subject, "acknowledged", by, {});
  return true;
}
