import { ne, sql } from "drizzle-orm";
import type { Logger } from "pino";
import type { Database } from "../../../db/database.ts";
import { sharedValues } from "../../../db/schema/county.ts";
import { addDays } from "../../domain/calendar/days.ts";
import { dayIn } from "../../domain/calendar/deadline.ts";
import { listCounties } from "./counties.ts";
import { calendarNow } from "./settings.ts";

const KEY = "calendar-warned-on";

/** Logs of each county whose calendar lacks a year that is to be entered now, once a day whichever process asks first. */
export async function warnOfCalendars(services: {
  readonly database: Database;
  readonly now: () => Date;
  readonly timeZone: string;
  readonly log: Logger;
}): Promise<void> {
  const { database, now, timeZone, log } = services;
  for (const county of await listCounties(database)) {
    const { warning, ...reach } = await calendarNow(services, county.id);
    if (warning === null || !(await isFirst(database, county.id, dayIn(now(), timeZone)))) continue;
    log.warn({ county: county.code, ...reach, warning }, "a year of the holiday calendar is missing");
  }
}

/** Whether nobody has warned of this county on this day yet; from now on somebody has. */
async function isFirst(database: Database, jurisdictionId: string, today: string): Promise<boolean> {
  const row = { value: Buffer.from(today, "utf8"), expiresAt: new Date(`${addDays(today, 2)}T00:00:00Z`) };
  const noted = await database.inCounty(jurisdictionId, (tx) =>
    tx
      .insert(sharedValues)
      .values({ jurisdictionId, key: KEY, ...row })
      .onConflictDoUpdate({
        target: [sharedValues.jurisdictionId, sharedValues.key],
        set: row,
        setWhere: ne(sharedValues.value, sql`excluded.value`),
      })
      .returning({ key: sharedValues.key }),
  );
  return noted.length > 0;
}
