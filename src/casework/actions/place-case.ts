import type { CaseRecord } from "../../../db/schema/cases.ts";
import { isUnpaidGroup } from "../../domain/dialog/scope.ts";
import type { PassedOver } from "../../domain/routing/route.ts";
import { lastDecision, placeOf, returnedBy } from "../cases/decisions.ts";
import { record } from "../cases/record.ts";
import { residentsWords, threadOf } from "../cases/thread.ts";
import { clearQuestion } from "../outbox/questions.ts";
import { tell } from "../outbox/tell.ts";
import { matterOf } from "../routing/ask-rules.ts";
import { findResponsible, type Responsible } from "../routing/responsible.ts";
import { type Whereabouts, withHome } from "../routing/whereabouts.ts";
import type { Turn } from "../turn/turn.ts";
import { assignAnew } from "./hand-over.ts";
import { receiptOf } from "./open-case.ts";
import { makeUrgent } from "./raise-priority.ts";

/** Gives a case its place, and with it the responsible deputy; a resident without a home grid gets this one. @param options.isCorrected its resident put the place right */
export async function placeCase(
  turn: Turn,
  subject: CaseRecord,
  found: Whereabouts,
  { isCorrected = false } = {},
): Promise<Responsible> {
  const thread = await threadOf(turn, subject);
  const words = residentsWords(thread);
  const where = withHome(turn, found, words);
  if (!subject.priority && !subject.sealed && (where.border !== undefined || isUnpaidGroup(words))) {
    await makeUrgent(turn, subject);
  }
  const responsible = await findResponsible(turn, where, {
    sealed: subject.sealed,
    filed: subject,
    barred: await barredFromPlace(turn, subject, where),
    matter: matterOf(turn, subject),
  });
  clearQuestion(turn, subject.number);
  notePlace(turn, subject, where, responsible);
  await assignAnew(turn, subject, responsible, words, { isCorrected });
  tell(turn, { kind: "receipt", subject, words: receiptOf(turn, subject, responsible) });
  return responsible;
}

/** Who returned a case does not get it back because the office places it. */
async function barredFromPlace(turn: Turn, subject: CaseRecord, { by }: Whereabouts): Promise<readonly PassedOver[]> {
  if (!subject.sealed && by !== "office") return [];
  if (!subject.sealed) return returnedBy(turn.tx, subject.id);
  return (await lastDecision(turn, subject))?.passedOver ?? [];
}

/**
 * Writes down where a case lies; it becomes the home grid of a resident who has none, unless it is only where they
 * worked, or the office said so.
 */
export function notePlace(
  turn: Turn,
  subject: CaseRecord,
  where: Whereabouts,
  responsible: Pick<Responsible, "decision" | "gridId" | "stationId">,
): void {
  const place = placeOf(responsible);
  if (where.by === "office") {
    record(turn, subject, "placed_by_hand", "office", place.codes, place.changes);
    return;
  }
  record(turn, subject, "placed", "resident", { ...place.codes, by: where.by }, place.changes);
  // Where a child goes to school is nobody's home, and nothing more is kept of them.
  if (!subject.minor && where.grid !== null && where.home === undefined && where.border === undefined)
    turn.conversation.homeGrid ??= where.grid;
}
