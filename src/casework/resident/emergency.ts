import type { CaseRecord } from "../../../db/schema/cases.ts";
import { dueOf } from "../../domain/calendar/due.ts";
import type { EmergencyTopic } from "../../domain/danger/emergency.ts";
import { publicDanger } from "../../domain/danger/public-danger.ts";
import { BURST_MS } from "../../domain/dialog/belonging.ts";
import { isAboutUnpaidWork } from "../../domain/dialog/scope.ts";
import type { InboundContent } from "../../domain/messages/message.ts";
import { keepWords } from "../actions/add-words.ts";
import { tellFollowersOfDanger } from "../actions/followers.ts";
import { makeUrgent } from "../actions/raise-priority.ts";
import { lastDecision } from "../cases/decisions.ts";
import { deputyCase, holderOf, placeName, understood } from "../cases/describe.ts";
import { ownCases } from "../cases/load.ts";
import { isInBurst } from "../cases/own-cases.ts";
import { residentsWords, threadOf } from "../cases/thread.ts";
import { wordsIn } from "../inbox/words.ts";
import { tell } from "../outbox/tell.ts";
import { tellNewCase } from "../outbox/tell-case.ts";
import type { Outcome } from "../turn/outcome.ts";
import type { Said } from "../turn/said.ts";
import { type Turn, wordingFor } from "../turn/turn.ts";
import { answerWhereInWords, askedCase } from "./answer-where.ts";
import { joinWithPlace } from "./follow-up.ts";
import { openNew } from "./open-new.ts";
import { dangersIn } from "./understand.ts";

/** Words about the same danger come for so long; later ones are another one. */
const SAME_DANGER_MS = 10 * BURST_MS;

/** Sends the emergency reply, before anything else: whom to call and what to do. */
export function tellOfDanger(turn: Turn, topics: readonly EmergencyTopic[]): void {
  tell(turn, {
    kind: "emergency",
    subject: null,
    words: wordingFor(turn).emergency({ topics }),
    isAnswer: true,
  });
}

/** Sends the emergency reply to a message that could not be processed; does nothing where it tells of no danger. */
export function warnOfDanger(turn: Turn, content: InboundContent): void {
  const topics = dangersIn(turn, wordsIn(content));
  if (topics.length > 0 && turn.conversation.deputyId === null) tellOfDanger(turn, topics);
}

/**
 * Receives a danger to life, after the emergency reply: opens a priority case, or adds to the one that these words
 * continue.
 */
export async function receiveEmergency(turn: Turn, said: Said): Promise<Outcome> {
  const open = (await ownCases(turn)).filter((one) => one.closedAt === null && !one.sealed);
  const urgent = await sameDanger(turn, open);
  const subject = urgent ?? open.find((one) => isInBurst(turn, one));
  if (subject === undefined) {
    const opened = await openNew(turn, said, true);
    return { kind: "case", caseId: opened.id };
  }
  const isNew = !subject.priority;
  if (isNew) await makeUrgent(turn, subject);
  const asked = await askedCase(turn);
  if (asked !== null && asked.subject.id === subject.id) return answerWhereInWords(turn, asked, said);
  if (urgent !== undefined) await joinWithPlace(turn, subject, said, { quietly: true });
  else await tellUrgent(turn, subject, said, isNew);
  return { kind: "case", caseId: subject.id };
}

/** A danger to life that was told just now; what is urgent for another reason is another matter. */
async function sameDanger(turn: Turn, open: readonly CaseRecord[]): Promise<CaseRecord | undefined> {
  const urgent = open.find((one) => one.priority && turn.now.getTime() - one.lastSpokenAt.getTime() <= SAME_DANGER_MS);
  if (urgent === undefined) return undefined;
  const said = residentsWords(await threadOf(turn, urgent));
  const isOther = isAboutUnpaidWork(said) || publicDanger(said) !== null;
  return isOther && dangersIn(turn, said).length === 0 ? undefined : urgent;
}

/**
 * What had sounded harmless was assigned already: its deputy gets it once more, as urgent.
 *
 * @param isNew it was not urgent until now
 */
async function tellUrgent(turn: Turn, subject: CaseRecord, said: Said, isNew: boolean): Promise<void> {
  await keepWords(turn, subject, [said]);
  const { number, priority } = subject;
  const [holder, decision, thread] = [
    await holderOf(turn, subject),
    await lastDecision(turn, subject),
    await threadOf(turn, subject),
  ];
  if (subject.deputyId !== null && decision !== null) {
    const line = deputyCase(subject, residentsWords(thread), placeName(decision.facts), turn.today);
    if (isNew) await tellFollowersOfDanger(turn, subject, { line, holder });
    await tellNewCase(turn, subject.deputyId, subject, { line, holder });
  }
  const words = wordingFor(turn).receipt({
    ...{ number, holder, dueOn: dueOf(subject), priority },
    ...(decision === null ? { place: null, matter: "" } : understood(subject, decision.facts)),
  });
  tell(turn, { kind: "receipt", subject, words });
}
