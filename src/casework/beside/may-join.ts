import { isNull, type SQL, sql } from "drizzle-orm";
import { type CaseRecord, cases } from "../../../db/schema/cases.ts";
import { BARRED } from "../../domain/case/outlet.ts";
import { isLed } from "../cases/led.ts";
import { isRehearsed } from "../cases/rehearsed.ts";
import { countsAsOrdinary } from "../cases/visible-to.ts";
import type { Turn } from "../turn/turn.ts";

/**
 * The condition that a row of `cases` may belong to a topic, and its resident hear what becomes of it: open, nothing that is sealed or
 * part of an accusation, no danger, not of a child nor of one who stays unnamed (see `domain/case/outlet.ts`), of no rehearsal, and standing by itself. Every way into a topic and out of one to a resident asks this.
 */
export const mayJoin: SQL = sql`(${isNull(cases.closedAt)} and ${mayHear()})`;

/** The condition that what becomes of a topic may be told to the resident of a row of `cases` that belongs to it, open or closed. */
export function mayHear(): SQL {
  const isBarred = sql.join(
    BARRED.audience.map((property) => sql`${cases[property]}`),
    sql` or `,
  );
  return sql`(not (${isBarred}) and ${countsAsOrdinary} and not ${cases.priority} and not ${isRehearsed} and not ${isLed}
    and ${cases.outcome} is distinct from 'withdrawn')`;
}

/** Whether a case may belong to a topic now; see {@link mayJoin}. */
export async function mayJoinNow({ tx }: Turn, { id }: Pick<CaseRecord, "id">): Promise<boolean> {
  const rows = await tx.select({ id: cases.id }).from(cases).where(sql`${cases.id} = ${id} and ${mayJoin}`);
  return rows.length > 0;
}
