import { eq } from "drizzle-orm";
import { type CaseRecord, cases } from "../../../db/schema/cases.ts";
import { units } from "../../../db/schema/people.ts";
import type { StayReason } from "../../domain/acts/partner.ts";
import type { Act } from "../../domain/understanding/meaning.ts";
import { moveCase } from "../actions/hand-over.ts";
import { lockCase } from "../cases/load.ts";
import { handOverTo, takeBackFromUnits } from "../handovers/hand-over-to.ts";
import { mayLeave } from "../handovers/may-leave.ts";
import { staysFrom } from "../handovers/stays-from.ts";
import { noteMeant } from "../inbox/understandings.ts";
import { withdrawFromDeputies } from "../outbox/withdraw.ts";
import { type MoveTarget, responsibleByHand } from "../routing/by-hand.ts";
import type { Responsible } from "../routing/responsible.ts";
import type { Runtime } from "../runtime/runtime.ts";
import { openTurn } from "../turn/open-turn.ts";
import { finishTurn, type Turn } from "../turn/turn.ts";
import { writeLater } from "../turn/unit-of-work.ts";
import { type Refused, refused } from "./refusal.ts";

/** The reasons for which a case does not go to a unit that is told by a case system of others, in words for the office. */
const STAYS: Readonly<Record<StayReason, string>> = {
  sealed: "It is sealed, or part of an accusation: no case system of others may have it.",
  danger: "Somebody's life is in danger by violence or by their own hand: no case system of others may have it.",
  minor: "Its resident seems to be a minor: no case system of others may have it.",
  petition: "It seems to be a petition: no case system of others may have it.",
};

/**
 * Moves an open case by hand, with notice to both deputies and to its resident.
 *
 * @param number of the case, whole
 * @param by who decides so at the office
 * @param was what the words were, where they were taken for something else
 * @returns a plain sentence when it may not be moved there; nothing has changed then
 */
export async function moveByHand(
  runtime: Runtime,
  jurisdictionId: string,
  number: string,
  target: MoveTarget,
  by: string,
  was?: Act,
): Promise<{ readonly ok: true } | Refused> {
  return runtime.database.inCounty(jurisdictionId, async (tx) => {
    const [found] = await tx
      .select({ id: cases.id, conversationId: cases.conversationId })
      .from(cases)
      .where(eq(cases.number, number));
    const turn = found === undefined ? null : await openTurn(runtime, tx, found.conversationId);
    if (found === undefined || turn === null) return refused(`There is no case ${number}; "liaison cases" lists them.`);
    const subject = await lockCase(turn, found.id);
    if (subject.closedAt !== null)
      return refused(`Case ${number} is closed: it is open again when its resident says so.`);
    if (subject.sealed)
      return refused(`Case ${number} is sealed: only the county office may see it (信访工作条例 art. 30).`);
    const moved = await moveInTurn(turn, subject, target, { by, isSealed: false });
    if (!moved.ok) return moved;
    if (was !== undefined) await noteMeant(turn, subject.id, was, { source: "office", by });
    await finishTurn(turn);
    return { ok: true };
  });
}

/**
 * Moves an open case that nobody sealed, by hand, within a turn.
 *
 * @param options.by who decides so at the office
 * @param options.isSealed it may be part of an accusation: no deputy hears that it moved
 */
export async function moveInTurn(
  turn: Turn,
  subject: CaseRecord,
  target: MoveTarget,
  { by, isSealed }: { readonly by: string; readonly isSealed: boolean },
): Promise<{ readonly ok: true; readonly responsible: Responsible } | Refused> {
  const responsible = await responsibleByHand(turn, subject, target, by);
  if (typeof responsible === "string") return refused(responsible);
  const stays = responsible.unit === null || isSealed ? null : await staysFrom(turn, subject, responsible.unit);
  if (stays !== null) return refused(STAYS[stays]);
  if (isSealed) await withdrawFromDeputies(turn, subject);
  if (subject.unitId !== null) await takeBackFromUnits(turn, subject, "office");
  await moveCase(turn, subject, responsible, { isSealed });
  writeLater(turn, turn.tx.update(cases).set({ movedBy: by, movedAt: turn.now }).where(eq(cases.id, subject.id)));
  await handOverToUnit(turn, subject, target);
  return { ok: true, responsible };
}

/** The unit to which the office moves a case gets it; one that may be part of an accusation leaves the house for nobody. */
async function handOverToUnit(turn: Turn, subject: CaseRecord, target: MoveTarget): Promise<void> {
  if (target.kind !== "unit" || !mayLeave(subject)) return;
  const [unit] = await turn.tx
    .select({ id: units.id, code: units.code, name: units.name })
    .from(units)
    .where(eq(units.code, target.code));
  if (unit !== undefined && subject.unitId === unit.id) await handOverTo(turn, subject, unit, "office");
}
