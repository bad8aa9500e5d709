import { and, eq, isNull, not } from "drizzle-orm";
import type { CaseRecord } from "../../../db/schema/cases.ts";
import { cases } from "../../../db/schema/cases.ts";
import { dueOf } from "../../domain/calendar/due.ts";
import type { Holder } from "../../domain/wording/who-answers.ts";
import { resumeClocks } from "../cases/clocks.ts";
import { lastDecision, returnedBy } from "../cases/decisions.ts";
import { isLed, ledBy } from "../cases/led.ts";
import { lockCase } from "../cases/load.ts";
import { residentsWords, threadOf } from "../cases/thread.ts";
import { showAllToDeputy } from "../outbox/photos.ts";
import { tellDeputy, tellResident } from "../outbox/tell.ts";
import { matterOf } from "../routing/ask-rules.ts";
import { findResponsible, type Holding, type Responsible } from "../routing/responsible.ts";
import { NOWHERE, whereaboutsBefore } from "../routing/whereabouts.ts";
import type { Turn } from "../turn/turn.ts";
import { assign } from "./assign.ts";

/** The result of a handover: the number of cases that have somebody else now, and of those that stayed because nobody else is there. */
export type HandedOver = { readonly moved: number; readonly stayed: number };

/**
 * Hands over the open cases of a deputy who is away, or has left office, to whoever stands in, oldest first; with
 * notice to both and to each resident. What goes with another case has whoever has that one.
 *
 * @param options.toOffice what nobody else can have goes to the office; otherwise it stays
 */
export async function handOver(
  turn: Turn,
  deputyId: string,
  options: { readonly toOffice: boolean },
): Promise<HandedOver> {
  const held = await turn.tx
    .select({ id: cases.id })
    .from(cases)
    .where(and(eq(cases.deputyId, deputyId), isNull(cases.closedAt), not(isLed)))
    .orderBy(cases.receivedAt, cases.number);
  let moved = 0;
  for (const { id } of held) {
    const subject = await lockCase(turn, id);
    if (subject.deputyId === deputyId && (await handOverCase(turn, subject, { deputyId }, options))) moved += 1;
  }
  return { moved, stayed: held.length - moved };
}

/**
 * Hands over one open case to whoever stands in for its deputy, or succeeds in office.
 *
 * @returns whether somebody else has it now
 */
export async function handOverCase(
  turn: Turn,
  subject: CaseRecord,
  holding: Holding,
  options: { readonly toOffice: boolean },
): Promise<boolean> {
  if (subject.closedAt !== null) return false;
  const before = await lastDecision(turn, subject);
  const responsible = await findResponsible(turn, before === null ? NOWHERE : whereaboutsBefore(before.facts), {
    sealed: subject.sealed,
    filed: subject,
    barred: await returnedBy(turn.tx, subject.id),
    matter: matterOf(turn, subject),
    holder: holding,
  });
  if (responsible.deputyId === null && !options.toOffice) return false;
  await moveCase(turn, subject, responsible);
  return true;
}

/**
 * Assigns a case to another deputy, who gets its photos too; the one who had it gets a notice.
 *
 * @param text the resident's words, for the message of a new case
 * @param options.isCorrected its resident put right what it is about, or where
 * @param options.isSealed it may be part of an accusation: the one who had it hears nothing
 */
export async function assignAnew(
  turn: Turn,
  subject: CaseRecord,
  responsible: Responsible,
  text: string,
  { isSealed = false, isCorrected = false } = {},
): Promise<void> {
  const { number, deputyId: before } = subject;
  if (subject.state === "clarifying") await resumeClocks(turn, subject);
  const told = await assign(turn, subject, responsible, { text });
  if (responsible.deputyId === before) return;
  await showAllToDeputy(turn, subject);
  if (before === null || told.has(before) || isSealed) return;
  await tellDeputy(turn, before, (wording) => ({
    kind: "courtesy",
    mustKnow: true,
    subject,
    words: isCorrected
      ? wording.movedByCorrection({ number, holder: responsible.holder })
      : wording.caseMovedAway({ number, holder: responsible.holder }),
  }));
}

/** Moves an open case to another deputy, or the office, with notice to both and to its resident; see `assignAnew`. */
export async function moveCase(turn: Turn, subject: CaseRecord, responsible: Responsible, options = {}): Promise<void> {
  const { deputyId: before } = subject;
  if (before === responsible.deputyId && before !== null) return;
  await assignAnew(turn, subject, responsible, residentsWords(await threadOf(turn, subject)), options);
  await tellWhoHasIt(turn, [subject, ...(await ledBy(turn, subject))], responsible.holder);
}

/** Tells the resident of each of these cases who has it now, under its own number. */
export async function tellWhoHasIt(turn: Turn, subjects: readonly CaseRecord[], holder: Holder): Promise<void> {
  for (const one of subjects) {
    await tellResident(turn, one, (wording) => ({
      kind: "receipt",
      words: wording.reassigned({ number: one.number, holder, dueOn: dueOf(one) }),
      isAnswer: true,
    }));
  }
}
