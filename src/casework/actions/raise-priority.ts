import type { CaseRecord } from "../../../db/schema/cases.ts";
import { setUrgentClocks } from "../cases/clocks.ts";
import { clockFrom, dayOf } from "../cases/due-day.ts";
import { record } from "../cases/record.ts";
import { tellDuty } from "../duty/tell-duty.ts";
import type { Turn } from "../turn/turn.ts";

/** Makes an open case urgent because of what its resident said: its deputy answers by the next working day. */
export async function makeUrgent(turn: Turn, subject: CaseRecord): Promise<void> {
  const reply = clockFrom(turn, "reply", { ...subject, priority: true });
  const change = { priority: true as const, ...dayOf(reply) };
  record(turn, subject, "message_added", "resident", change, change);
  setUrgentClocks(turn, subject, reply);
  await tellDuty(turn, subject);
}
