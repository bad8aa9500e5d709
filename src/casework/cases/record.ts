import { sql } from "drizzle-orm";
import { type CaseRecord, caseClocks, caseEvents, cases } from "../../../db/schema/cases.ts";
import { afterEvent, type CaseEventType } from "../../domain/case/case.ts";
import { type Settling, settlingOf } from "../../domain/case/case-clocks.ts";
import type { EventDetails } from "../../domain/case/case-event.ts";
import { authorOf } from "../turn/author.ts";
import type { CaseWriting } from "../turn/unit-of-work.ts";

/**
 * Records an event of a case: the event itself, the state that follows from it, and what else it changes.
 *
 * @param by `resident`, `service`, `office` or `deputy:<code>`, where nobody of the staff causes it
 * @param details from which alone the changes must follow again: see `replay`
 * @throws Error when the case may not see this event in its state: a mistake of the caller
 */
export function record<T extends CaseEventType>(
  writing: CaseWriting,
  subject: CaseRecord,
  event: T,
  by: string,
  details: EventDetails<T>,
  changes: Partial<CaseRecord> = {},
): void {
  const state = afterEvent(subject.state, event);
  if (state === null) throw new Error(`a case that is ${subject.state} cannot see ${event}`);
  Object.assign(subject, changes, { state });
  writing.writes.update(cases, subject.id, { ...changes, state });
  writing.writes.insert(caseEvents, eventRow(writing, subject.id, event, by, details));
  const settling = settlingOf(event, details);
  if (settling !== null) settleClocks(writing, subject.id, settling);
}

/** Settles those clocks of a case that have not ended, as `clocksBy` has it. */
export function settleClocks({ writes, now }: CaseWriting, caseId: string, { kinds, isDropped }: Settling): void {
  const at = now.toISOString();
  const state = isDropped
    ? sql`'void'`
    : sql`case when ${caseClocks.state} = 'running' and ${caseClocks.dueAt} < ${at} then 'missed' else 'met' end`;
  writes.run(sql`update ${caseClocks} set state = ${state}, paused_since = null, settled_at = ${at}
    where ${caseClocks.caseId} = ${caseId} and ${caseClocks.kind} = any(${sql.param([...kinds])}::text[])
      and ${caseClocks.state} in ('running', 'paused')`);
}

/** The row of an event, as the chain will cover it: what somebody of the staff causes is `office:<name>`, by a station's chat `station:<code>`. */
export function eventRow<T extends CaseEventType>(
  writing: CaseWriting,
  caseId: string,
  type: T,
  by: string,
  details: EventDetails<T>,
): typeof caseEvents.$inferInsert {
  const { jurisdictionId, now } = writing;
  return { jurisdictionId, caseId, type, at: now, by: authorOf(writing, by), details };
}
