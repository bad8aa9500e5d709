import { and, count, eq, isNotNull, isNull, lt, not, sql } from "drizzle-orm";
import { cases } from "../../../db/schema/cases.ts";
import { isLed } from "../cases/led.ts";
import { isRehearsed } from "../cases/rehearsed.ts";
import type { Moment } from "../county/deputies.ts";

/**
 * The figures of a deputy: the number of cases that they have, had, and are late with; without those that only the
 * office may see, those that they follow, and those that go with another one.
 */
export async function figuresOf(
  moment: Pick<Moment, "tx" | "today">,
  deputyId: string,
): Promise<{ readonly open: number; readonly closed: number; readonly overdue: number }> {
  const isOpen = isNull(cases.closedAt);
  const [row] = await moment.tx
    .select({
      open: count(sql`case when ${isOpen} then 1 end`),
      closed: count(sql`case when ${isNotNull(cases.closedAt)} then 1 end`),
      overdue: count(sql`case when ${and(isOpen, lt(cases.dueOn, moment.today))} then 1 end`),
    })
    .from(cases)
    .where(and(eq(cases.deputyId, deputyId), eq(cases.sealed, false), not(isLed), not(isRehearsed)));
  return row ?? { open: 0, closed: 0, overdue: 0 };
}
