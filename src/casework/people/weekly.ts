import { and, eq, isNull } from "drizzle-orm";
import { deputies, weeklyAbsences } from "../../../db/schema/people.ts";
import type { EachWeek } from "../../domain/calendar/weekly.ts";
import { endWeekly, noteWeekly, weeklyOf } from "../deputy/away/weekly.ts";
import { type ActingOnDeputy, absenceWork } from "./acting.ts";
import { findDeputy, type NamedDeputy } from "./find-deputy.ts";
import { tellInChat } from "./tell-absent.ts";

/** The end of a weekly absence: whose it was. */
type WeeklyEnded = { readonly deputy: NamedDeputy; readonly toDeliver: Iterable<string> };

/** Enters by staff that a deputy is away on the same days each week; they are told in their chat, if they have one. */
export async function enterWeekly(
  acting: ActingOnDeputy,
  deputy: NamedDeputy,
  week: EachWeek,
): Promise<{ readonly id: string; readonly toDeliver: Iterable<string> }> {
  const work = absenceWork(acting);
  const id = await noteWeekly(work, deputy.id, week, `office:${acting.caller.name}`);
  return { id, toDeliver: await tellInChat(acting, deputy.id, (wording) => wording.weeklyTaken(week)) };
}

/**
 * Ends a weekly absence by staff; the deputy is told in their chat.
 *
 * @returns null where there is none for the caller; `over` where it has ended already
 */
export async function endWeeklyOf(acting: ActingOnDeputy, id: string): Promise<WeeklyEnded | "over" | null> {
  const { tx, caller } = acting;
  const [found] = await tx
    .select({ code: deputies.code })
    .from(weeklyAbsences)
    .innerJoin(deputies, eq(deputies.id, weeklyAbsences.deputyId))
    .where(eq(weeklyAbsences.id, id));
  const work = absenceWork(acting);
  const deputy = found === undefined ? null : await findDeputy(tx, caller, found.code, work.today);
  if (deputy === null) return null;
  await tx
    .select({ id: weeklyAbsences.id })
    .from(weeklyAbsences)
    .where(and(eq(weeklyAbsences.id, id), isNull(weeklyAbsences.endedAt)))
    .for("no key update");
  const weekly = (await weeklyOf(work, deputy.id)).find((one) => one.id === id);
  if (weekly === undefined) return "over";
  await endWeekly(work, [weekly]);
  return {
    deputy,
    toDeliver: await tellInChat(acting, deputy.id, (wording) => wording.weeklyEnded({ weekly: [weekly] })),
  };
}
