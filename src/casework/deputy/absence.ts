import { and, asc, eq, gt, inArray, isNull, lt, ne, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import { v7 as newId } from "uuid";
import { notEnded } from "../../../db/in-force.ts";
import { absences, deputies } from "../../../db/schema/people.ts";
import { addDays } from "../../domain/calendar/days.ts";
import { dayIn } from "../../domain/calendar/deadline.ts";
import type { EachWeek } from "../../domain/calendar/weekly.ts";
import type { AbsenceSpan } from "../../domain/dialog/absence.ts";
import { nameKey } from "../../domain/text/names.ts";
import { quote } from "../../domain/text/quote.ts";
import type { Leave } from "../../domain/wording/sentences.ts";
import { handOver } from "../actions/hand-over.ts";
import type { Outcome } from "../turn/outcome.ts";
import { type Turn, wordingFor } from "../turn/turn.ts";
import { type UnitOfWork, writeLater } from "../turn/unit-of-work.ts";
import { answerDeputy } from "./answer.ts";
import { endWeekly, startOfDay, weeklyOf } from "./away/weekly.ts";

/**
 * Records the days on which a deputy is away.
 *
 * Away from today on, the open cases go to whoever stands in at once; away from a later day on, nothing changes until
 * then (`clock/absences.ts`).
 *
 * What was said before of the same days does not count any more; the answer says so.
 * @param absence.standIn words that are a deputy's code or end in the name; unknown or of several deputies, it is asked back
 */
export async function leave(
  turn: Turn,
  deputyId: string,
  absence: AbsenceSpan & { readonly standIn: string | null },
): Promise<Outcome> {
  const { from, until } = absence;
  const wording = wordingFor(turn);
  const found = absence.standIn === null ? [] : await deputiesMeant(turn, deputyId, absence.standIn);
  const [standIn, second] = found;
  if (absence.standIn !== null && (standIn === undefined || second !== undefined)) {
    return answerDeputy(turn, wording.standInUnclear({ typed: quote(absence.standIn), meant: found }));
  }
  const isPlanned = from > turn.today;
  const standInId = standIn?.id ?? null;
  const { replaced } = await noteLeave(turn, deputyId, { from, until, standInId, awaitsBeginning: isPlanned });
  const leaving = { from, until, standIn: standIn?.name ?? null };
  if (isPlanned) return answerDeputy(turn, wording.awayPlanned({ ...leaving, replaced }));
  const { moved, stayed } = await handOver(turn, deputyId, { toOffice: false });
  return answerDeputy(turn, wording.awayTaken({ ...leaving, moved, stayed, replaced }));
}

/** The part of a unit of work with which absences are read and written. */
export type AbsenceWork = Pick<UnitOfWork, "runtime" | "tx" | "writes" | "jurisdictionId" | "now" | "today">;

/**
 * Writes down the days on which a deputy is away; what was said before of the same days does not count any more.
 *
 * @param leaving.awaitsBeginning whether the cases are with them still, and are to be handed over
 */
export async function noteLeave(
  work: AbsenceWork,
  deputyId: string,
  leaving: AbsenceSpan & { readonly standInId: string | null; readonly awaitsBeginning: boolean },
): Promise<{ readonly id: string; readonly replaced: readonly Leave[] }> {
  const { from, until, standInId, awaitsBeginning } = leaving;
  const replaced = await makeRoom(work, deputyId, { from, until });
  const id = newId();
  writeLater(
    work,
    work.tx.insert(absences).values({
      id,
      jurisdictionId: work.jurisdictionId,
      deputyId,
      fromAt: from > work.today ? startOfDay(work.runtime, from) : work.now,
      untilAt: startOfDay(work.runtime, addDays(until, 1)),
      substituteId: standInId,
      awaitsBeginning,
    }),
  );
  return { id, replaced };
}

/** Ends an absence that holds, or cancels one that is planned. What was handed over stays where it is. */
export function endLeave(work: AbsenceWork, leave: { readonly id: string; readonly isNow: boolean }): void {
  if (leave.isNow) end(work, [leave], sql`${work.now.toISOString()}::timestamptz`);
  else cancel(work, [leave]);
}

/**
 * The result of a deputy's return: the absence that held has ended; where none held, every planned one is cancelled.
 */
export type CameBack = {
  /** Planned absences that are none any more. */
  readonly cancelled: readonly Leave[];
  /** Planned ones that still hold, because another was ended. */
  readonly planned: readonly Leave[];
  /** Those that come again each week: they ended where there was nothing else to end, and hold where there was. */
  readonly weekly: { readonly ended: readonly EachWeek[]; readonly held: readonly EachWeek[] };
};

/**
 * Ends the absence of a deputy, or cancels the planned ones where none holds; where there are neither, what comes again each week. What was handed over stays where it is.
 */
export async function comeBack(turn: Turn, deputyId: string): Promise<CameBack> {
  const found = await leavesOf(turn, deputyId);
  const ended = found.filter((one) => one.isNow);
  const planned = found.filter((one) => !one.isNow);
  const weekly = await weeklyOf(turn, deputyId);
  if (found.length === 0) {
    await endWeekly(turn, weekly);
    return { cancelled: [], planned: [], weekly: { ended: weekly, held: [] } };
  }
  const held = { ended: [], held: weekly };
  if (ended.length === 0) {
    cancel(turn, planned);
    return { cancelled: planned, planned: [], weekly: held };
  }
  end(turn, ended, sql`${turn.now.toISOString()}::timestamptz`);
  return { cancelled: [], planned, weekly: held };
}

/** The absences of a deputy that are not over, the first one first; without the days of those that come again each week. */
export async function leavesOf(
  work: AbsenceWork,
  deputyId: string,
): Promise<readonly (Leave & { readonly id: string })[]> {
  const standIn = alias(deputies, "stand_in");
  const rows = await work.tx
    .select({ id: absences.id, fromAt: absences.fromAt, untilAt: absences.untilAt, standIn: standIn.name })
    .from(absences)
    .leftJoin(standIn, eq(standIn.id, absences.substituteId))
    .where(
      and(
        eq(absences.deputyId, deputyId),
        gt(absences.untilAt, work.now),
        lt(absences.fromAt, absences.untilAt),
        isNull(absences.weeklyId),
      ),
    )
    .orderBy(asc(absences.fromAt), asc(absences.id));
  const { timeZone } = work.runtime;
  return rows.map(({ id, fromAt, untilAt, standIn: name }) => ({
    id,
    from: dayIn(fromAt, timeZone),
    // The moment from which they are back is the first of a day.
    until: dayIn(new Date(untilAt.getTime() - 1), timeZone),
    standIn: name,
    isNow: fromAt <= work.now,
  }));
}

/** Takes away from earlier absences the days of a new one: what holds ends when it begins, what is planned is cancelled. */
async function makeRoom(work: AbsenceWork, deputyId: string, { from, until }: AbsenceSpan): Promise<readonly Leave[]> {
  const before = (await leavesOf(work, deputyId)).filter((one) => one.from <= until && one.until >= from);
  const cancelled = before.filter((one) => !one.isNow);
  cancel(work, cancelled);
  const begins = from > work.today ? startOfDay(work.runtime, from) : sql`${work.now.toISOString()}::timestamptz`;
  end(
    work,
    before.filter((one) => one.isNow),
    begins,
  );
  return cancelled;
}

type Known = readonly { readonly id: string }[];

function cancel(work: AbsenceWork, planned: Known): void {
  if (planned.length > 0) writeLater(work, work.tx.delete(absences).where(inArray(absences.id, idsOf(planned))));
}

function end(work: AbsenceWork, found: Known, at: ReturnType<typeof sql>): void {
  if (found.length === 0) return;
  writeLater(
    work,
    work.tx
      .update(absences)
      .set({ untilAt: at })
      .where(inArray(absences.id, idsOf(found))),
  );
}

function idsOf(found: Known): string[] {
  return found.map(({ id }) => id);
}

type Meant = { readonly id: string; readonly code: string; readonly name: string };

/** The other deputies in office whom the words mean: by code, or by the longest name in which they end, however written. */
async function deputiesMeant(turn: Turn, deputyId: string, words: string): Promise<Meant[]> {
  const inOffice = notEnded(deputies.untilOn, turn.today);
  const others = await turn.tx
    .select({ id: deputies.id, code: deputies.code, name: deputies.name })
    .from(deputies)
    .where(and(eq(deputies.jurisdictionId, turn.jurisdictionId), ne(deputies.id, deputyId), inOffice))
    .orderBy(deputies.code);
  const [code, said] = [words.toLowerCase(), nameKey(words)];
  const keyOf = (one: Meant) => nameKey(one.name);
  const named = others.filter((one) => keyOf(one) !== "" && said.endsWith(keyOf(one)));
  const longest = Math.max(...named.map((one) => keyOf(one).length));
  return others.filter(
    (one) => one.code.toLowerCase() === code || (named.includes(one) && keyOf(one).length === longest),
  );
}
