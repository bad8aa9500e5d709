import { eq, sql } from "drizzle-orm";
import { absences, deputies } from "../../../db/schema/people.ts";
import { endLeave, leavesOf } from "../deputy/absence.ts";
import { figuresOf } from "../deputy/figures.ts";
import { type ActingOnDeputy, absenceWork } from "./acting.ts";
import { findDeputy, type NamedDeputy } from "./find-deputy.ts";
import { tellEnded } from "./tell-absent.ts";

/** The end of an absence: whose it was, and whether it held or was only planned. */
export type AbsenceEnded = {
  readonly deputy: NamedDeputy;
  readonly was: "now" | "planned";
  readonly toDeliver: Iterable<string>;
};

/**
 * Ends an absence that holds, or cancels one that is planned; what was handed over stays where it is.
 *
 * @returns null where there is none for the caller; `over` where it has ended already
 */
export async function endAbsence(acting: ActingOnDeputy, id: string): Promise<AbsenceEnded | "over" | null> {
  const { tx, caller } = acting;
  const [found] = await tx
    .select({ code: deputies.code, deputyId: deputies.id })
    .from(absences)
    .innerJoin(deputies, eq(deputies.id, absences.deputyId))
    .where(eq(absences.id, id));
  const work = absenceWork(acting);
  const deputy = found === undefined ? null : await findDeputy(tx, caller, found.code, work.today);
  if (deputy === null) return null;
  await tx.execute(sql`select pg_advisory_xact_lock(hashtext('liaison.absence'), hashtext(${deputy.id}))`);
  const leaves = await leavesOf(work, deputy.id);
  const leave = leaves.find((one) => one.id === id);
  if (leave === undefined) return "over";
  endLeave(work, leave);
  await work.writes.done();
  const rest = leaves.filter((one) => one.id !== id && !one.isNow);
  const { open } = await figuresOf(work, deputy.id);
  const cancelled = leave.isNow ? [] : [leave];
  const toDeliver = await tellEnded(acting, deputy.id, { open, cancelled, planned: rest });
  return { deputy, was: leave.isNow ? "now" : "planned", toDeliver };
}
