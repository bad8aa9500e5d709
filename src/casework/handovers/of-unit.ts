import { and, asc, eq, inArray, isNull } from "drizzle-orm";
import { type CaseRecord, cases } from "../../../db/schema/cases.ts";
import { type HandoverRecord, handovers } from "../../../db/schema/ledger.ts";
import { deputies, units } from "../../../db/schema/people.ts";
import { OPEN_HANDOVER_STATES } from "../../domain/acts/handover.ts";
import type { UnitMatter } from "../../domain/wording/bound/sentences.ts";
import { boundWordingOf } from "../../domain/wording/bound.ts";
import { chatsOfUnit } from "../bindings/roles.ts";
import { setUnitResult } from "../cases/clocks.ts";
import { deputyLines } from "../cases/describe.ts";
import { clockFrom } from "../cases/due-day.ts";
import { tellConversation } from "../outbox/tell.ts";
import type { Turn } from "../turn/turn.ts";
import { whyStays } from "./may-leave.ts";
import { recordAct } from "./record-act.ts";
import { partnerOfUnit, queueHandover } from "./to-partner.ts";

/** A matter in the hands of a unit: its hand-over and its case. */
export type HandedOver = { readonly handover: HandoverRecord; readonly subject: CaseRecord };

/**
 * The matters that a unit has, oldest first: of open cases that are with this unit now. A sealed case is with no unit.
 */
export async function openOfUnit({ tx }: Turn, unitId: string): Promise<readonly HandedOver[]> {
  const rows = await tx
    .select({ handover: handovers, subject: cases })
    .from(handovers)
    .innerJoin(cases, eq(cases.id, handovers.caseId))
    .where(
      and(
        eq(handovers.unitId, unitId),
        inArray(handovers.state, [...OPEN_HANDOVER_STATES]),
        eq(cases.unitId, unitId),
        eq(cases.sealed, false),
        isNull(cases.closedAt),
      ),
    )
    .orderBy(asc(handovers.openedAt), asc(handovers.id));
  return rows;
}

/** The matters as their unit may see them: the working copy, never whose it is. */
export async function unitMatters(turn: Turn, matters: readonly HandedOver[]): Promise<readonly UnitMatter[]> {
  const lines = await deputyLines(
    turn,
    matters.map(({ subject }) => subject),
  );
  return matters.flatMap(({ handover }, index) => {
    const line = lines[index];
    return line === undefined
      ? []
      : [{ number: line.number, place: line.place, text: line.text, dueOn: handover.dueOn }];
  });
}

/** Tells a unit's people of what waited until somebody could be told. */
export async function sendWaiting(turn: Turn, unit: { readonly id: string; readonly code: string }): Promise<void> {
  const waiting = (await openOfUnit(turn, unit.id)).filter(({ handover }) => handover.state === "waiting");
  for (const one of waiting) await send(turn, unit, one);
}

/**
 * Tells a unit of a matter, by its case system where it has one and the matter may leave for that, else its people in chat; where
 * there are none it goes on waiting, and the office finds it in its list.
 *
 * @returns whether it is told
 */
export async function send(
  turn: Turn,
  unit: { readonly id: string; readonly code: string },
  one: HandedOver,
): Promise<boolean> {
  const partner = await partnerOfUnit(turn, unit.id);
  // It is sent by a worker, and counts as sent when the other side has said so.
  if (partner !== null && (await whyStays(turn, one.subject)) === null) {
    await queueHandover(turn, partner, one.handover);
    return true;
  }
  const chats = await chatsOfUnit(turn, unit);
  if (chats.length === 0) return false;
  recordAct(turn, one.handover, "sent", "service", {});
  await sayHandover(turn, chats, one);
  return true;
}

/** Gives a unit that has a matter again a day of its own for it. */
export function renewDay(turn: Turn, subject: CaseRecord, handover: HandoverRecord): void {
  recordAct(turn, handover, "extended", "service", { dueOn: setUnitResult(turn, subject, null) });
}

/** Says the hand-over itself, also once more where the matter is taken up again. */
export async function sayHandover(
  turn: Turn,
  chats: Awaited<ReturnType<typeof chatsOfUnit>>,
  one: HandedOver,
): Promise<void> {
  const [matter] = await unitMatters(turn, [one]);
  if (matter === undefined) return;
  const returnBy = clockFrom(turn, "unit_accept", one.subject).dueOn;
  const deputy = await deputyName(turn, one.subject);
  for (const { id, locale } of chats) {
    const words = boundWordingOf(locale).handover({ ...matter, deputy, returnBy });
    tellConversation(turn, id, { kind: "handover", subject: one.subject, words, isAnswer: true });
  }
}

/** Says the hand-over of a case once more, to the unit that has it: its words were changed before anybody read them. */
export async function sayHandoverAgain(turn: Turn, subject: CaseRecord): Promise<void> {
  for (const { handover, unit } of await lockOpenOfCase(turn, subject)) {
    if (handover.state !== "waiting") await sayHandover(turn, await chatsOfUnit(turn, unit), { handover, subject });
  }
}

async function deputyName({ tx }: Turn, { deputyId }: CaseRecord): Promise<string | null> {
  if (deputyId === null) return null;
  const [row] = await tx.select({ name: deputies.name }).from(deputies).where(eq(deputies.id, deputyId));
  return row?.name ?? null;
}

/** Locks the hand-over by which this unit has a case, and reads it as it is now; undefined where it has it no more. */
export async function lockHandover(
  { tx }: Turn,
  subject: CaseRecord,
  unitId: string,
): Promise<HandoverRecord | undefined> {
  const [locked] = await tx
    .select()
    .from(handovers)
    .where(
      and(
        eq(handovers.caseId, subject.id),
        eq(handovers.unitId, unitId),
        inArray(handovers.state, [...OPEN_HANDOVER_STATES]),
      ),
    )
    .for("no key update");
  return locked;
}

/** The open hand-overs of a case, locked, each with its unit. */
export async function lockOpenOfCase({ tx }: Turn, subject: CaseRecord) {
  return tx
    .select({ handover: handovers, unit: { id: units.id, code: units.code, name: units.name } })
    .from(handovers)
    .innerJoin(units, eq(units.id, handovers.unitId))
    .where(and(eq(handovers.caseId, subject.id), inArray(handovers.state, [...OPEN_HANDOVER_STATES])))
    .orderBy(asc(handovers.id))
    .for("no key update", { of: handovers });
}
