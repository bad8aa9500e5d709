import { sql } from "drizzle-orm";
import { absences } from "../../../db/schema/people.ts";
import type { Caller } from "../../casework/access/caller.ts";
import { enterAbsence } from "../../casework/people/enter-absence.ts";
import type { Runtime } from "../../casework/runtime/runtime.ts";
import { addDays } from "../../domain/calendar/days.ts";
import { dayIn } from "../../domain/calendar/deadline.ts";

const AWAY_DAYS = 9;

/** Enters that one deputy without a chat is away for some days, where nobody was ever away in the county. */
export async function noteAbsence(runtime: Runtime, caller: Caller): Promise<void> {
  const { database, now, timeZone } = runtime;
  await database.inCounty(caller.jurisdictionId, async (tx) => {
    const before = await tx.select({ id: absences.id }).from(absences).limit(1);
    const [deputy] = await tx.execute<{ id: string; code: string; name: string }>(sql`
      select d.id, d.code, d.name from deputies d
      join assignments a on a.deputy_id = d.id and a.until_on is null and a.grid_id is not null
      order by d.code desc limit 1`);
    if (before.length > 0 || deputy === undefined) return;
    const today = dayIn(now(), timeZone);
    const given = { from: today, until: addDays(today, AWAY_DAYS), standIn: null, isPreview: false };
    await enterAbsence({ runtime, tx, caller }, deputy, given);
  });
}
