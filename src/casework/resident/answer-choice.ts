import { choosesByNumber } from "../../domain/dialog/answers.ts";
import { correctedPlace } from "../../domain/place/correction.ts";
import { type Correction, correctionIn } from "../../domain/writer/correction.ts";
import { joinCase } from "../actions/add-words.ts";
import { ownCases } from "../cases/load.ts";
import { addToThread } from "../cases/thread.ts";
import { giveCaseTo, waitingWords } from "../inbox/words.ts";
import { clearQuestion } from "../outbox/questions.ts";
import { tell } from "../outbox/tell.ts";
import type { Outcome } from "../turn/outcome.ts";
import type { Said } from "../turn/said.ts";
import { type Turn, wordingFor } from "../turn/turn.ts";
import { answerWhere, hasLeft } from "./answer-where.ts";
import { runCommandOn } from "./commands.ts";
import { answerLookAgain, correctCase } from "./corrections/correct-words.ts";
import { joinWithPlace } from "./follow-up.ts";
import { mayBeJudged, rate, rateAsSaid } from "./verdict/rate.ts";

const NOTHING: Correction = { wrong: null, right: null, isPlain: true };

/** Applies a resident's answer to the open question, by the index of its choice. */
export async function answerChoice(turn: Turn, said: Said, index: number): Promise<Outcome> {
  const { question } = turn.conversation.dialog;
  const mine = await ownCases(turn);
  switch (question?.kind) {
    case "where": {
      const subject = mine.find((one) => one.number === question.case && one.closedAt === null);
      if (subject === undefined) break;
      addToThread(turn, subject, { direction: "in", party: "resident", ...said, kind: "answer" });
      // A number sent twice, or typed too early, would choose from a list that its sender has never seen.
      if (choosesByNumber(said.text) && !(await hasLeft(turn, { subject, question })))
        return { kind: "answer", caseId: subject.id };
      await answerWhere(turn, subject, question, { choice: index });
      return { kind: "answer", caseId: subject.id };
    }
    case "rating": {
      const subject = mine.find((one) => one.number === question.case && mayBeJudged(one, question));
      if (subject === undefined) break;
      return rate(turn, subject, said, { satisfied: index === 0, isDone: index === 2 });
    }
    case "look-again": {
      const subject = mine.find((one) => one.number === question.case && !one.sealed);
      if (subject === undefined) break;
      clearQuestion(turn);
      addToThread(turn, subject, { direction: "in", party: "resident", ...said, kind: "answer" });
      await answerLookAgain(turn, subject, index === 0);
      return { kind: "answer", caseId: subject.id };
    }
    case "which-case": {
      const subject = mine.find((one) => one.number === question.cases[index]);
      if (subject === undefined) break;
      clearQuestion(turn);
      const waited = await waitingWords(turn, question.waiting);
      await giveCaseTo(turn, waited, subject);
      switch (question.about) {
        case "follow-up":
          if (waited.some((one) => correctedPlace(one.text) !== null)) {
            for (const one of waited) await joinWithPlace(turn, subject, one, { quietly: false });
          } else if (waited.length > 0 && waited.every((one) => correctionIn(one.text) !== null)) {
            for (const one of waited) await correctCase(turn, subject, one, correctionIn(one.text) ?? NOTHING);
          } else {
            await joinCase(turn, subject, waited, { quietly: false });
          }
          return { kind: "answer", caseId: subject.id };
        case "rate":
          await rateAsSaid(turn, subject, waited);
          return { kind: "answer", caseId: subject.id };
        default:
          return runCommandOn(turn, question.about, subject);
      }
    }
    default:
      break;
  }
  clearQuestion(turn);
  tell(turn, { kind: "courtesy", subject: null, words: wordingFor(turn).noSuchChoice() });
  return { kind: "answer" };
}
