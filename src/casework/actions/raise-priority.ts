import type { CaseRecord } from "../../../db/schema/cases.ts";
import { dueDay } from "../cases/due-day.ts";
import { record } from "../cases/record.ts";
import type { Turn } from "../turn/turn.ts";

/** Makes an open case urgent because of what its resident said: its deputy answers by the next working day. */
export function makeUrgent(turn: Turn, subject: CaseRecord): void {
  const change = { priority: true as const, ...dueDay(turn, true) };
  record(turn, subject, "message_added", "resident", change, change);
}
