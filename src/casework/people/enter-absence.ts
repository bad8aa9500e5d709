import { eq, sql } from "drizzle-orm";
import { cases } from "../../../db/schema/cases.ts";
import { absences } from "../../../db/schema/people.ts";
import { handOverCase } from "../actions/hand-over.ts";
import { lockCase } from "../cases/load.ts";
import { casesHeldBy, noteBegun } from "../clock/absences.ts";
import { type AbsenceWork, noteLeave } from "../deputy/absence.ts";
import { inList } from "../staff/case-conditions.ts";
import { type CaseRow, caseRows } from "../staff/case-rows.ts";
import { type Told, toldBefore, toldSince } from "../staff/told.ts";
import { openTurn } from "../turn/open-turn.ts";
import { finishTurn } from "../turn/turn.ts";
import { type ActingOnDeputy, absenceWork } from "./acting.ts";
import type { NamedDeputy } from "./find-deputy.ts";
import { tellPlanned } from "./tell-absent.ts";

/** The absence as it is entered: whole days, both belong to it. */
export type AbsenceGiven = {
  readonly from: string;
  readonly until: string;
  readonly standIn: NamedDeputy | null;
  /** Only to see what would become of the cases as they are now; the transaction is rolled back then. */
  readonly isPreview: boolean;
};

/** What becomes of an open case: somebody else has it, or it stays because nobody can take it. */
type Handed = { readonly row: CaseRow; readonly isMoved: boolean };

/** The result of entering an absence: of the cases those that exist for the reader, oldest first. */
export type AbsenceEntered = {
  readonly id: string;
  readonly begins: "now" | "planned";
  readonly cases: readonly Handed[];
  /** What is told of the first case that moves, as each reads it; of the others the same is told. */
  readonly told: readonly Told[];
  readonly toDeliver: Iterable<string>;
};

/**
 * Enters an absence of a deputy by staff: from today on the open cases go to whoever stands in, oldest first, with notice to both
 * sides and to each resident; from a later day on that happens when the day comes.
 */
export async function enterAbsence(
  acting: ActingOnDeputy,
  deputy: NamedDeputy,
  { from, until, standIn, isPreview }: AbsenceGiven,
): Promise<AbsenceEntered> {
  const { runtime, tx } = acting;
  await tx.execute(sql`select pg_advisory_xact_lock(hashtext('liaison.absence'), hashtext(${deputy.id}))`);
  const work = absenceWork(acting);
  const begins = from > work.today ? "planned" : "now";
  const span = { from: isPreview ? work.today : from, until };
  const leaving = { ...span, standInId: standIn?.id ?? null, awaitsBeginning: true };
  const { id, replaced } = await noteLeave(work, deputy.id, leaving);
  await work.writes.done();
  if (begins === "planned" && !isPreview) {
    const planned = { from, until, standIn: standIn?.name ?? null, replaced };
    const toDeliver = await tellPlanned(acting, deputy.id, planned);
    return { id, begins, cases: [], told: [], toDeliver };
  }
  const handed = await handOverAll(acting, deputy.id, work);
  const [noted] = await tx
    .select({ fromAt: absences.fromAt, untilAt: absences.untilAt })
    .from(absences)
    .where(eq(absences.id, id));
  if (noted === undefined) throw new Error("an absence that was entered just now is not there");
  const beginning = { ...noted, id, deputyId: deputy.id, standIn: standIn?.name ?? null };
  const toDeliver = new Set(handed.toDeliver);
  for (const one of await noteBegun(runtime, tx, beginning, handed.moved)) toDeliver.add(one);
  return { id, begins, cases: handed.cases, told: handed.told, toDeliver };
}

async function handOverAll(acting: ActingOnDeputy, deputyId: string, { today }: AbsenceWork) {
  const { runtime, tx, caller } = acting;
  const { timeZone } = runtime;
  const shown = await tx.execute<{ id: string }>(sql`
    select ${cases.id} as id from ${cases}
    where ${cases.deputyId} = ${deputyId} and ${inList(caller, { open: true, merged: false }, { today, timeZone })}
    order by ${cases.receivedAt}, ${cases.number}`);
  const isShown = new Set(shown.map(({ id }) => id));
  const moved = new Set<string>();
  const toDeliver = new Set<string>();
  let told: readonly Told[] = [];
  for (const { id, conversationId } of await casesHeldBy(tx, deputyId)) {
    const turn = await openTurn(runtime, tx, conversationId, caller.name);
    if (turn === null) continue;
    const subject = await lockCase(turn, id);
    if (subject.deputyId !== deputyId) continue;
    const before = { ids: await toldBefore(tx, [id]), deputyId };
    const isMoved = await handOverCase(turn, subject, { deputyId }, { toOffice: false });
    await finishTurn(turn);
    for (const one of turn.toDeliver) toDeliver.add(one);
    if (!isMoved) continue;
    moved.add(id);
    if (told.length === 0 && isShown.has(id))
      told = await toldSince(turn, subject, { about: [id], before, other: null });
  }
  const rows = await caseRows(
    tx,
    shown.map(({ id }) => id),
    today,
  );
  const handed = rows.map((row, at): Handed => ({ row, isMoved: moved.has(shown[at]?.id ?? "") }));
  return { cases: handed, moved: moved.size, told, toDeliver };
}
