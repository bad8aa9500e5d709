import { and, eq } from "drizzle-orm";
import { type CaseRecord, caseMessages } from "../../../../db/schema/cases.ts";
import { joinCase } from "../../actions/add-words.ts";
import { placeCase } from "../../actions/place-case.ts";
import { ownCases } from "../../cases/load.ts";
import { record } from "../../cases/record.ts";
import { giveCaseTo } from "../../inbox/words.ts";
import { clearQuestion } from "../../outbox/questions.ts";
import { NOWHERE } from "../../routing/whereabouts.ts";
import type { Said } from "../../turn/said.ts";
import type { Turn } from "../../turn/turn.ts";
import { askedCase } from "../answer-where.ts";
import { openForOffice } from "../open-new.ts";

/**
 * Leaves recordings that could not be read to the office, which listens to them: as a case of their own, or in the one whose resident
 * was asked to say it once more.
 */
export async function leaveRecordings(turn: Turn, recordings: readonly Said[]): Promise<CaseRecord> {
  const asked = await askedCase(turn);
  const isWordless = asked !== null && asked.subject.summary === "" && !asked.subject.sealed;
  const subject = isWordless ? asked.subject : await openWith(turn, recordings);
  if (isWordless) {
    const isPlaceless = subject.state === "clarifying";
    clearQuestion(turn, subject.number);
    await joinCase(turn, subject, recordings, { quietly: isPlaceless });
    if (isPlaceless) await placeCase(turn, subject, NOWHERE);
  }
  record(turn, subject, "transcription_due", "service", {});
  await giveCaseTo(turn, recordings, subject);
  return subject;
}

async function openWith(turn: Turn, recordings: readonly Said[]): Promise<CaseRecord> {
  const { caseId } = await openForOffice(turn, recordings);
  const opened = (await ownCases(turn)).find(({ id }) => id === caseId);
  if (opened === undefined) throw new Error("a case that was opened just now is not there");
  return opened;
}

/**
 * Leaves a case to the office in which nothing but recordings stands and whose resident does not answer: nobody has heard yet what it is.
 * @returns whether it is one
 */
export async function leaveUnheard(turn: Turn, subject: CaseRecord): Promise<boolean> {
  if (subject.summary !== "") return false;
  const [voice] = await turn.tx
    .select({ id: caseMessages.id })
    .from(caseMessages)
    .where(and(eq(caseMessages.caseId, subject.id), eq(caseMessages.party, "resident"), eq(caseMessages.kind, "voice")))
    .limit(1);
  if (voice === undefined) return false;
  await placeCase(turn, subject, NOWHERE);
  record(turn, subject, "transcription_due", "service", {});
  return true;
}
