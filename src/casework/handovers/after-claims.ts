import { and, desc, eq, inArray } from "drizzle-orm";
import type { CaseRecord } from "../../../db/schema/cases.ts";
import { type HandoverRecord, handovers } from "../../../db/schema/ledger.ts";
import { units } from "../../../db/schema/people.ts";
import type { BoundWording } from "../../domain/wording/bound/sentences.ts";
import { boundWordingOf } from "../../domain/wording/bound.ts";
import { chatsOfUnit } from "../bindings/roles.ts";
import { tellConversation } from "../outbox/tell.ts";
import type { Turn } from "../turn/turn.ts";
import { endAssistingOfClosed } from "./assistants.ts";
import { takeBackFromUnits, takeBackOne } from "./hand-over-to.ts";
import { lockOpenOfCase, renewDay } from "./of-unit.ts";
import { recordAct } from "./record-act.ts";
import { queueReopened } from "./to-partner.ts";

/** The one who says of a unit's work that it is done, or is not. */
type Judge = { readonly who: "deputy" | "resident"; readonly by: string };

/** Why a unit has a case again: somebody says that it is not done, or its resident put right what they had said. */
type Again = { readonly who: Judge["who"] | "correction"; readonly by: string };

/** A unit that reported a case, with its hand-over, locked. */
type Reported = {
  readonly handover: HandoverRecord;
  readonly unit: { readonly id: string; readonly code: string; readonly name: string };
};

/** Confirms what the unit of a case reported: somebody has looked, or the resident says so; the unit is told. */
export async function confirmReport(turn: Turn, subject: CaseRecord, { who, by }: Judge): Promise<void> {
  const found = await lockReported(turn, subject, ["reported"]);
  if (found === null) return;
  recordAct(turn, found.handover, "confirmed", by, {});
  await tellUnit(turn, subject, found, (wording) => wording.unitConfirmed({ number: subject.number, by: who }));
}

/**
 * Gives a case back to the unit that reported it, for it is not done, or was another thing; the unit is told.
 *
 * @returns the name of the unit; null where no unit has it
 */
export async function giveBackToUnit(turn: Turn, subject: CaseRecord, { who, by }: Again): Promise<string | null> {
  const found = await lockReported(turn, subject, ["reported", "confirmed"]);
  if (found === null || subject.unitId !== found.unit.id) return null;
  const { handover, unit } = found;
  recordAct(turn, handover, "reopened", by, {});
  renewDay(turn, subject, handover);
  const { number } = subject;
  if (await queueReopened(turn, handover)) return unit.name;
  await tellUnit(turn, subject, found, (wording) => wording.unitAgain({ number, by: who, dueOn: handover.dueOn }));
  return unit.name;
}

/**
 * Ends what units have of a case that is closed, and that other deputies help with it: what they have not reported is taken back. What they have stays their word alone until
 * somebody who looked, or the resident, says so too.
 */
export async function endWithCase(
  turn: Turn,
  subject: CaseRecord,
  { isSolved, by }: { readonly isSolved: boolean; readonly by: string },
): Promise<void> {
  await endAssistingOfClosed(turn, subject);
  if (!isSolved) return takeBackFromUnits(turn, subject, by);
  for (const one of await lockOpenOfCase(turn, subject)) {
    if (one.handover.state !== "reported") await takeBackOne(turn, subject, one, by);
  }
}

async function lockReported(
  { tx }: Turn,
  subject: CaseRecord,
  states: readonly ("reported" | "confirmed")[],
): Promise<Reported | null> {
  const [last] = await tx
    .select({ handover: handovers, unit: { id: units.id, code: units.code, name: units.name } })
    .from(handovers)
    .innerJoin(units, eq(units.id, handovers.unitId))
    .where(and(eq(handovers.caseId, subject.id), eq(handovers.role, "lead"), inArray(handovers.state, [...states])))
    .orderBy(desc(handovers.openedAt), desc(handovers.id))
    .limit(1)
    .for("no key update", { of: handovers });
  return last ?? null;
}

async function tellUnit(
  turn: Turn,
  subject: CaseRecord,
  { unit }: Reported,
  say: (wording: BoundWording) => string,
): Promise<void> {
  for (const { id, locale } of await chatsOfUnit(turn, unit)) {
    tellConversation(turn, id, { kind: "handover", subject, words: say(boundWordingOf(locale)), isAnswer: true });
  }
}
