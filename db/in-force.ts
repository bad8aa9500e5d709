import { type SQL, type SQLWrapper, sql } from "drizzle-orm";

/**
 * The condition that something has not ended before a day: a deputy in office, a unit that there is.
 *
 * @param untilOn the column of its last day; null there is without end
 * @param day calendar day, YYYY-MM-DD
 */
export function notEnded(untilOn: SQLWrapper, day: string): SQL {
  return sql`(${untilOn} is null or ${untilOn} >= ${day})`;
}

/** The condition that an assignment of a deputy to a grid or station holds on a day. @param assignment its alias in the statement */
export function holdsOn(assignment: SQLWrapper, day: string): SQL {
  return sql`${assignment}.from_on <= ${day} and ${notEnded(sql`${assignment}.until_on`, day)}`;
}
