import type { CaseRecord } from "../../../db/schema/cases.ts";
import { setReplyClock } from "../cases/clocks.ts";
import { clockFrom, dayOf } from "../cases/due-day.ts";
import { record } from "../cases/record.ts";
import type { Turn } from "../turn/turn.ts";

/** Makes an open case urgent because of what its resident said: its deputy answers by the next working day. */
export function makeUrgent(turn: Turn, subject: CaseRecord): void {
  const reply = clockFrom(turn, "reply", { ...subject, priority: true });
  const change = { priority: true as const, ...dayOf(reply) };
  record(turn, subject, "message_added", "resident", change, change);
  setReplyClock(turn, subject, reply);
}
