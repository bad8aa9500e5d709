import { eq } from "drizzle-orm";
import { jurisdictions } from "../../db/schema/county.ts";
import { deputies } from "../../db/schema/people.ts";
import { daysOff } from "../county/holidays.ts";
import type { Office } from "./office.ts";

/** A Monday of a year whose days off nobody has announced: the county entered them. */
export const MONDAY = "2035-03-05";

export const HOLIDAYS = daysOff(2035);

/** Enters the year into a county all of whose deputies still serve then. */
export async function enter2035({ db, county }: Office): Promise<void> {
  await db.database.inCounty(county.id, async (tx) => {
    const settings = { holidays: HOLIDAYS };
    await tx.update(jurisdictions).set({ settings }).where(eq(jurisdictions.jurisdictionId, county.id));
    await tx.update(deputies).set({ untilOn: null });
  });
}

/** Lets time pass until a moment of the county's clock. */
export async function passTo(office: Office, day: string, time: string): Promise<void> {
  await office.pass(Date.parse(`${day}T${time}:00+08:00`) - office.runtime.now().getTime());
}
