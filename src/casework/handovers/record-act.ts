import { acts, type HandoverRecord, handovers } from "../../../db/schema/ledger.ts";
import {
  afterHandoverAct,
  changeByAct,
  type HandoverAct,
  type HandoverChange,
  type HandoverDetails,
} from "../../domain/acts/handover.ts";
import { authorOf } from "../turn/author.ts";
import type { CaseWriting } from "../turn/unit-of-work.ts";

/**
 * Records an act on a hand-over: the act itself, the state that follows from it, and what else it changes.
 *
 * @param by `service`, `office`, `deputy:<code>` or `unit:<code>`, where nobody of the staff causes it
 * @throws Error when the hand-over may not see this act in its state: a mistake of the caller
 */
export function recordAct<T extends HandoverAct>(
  writing: CaseWriting,
  handover: HandoverRecord,
  act: T,
  by: string,
  details: HandoverDetails<T>,
): void {
  const state = afterHandoverAct(handover.state, act);
  if (state === null) throw new Error(`a hand-over that is ${handover.state} cannot see ${act}`);
  const changes = { ...changesOfRow(changeByAct(act, details, writing.now.toISOString())), state };
  Object.assign(handover, changes);
  writing.writes.update(handovers, handover.id, changes);
  writeAct(writing, handover.id, act, by, details);
}

/** Opens a hand-over, which waits until somebody is told. */
export function openAct(
  writing: CaseWriting,
  handover: HandoverRecord,
  by: string,
  details: HandoverDetails<"opened">,
): void {
  writing.writes.insert(handovers, handover);
  writeAct(writing, handover.id, "opened", by, details);
}

function writeAct(
  writing: CaseWriting,
  subjectId: string,
  type: HandoverAct,
  by: string,
  details: Record<string, unknown>,
): void {
  const { writes, jurisdictionId, now } = writing;
  const author = authorOf(writing, by);
  writes.insert(acts, { jurisdictionId, subject: "handover", subjectId, type, at: now, by: author, details });
}

function changesOfRow({ openedAt: _, sentAt, settledAt, ...change }: HandoverChange): Partial<HandoverRecord> {
  const moment = (at: string | null) => (at === null ? null : new Date(at));
  return {
    ...change,
    ...(sentAt === undefined ? {} : { sentAt: moment(sentAt) }),
    ...(settledAt === undefined ? {} : { settledAt: moment(settledAt) }),
  };
}
