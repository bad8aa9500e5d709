import { and, eq, inArray } from "drizzle-orm";
import { v7 as newId } from "uuid";
import type { CaseRecord } from "../../../db/schema/cases.ts";
import { bindings } from "../../../db/schema/conversations.ts";
import type { HandoverRecord } from "../../../db/schema/ledger.ts";
import { outbox } from "../../../db/schema/outbox.ts";
import { boundWordingOf } from "../../domain/wording/bound.ts";
import { chatsOfUnit } from "../bindings/roles.ts";
import { setUnitClocks } from "../cases/clocks.ts";
import { record } from "../cases/record.ts";
import { tellConversation } from "../outbox/tell.ts";
import type { Turn } from "../turn/turn.ts";
import { mayLeave } from "./may-leave.ts";
import { lockOpenOfCase, renewDay, sayHandover, send } from "./of-unit.ts";
import { openAct, recordAct } from "./record-act.ts";
import { partnerOfUnit, queueReopened, withdrawFromPartner } from "./to-partner.ts";

type Unit = { readonly id: string; readonly code: string; readonly name: string };

/**
 * Hands a case over to a unit, and takes it back from any other. A unit that has it already is told nothing twice; one that reported
 * it is told again, for it was not done.
 *
 * @returns whether the unit is told, in chat or by its case system
 * @throws Error for a sealed case: a mistake of the caller
 */
export async function handOverTo(turn: Turn, subject: CaseRecord, unit: Unit, by: string): Promise<boolean> {
  if (!mayLeave(subject)) throw new Error("a sealed case is handed over to nobody");
  const open = await lockOpenOfCase(turn, subject);
  for (const other of open.filter((one) => one.unit.id !== unit.id)) await takeBackOne(turn, subject, other, by);
  const same = open.find((one) => one.unit.id === unit.id)?.handover;
  if (same === undefined) {
    return openFor(turn, subject, unit, by);
  }
  const isReported = same.state === "reported";
  if (isReported) {
    recordAct(turn, same, "reopened", by, {});
    renewDay(turn, subject, same);
  }
  if ((await partnerOfUnit(turn, unit.id)) !== null) {
    if (isReported) await queueReopened(turn, same);
    return true;
  }
  const chats = await chatsOfUnit(turn, unit);
  if (isReported) await sayHandover(turn, chats, { handover: same, subject });
  return chats.length > 0;
}

async function openFor(turn: Turn, subject: CaseRecord, unit: Unit, by: string): Promise<boolean> {
  const { jurisdictionId, now } = turn;
  const opening = { role: "lead", dueOn: setUnitClocks(turn, subject) } as const;
  const handover: HandoverRecord = {
    ...{ id: newId(), jurisdictionId, caseId: subject.id, unitId: unit.id, state: "waiting", ...opening },
    ...{ askedUntil: null, result: null, openedAt: now, sentAt: null, settledAt: null },
  };
  openAct(turn, handover, by, { case: subject.number, unit: unit.code, ...opening });
  return send(turn, unit, { handover, subject });
}

/** Takes a case back from every unit that has it, and tells them so. */
export async function takeBackFromUnits(turn: Turn, subject: CaseRecord, by: string): Promise<void> {
  for (const one of await lockOpenOfCase(turn, subject)) await takeBackOne(turn, subject, one, by);
}

/**
 * Withdraws what waits in a unit's chats; what a station or a grid worker is told of the case stays.
 * @returns the chats in which a word of the case waited, and that have read nothing of it at all
 */
async function withdraw({ tx, now }: Turn, subject: CaseRecord, unit: Unit): Promise<ReadonlySet<string>> {
  const chats = tx
    .select({ id: bindings.conversationId })
    .from(bindings)
    .where(and(eq(bindings.role, "unit"), eq(bindings.ref, unit.code)));
  const ofUnit = and(eq(outbox.caseId, subject.id), eq(outbox.kind, "handover"), inArray(outbox.conversationId, chats));
  const withdrawn = await tx
    .update(outbox)
    .set({ state: "superseded", settledAt: now })
    .where(and(ofUnit, eq(outbox.state, "waiting")))
    .returning({ chat: outbox.conversationId });
  // What may have arrived is not told again.
  await tx
    .update(outbox)
    .set({ repeatsLeft: 0 })
    .where(and(ofUnit, eq(outbox.state, "uncertain")));
  const told = await tx
    .selectDistinct({ chat: outbox.conversationId })
    .from(outbox)
    .where(and(ofUnit, inArray(outbox.state, ["delivered", "sending", "uncertain"])));
  const knowing = new Set(told.flatMap(({ chat }) => chat ?? []));
  return new Set(withdrawn.flatMap(({ chat }) => chat ?? []).filter((chat) => !knowing.has(chat)));
}

/** Takes a case back from one unit, and tells it so where it had heard of it. */
export async function takeBackOne(
  turn: Turn,
  subject: CaseRecord,
  { handover, unit }: { readonly handover: HandoverRecord; readonly unit: Unit },
  by: string,
): Promise<void> {
  const isKnown = handover.state !== "waiting";
  await withdrawFromPartner(turn, handover);
  recordAct(turn, handover, "taken_back", by, {});
  // Of a closed case no clock runs any more.
  if (subject.closedAt === null) record(turn, subject, "unit_step", by, { unit: unit.code, step: "taken_back" });
  if (!isKnown) return;
  const unread = await withdraw(turn, subject, unit);
  for (const { id, locale } of (await chatsOfUnit(turn, unit)).filter((chat) => !unread.has(chat.id))) {
    const words = boundWordingOf(locale).takenBack({ number: subject.number });
    tellConversation(turn, id, { kind: "handover", subject: null, words });
  }
}
