import type { CaseRecord } from "../../../../db/schema/cases.ts";
import { afterEvent } from "../../../domain/case/case.ts";
import { pressedIn, pressKey, type WordedDeed } from "../../../domain/dialog/deputy/press.ts";
import type { Press } from "../../../domain/messages/message.ts";
import { casesOfDeputy, lockCase } from "../../cases/load.ts";
import { setQuestion } from "../../outbox/questions.ts";
import { reviseCard } from "../../outbox/revise-card.ts";
import { supersede, tell } from "../../outbox/tell.ts";
import type { Outcome } from "../../turn/outcome.ts";
import { type Turn, wordingFor } from "../../turn/turn.ts";
import { answerDeputy } from "../answer.ts";
import { carryOut } from "../carry-out.ts";
import { focusOn } from "../clear-case.ts";
import { isAccepted } from "../lead/accepted.ts";
import { isFresh } from "./take-asked-words.ts";

/**
 * Receives the press on a button of a case's card. Who may do what is said by whose chat it is and by who has the case, never by the
 * key; a second press finds what the first one did.
 *
 * @returns null where the presser is no deputy, or the key is none of a card's
 */
export async function receivePress(turn: Turn, { key, handle }: Press, seq: number): Promise<Outcome | null> {
  const { deputyId } = turn.conversation;
  const pressed = pressedIn(key);
  if (deputyId === null || pressed === null) return null;
  const { deed, number } = pressed;
  const found = (await casesOfDeputy(turn, deputyId)).find((one) => one.number === number);
  const subject = found === undefined ? null : await lockCase(turn, found.id);
  if (subject === null || subject.deputyId !== deputyId || subject.sealed) {
    return answerDeputy(turn, wordingFor(turn).pressOver({ number, isClosed: false }));
  }
  const wording = wordingFor(turn);
  if (subject.closedAt !== null) {
    if (handle !== null) await reviseCard(turn, subject.id, { handle, done: wording.cardNow({ is: "closed" }) });
    return answerDeputy(turn, wording.pressOver({ number, isClosed: true }));
  }
  const outcome =
    deed === "accept" ? await carryOut(turn, deed, subject, { text: "", seq }) : askForWords(turn, subject, deed);
  if (handle !== null) {
    const isAcceptable = afterEvent(subject.state, "accepted") !== null && !(await isAccepted(turn, subject));
    const acceptance = pressKey("accept", number);
    await reviseCard(turn, subject.id, {
      handle,
      done: wording.cardNow({ is: deed === "accept" ? "accepted" : deed }),
      isLeft: (one) => one !== acceptance || isAcceptable,
    });
  }
  return outcome;
}

function askForWords(turn: Turn, { id, number }: CaseRecord, deed: WordedDeed): Outcome {
  const wording = wordingFor(turn);
  const { question } = turn.conversation.dialog;
  focusOn(turn, number);
  const isAsked = question?.kind === "pressed" && question.case === number && question.command === deed;
  if (isAsked && isFresh(turn, question)) return answerDeputy(turn, wording.wordsStillAsked({ number, deed }));
  supersede(turn, ["question"]);
  tell(turn, { kind: "question", subject: null, words: wording.askWords({ number, deed }) });
  setQuestion(turn, { kind: "pressed", case: number, command: deed, at: turn.now.toISOString() });
  return { kind: "command", caseId: id };
}
