import { eq } from "drizzle-orm";
import type { CaseRecord } from "../../../db/schema/cases.ts";
import { categoryCorrections } from "../../../db/schema/categories.ts";
import { troubleMarks } from "../../../db/schema/topics.ts";
import { dueOf } from "../../domain/calendar/due.ts";
import { endFollowing } from "../actions/followers.ts";
import { takeAllApart } from "../actions/take-apart.ts";
import { noteDecision } from "../cases/decisions.ts";
import { record } from "../cases/record.ts";
import { forgetWords } from "../cases/search-words.ts";
import { residentsWords, threadOf } from "../cases/thread.ts";
import { forgetCaseFiles } from "../errands/errands.ts";
import { takeBackFromUnits } from "../handovers/hand-over-to.ts";
import { clearQuestion } from "../outbox/questions.ts";
import { tellResident } from "../outbox/tell.ts";
import { withdrawFromBound, withdrawFromDeputies, withdrawReminders } from "../outbox/withdraw.ts";
import { barredFrom } from "../routing/accused.ts";
import { findResponsible } from "../routing/responsible.ts";
import { NOWHERE } from "../routing/whereabouts.ts";
import { leaveTopic } from "../topics/members.ts";
import type { Turn } from "../turn/turn.ts";

/**
 * Seals an open case: from now on it is the county office's alone (信访工作条例 art. 30). What waits to be told to a deputy does not
 * leave, nobody follows it, and no search finds it; its resident reads what whoever accuses somebody reads.
 */
export async function sealCase(turn: Turn, subject: CaseRecord): Promise<void> {
  const words = residentsWords(await threadOf(turn, subject));
  const barred = await barredFrom(turn, words);
  const { number, priority } = subject;
  clearQuestion(turn, number);
  await takeAllApart(turn, subject);
  await leaveTopic(turn, subject, "office");
  await endFollowing(turn, subject);
  await withdrawFromDeputies(turn, subject);
  await withdrawReminders(turn, subject.id);
  await turn.tx.delete(categoryCorrections).where(eq(categoryCorrections.caseId, subject.id));
  await turn.tx.delete(troubleMarks).where(eq(troubleMarks.caseId, subject.id));
  await forgetWords(turn.tx, subject.id);
  await forgetCaseFiles(turn.tx);
  const gone = { sealed: true, deputyId: null, unitId: null, category: null, categoryConfidence: null };
  await takeBackFromUnits(turn, subject, "office");
  await withdrawFromBound(turn, subject);
  record(turn, subject, "sealed", "office", {}, gone);
  noteDecision(turn, subject, await findResponsible(turn, NOWHERE, { sealed: true, filed: subject, barred }));
  await tellResident(turn, subject, (wording) => ({
    kind: "receipt",
    words: wording.sealedReceipt({ number, dueOn: dueOf(subject), priority }),
    isAnswer: true,
  }));
}
