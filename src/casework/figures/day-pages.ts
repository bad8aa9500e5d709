import { sql } from "drizzle-orm";
import type { Transaction } from "../../../db/database.ts";
import { cases } from "../../../db/schema/cases.ts";
import { addDays } from "../../domain/calendar/days.ts";

/** The days from which and until which cases came in, both included. */
export type Days = { readonly from: string; readonly until: string };

/** The days whose cases one statement counts, and how many came in then, whoever may see them. */
export type DayPage = Days & { readonly count: number };

/** The pace of counting: it may be given up between two statements, and tells how many cases it has looked at. */
export type CountingPace = {
  readonly signal?: AbortSignal;
  readonly progress?: (done: number, total: number | null) => void;
  /** So many cases are looked at by one statement; as many as it has time for when left out. */
  readonly most?: number;
};

/** So many cases are looked at by one statement, if they came in on more than one day: some seconds, and few megabytes. */
const MOST_IN_PAGE = 40_000;

/** The condition that a row of `cases` was received on one of these days. */
export function receivedIn({ from, until }: Days, timeZone: string) {
  return sql`(${cases.receivedAt} >= (${from}::timestamp at time zone ${timeZone})
    and ${cases.receivedAt} < ((${until}::date + 1)::timestamp at time zone ${timeZone}))`;
}

/**
 * The days of a span in pages, each of as many days as have no more cases together than one statement looks at; a day with more
 * stands alone. Days before the first and behind the last case are in none.
 */
export async function dayPages(
  tx: Transaction,
  span: Days,
  timeZone: string,
  most: number = MOST_IN_PAGE,
): Promise<readonly DayPage[]> {
  const days = await tx.execute<{ day: string; count: number }>(sql`
    select day::text, count(*)::int as count from (
      select (${cases.receivedAt} at time zone ${timeZone})::date as day from ${cases} where ${receivedIn(span, timeZone)}) came
    group by day order by came.day`);
  const pages: { from: string; until: string; count: number }[] = [];
  for (const { day, count } of days) {
    const last = pages.at(-1);
    if (last !== undefined && last.count + count <= most) {
      last.until = day;
      last.count += count;
    } else {
      pages.push({ from: last === undefined ? day : addDays(last.until, 1), until: day, count });
    }
  }
  return pages;
}
