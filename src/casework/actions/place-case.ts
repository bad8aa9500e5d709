import type { CaseRecord } from "../../../db/schema/cases.ts";
import { isUnpaidGroup } from "../../domain/dialog/scope.ts";
import { lastDecision, placeOf } from "../cases/decisions.ts";
import { record } from "../cases/record.ts";
import { residentsWords, threadOf } from "../cases/thread.ts";
import { showAllToDeputy } from "../outbox/photos.ts";
import { clearQuestion } from "../outbox/questions.ts";
import { tell, tellDeputy } from "../outbox/tell.ts";
import { matterOf } from "../routing/ask-rules.ts";
import { findResponsible, type Responsible } from "../routing/responsible.ts";
import { type Whereabouts, withHome } from "../routing/whereabouts.ts";
import { type Sitting, wordingFor } from "../turn/turn.ts";
import { assign } from "./assign.ts";
import { makeUrgent } from "./raise-priority.ts";

/** Gives a case its place, and with it the one who is responsible; a home grid for those who have none. */
export async function placeCase(sitting: Sitting, subject: CaseRecord, found: Whereabouts): Promise<void> {
  const thread = await threadOf(sitting, subject);
  const words = residentsWords(thread);
  const where = withHome(sitting, found, words);
  if (!subject.priority && !subject.sealed && (where.border !== undefined || isUnpaidGroup(words))) {
    makeUrgent(sitting, subject);
  }
  const responsible = await findResponsible(sitting, where, {
    sealed: subject.sealed,
    filed: subject,
    barred: subject.sealed ? ((await lastDecision(sitting, subject))?.passedOver ?? []) : [],
    matter: matterOf(sitting, subject),
  });
  const { number, deputyId: before } = subject;
  clearQuestion(sitting, number);
  notePlace(sitting, subject, where, responsible);
  const told = await assign(sitting, subject, responsible, { text: words });
  if (responsible.deputyId !== before) {
    await showAllToDeputy(sitting, subject);
    if (before !== null && !told.has(before)) {
      await tellDeputy(sitting, before, (wording) => ({
        kind: "courtesy",
        subject,
        words: wording.caseMovedAway({ number, holder: responsible.holder }),
      }));
    }
  }
  tell(sitting, {
    kind: "receipt",
    subject,
    words: wordingFor(sitting).receipt({
      number: subject.number,
      holder: responsible.holder,
      dueOn: subject.dueOn,
      priority: subject.priority,
    }),
  });
}

/** Writes down where a case lies; the home grid of a resident who has none, unless it is where they only worked. */
export function notePlace(
  sitting: Sitting,
  subject: CaseRecord,
  where: Whereabouts,
  responsible: Pick<Responsible, "decision" | "gridId" | "stationId">,
): void {
  const place = placeOf(responsible);
  record(sitting, subject, "placed", "resident", { ...place.codes, by: where.by }, place.changes);
  if (where.grid !== null && where.home === undefined && where.border === undefined)
    sitting.conversation.homeGrid ??= where.grid;
}
