import type { CaseRecord } from "../../../db/schema/cases.ts";
import { troubleMarkOf, writeMark } from "../beside/trouble-marks.ts";
import { noteDecision, placeOf } from "../cases/decisions.ts";
import { deputyCase, placeName } from "../cases/describe.ts";
import { record } from "../cases/record.ts";
import { takeBackFromUnits } from "../handovers/hand-over-to.ts";
import { tellNewCase } from "../outbox/tell-case.ts";
import type { Responsible } from "../routing/responsible.ts";
import type { Turn } from "../turn/turn.ts";
import { setFollowers } from "./followers.ts";

/**
 * Assigns a case to the responsible deputy with notice to them, or leaves it visibly to the office where there is none;
 * its followers are determined anew.
 *
 * @param story what the deputy reads
 * @returns the deputies who were told that they follow it
 */
export async function assign(
  turn: Turn,
  subject: CaseRecord,
  responsible: Responsible,
  story: { readonly text: string; readonly isReopened?: boolean; readonly mayBeSeveral?: boolean },
): Promise<ReadonlySet<string>> {
  const { decision, holder } = responsible;
  const { rule } = decision;
  const former = subject.deputyId;
  const place = placeOf(responsible);
  const changes = { ...place.changes, deputyId: responsible.deputyId, unitId: null };
  const isFirst = subject.state === "clarifying";
  if (subject.unitId !== null) await takeBackFromUnits(turn, subject, "service");
  noteDecision(turn, subject, responsible);
  if (decision.chosen.kind === "office" || responsible.deputyId === null) {
    const { unit } = responsible;
    if (subject.state !== "triage" || unit !== null) {
      const details = { ...place.codes, rule, ...(unit === null ? {} : { unit: unit.code }) };
      record(turn, subject, "left_to_office", "service", details, { ...changes, unitId: unit?.id ?? null });
    }
  } else {
    const { deputy } = decision.chosen;
    record(turn, subject, "assigned", "service", { ...place.codes, deputy, rule }, changes);
  }
  const mark = await troubleMarkOf(turn, subject, story.text, decision.facts);
  const isPlain = isFirst && story.isReopened !== true && story.mayBeSeveral !== true;
  // What somebody of the staff decides happens as they were shown.
  const notBefore = isPlain && turn.staff === undefined ? (mark?.heldUntil ?? null) : null;
  const line = deputyCase(subject, story.text, placeName(decision.facts), turn.today);
  const [told] = await Promise.all([
    setFollowers(
      turn,
      subject,
      responsible,
      { line, holder, notBefore },
      { isFirst, isWithAnother: former !== subject.deputyId },
    ),
    subject.deputyId === null
      ? undefined
      : tellNewCase(turn, subject.deputyId, subject, {
          ...{ line, holder, notBefore },
          isReopened: story.isReopened === true,
          mayBeSeveral: story.mayBeSeveral === true,
        }),
  ]);
  if (mark !== null) writeMark(turn, mark);
  return told;
}
