import type { CaseRecord } from "../../../db/schema/cases.ts";
import { type Markable, markable, type NewMark, troubleMarkOf, writeMark } from "../beside/trouble-marks.ts";
import { noteDecision, placeOf } from "../cases/decisions.ts";
import { deputyCase, placeName } from "../cases/describe.ts";
import { record } from "../cases/record.ts";
import { takeBackFromUnits } from "../handovers/hand-over-to.ts";
import { tellNewCase } from "../outbox/tell-case.ts";
import type { Responsible } from "../routing/responsible.ts";
import type { Turn } from "../turn/turn.ts";
import { setFollowers } from "./followers.ts";

/** The findings that an assignment needs: the mark of the case, null where it gets none. */
export type Prepared = { readonly mark: NewMark | null };

/**
 * Looks up what an assignment needs: for a new case before its number is drawn, since what is looked up afterwards keeps the numbers of
 * the county locked meanwhile.
 */
export async function prepareAssignment(
  turn: Turn,
  subject: Markable,
  responsible: Responsible,
  text: string,
): Promise<Prepared> {
  const { decision, deputyId, followers } = responsible;
  const readers = subject.sealed ? [] : [deputyId, ...followers.map((follower) => follower.deputyId)];
  const [mark] = await Promise.all([
    troubleMarkOf(turn, subject, text, decision.facts),
    ...readers.map((reader) => (reader === null ? undefined : turn.lookups.chatOf(reader))),
  ]);
  return { mark };
}

/**
 * Assigns a case to the responsible deputy with notice to them, or leaves it visibly to the office where there is none;
 * its followers are determined anew.
 *
 * @param story what the deputy reads; with what {@link prepareAssignment} looked up, where that was before
 * @returns the deputies who were told that they follow it
 */
export async function assign(
  turn: Turn,
  subject: CaseRecord,
  responsible: Responsible,
  story: {
    readonly text: string;
    readonly isReopened?: boolean;
    readonly mayBeSeveral?: boolean;
    readonly prepared?: Prepared;
  },
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
  const { mark } = story.prepared ?? (await prepareAssignment(turn, markable(turn, subject), responsible, story.text));
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
