import type { CaseRecord } from "../../../../db/schema/cases.ts";
import { quote } from "../../../domain/text/quote.ts";
import { holderOf } from "../../cases/describe.ts";
import { lockCase } from "../../cases/load.ts";
import { ASSIST_WORDS, addToThread } from "../../cases/thread.ts";
import { assistantsOf, endAssisting } from "../../handovers/assistants.ts";
import { tellDeputy } from "../../outbox/tell.ts";
import type { Outcome } from "../../turn/outcome.ts";
import { type Turn, wordingFor } from "../../turn/turn.ts";
import { answerDeputy } from "../answer.ts";
import { deputyOf } from "../case-commands.ts";
import { noteAsDeputy } from "../notes/note.ts";

/** What a deputy says of a case with which they help, by a command of their own. */
type Said = { readonly command: string; readonly text: string };

/**
 * Carries out what a deputy says of a case with which they only help: words for whoever has it, a note for the office, or that they
 * cannot help. Nothing of theirs reaches its resident.
 */
export async function carryOutAsAssistant(turn: Turn, followed: CaseRecord, { command, text }: Said): Promise<Outcome> {
  const subject = await lockCase(turn, followed.id);
  const wording = wordingFor(turn);
  const { number } = subject;
  const me = (await assistantsOf(turn, subject)).find(({ id }) => id === turn.conversation.deputyId);
  const outcome: Outcome = { kind: "command", caseId: subject.id };
  if (me === undefined || subject.sealed || subject.deputyId === null || subject.closedAt !== null) {
    answerDeputy(turn, wording.assistOver({ number, why: "closed" }));
    return outcome;
  }
  const holder = await holderOf(turn, subject);
  const isKnown = command === "assist" || command === "note" || command === "return";
  if (!isKnown) {
    answerDeputy(turn, wording.onlyAssists({ number, holder }));
    return outcome;
  }
  if (text.trim() === "") {
    answerDeputy(turn, wording.assistantLacks({ number, command }));
    return outcome;
  }
  if (command === "note") {
    await noteAsDeputy(turn, subject, text, "noted");
    return outcome;
  }
  const { name, by } = await deputyOf(turn);
  const isLeaving = command === "return";
  if (isLeaving) await endAssisting(turn, subject, [me], by);
  addToThread(turn, subject, { direction: "in", party: "deputy", kind: ASSIST_WORDS, text });
  await tellDeputy(turn, subject.deputyId, (theirs) => ({
    kind: "deputy-news",
    subject,
    words: theirs.assistantSays({ number, assistant: name, text: quote(text), isLeaving }),
  }));
  answerDeputy(turn, wording.assistWordsTaken({ number, holder, isLeaving }));
  return outcome;
}
