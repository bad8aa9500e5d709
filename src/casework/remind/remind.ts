import { isQuiet, minuteIn } from "../../domain/calendar/office-hours.ts";
import { DEFAULTS, readCounty } from "../county/settings.ts";
import type { Runtime } from "../runtime/runtime.ts";
import { callUnreached } from "./deputy-calls.ts";
import { sendDigests } from "./digest.ts";
import { escalateLate } from "./escalate.ts";
import { sendRoomDigests } from "./room-digest.ts";

/** Reminders begin at 08:00. */
const FROM_MINUTE = 8 * 60;

/**
 * Reminds the deputies of a county of what is due, and passes upwards what nobody answered; on working days, never in quiet hours.
 *
 * @returns the conversations that now have something to deliver
 */
export async function remind(runtime: Runtime, jurisdictionId: string): Promise<{ conversations: string[] }> {
  const { settings } = await runtime.database.inCounty(jurisdictionId, readCounty);
  const time = { holidays: { ...DEFAULTS, ...settings }.holidays, timeZone: runtime.timeZone };
  const now = runtime.now();
  if (isQuiet(now, time) || minuteIn(now, time.timeZone) < FROM_MINUTE) return { conversations: [] };
  const reminded = await sendDigests(runtime, jurisdictionId, time);
  await callUnreached(runtime, jurisdictionId, time);
  const told = await escalateLate(runtime, jurisdictionId, time);
  const rooms = await sendRoomDigests(runtime, jurisdictionId, runtime.timeZone);
  return { conversations: [...new Set([...reminded, ...told, ...rooms])] };
}
