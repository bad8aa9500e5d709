import type { Transaction } from "../../../db/database.ts";
import { dayIn } from "../../domain/calendar/deadline.ts";
import type { Caller } from "../access/caller.ts";
import type { AbsenceWork } from "../deputy/absence.ts";
import type { Runtime } from "../runtime/runtime.ts";
import { openWrites } from "../turn/unit-of-work.ts";

/** A member of the staff who acts on a deputy, within the transaction of their request. */
export type ActingOnDeputy = { readonly runtime: Runtime; readonly tx: Transaction; readonly caller: Caller };

/** The part of a unit of work that absences need, in a transaction of staff. */
export function absenceWork({ runtime, tx, caller }: ActingOnDeputy): AbsenceWork {
  const now = runtime.now();
  const today = dayIn(now, runtime.timeZone);
  return { runtime, tx, writes: openWrites(tx), jurisdictionId: caller.jurisdictionId, now, today };
}
