import { sql } from "drizzle-orm";
import { cases } from "../../../db/schema/cases.ts";
import { isToldByCall } from "../cases/facts.ts";
import { isLed } from "../cases/led.ts";
import { isRehearsed } from "../cases/rehearsed.ts";

/**
 * The condition that a row of `cases` is an open danger of which nobody has said yet that they see to it: neither its deputy, nor
 * anybody of the office or a station.
 */
export const isUnheeded = sql`(${cases.closedAt} is null and ${cases.priority} and not ${isRehearsed} and not ${isLed}
  and exists (select from case_clocks k where k.case_id = ${cases.id} and k.kind = 'acknowledge' and k.state in ('running', 'missed')
    and not exists (select from case_events e where e.case_id = k.case_id and e.at >= k.started_at
      and (e.type in ('acknowledged', 'accepted', 'taken', 'replied', 'referred') or ${isToldByCall}))))`;
