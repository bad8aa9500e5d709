import { choosesByNumber } from "../../domain/dialog/answers.ts";
import { joinCase } from "../actions/add-words.ts";
import { ownCases } from "../cases/load.ts";
import { addToThread } from "../cases/thread.ts";
import { giveCaseTo, waitingWords } from "../inbox/words.ts";
import { clearQuestion } from "../outbox/questions.ts";
import { tell } from "../outbox/tell.ts";
import type { Outcome } from "../turn/outcome.ts";
import type { Said } from "../turn/said.ts";
import { type Sitting, wordingFor } from "../turn/turn.ts";
import { answerWhere, hasLeft } from "./answer-where.ts";
import { obeyFor } from "./commands.ts";
import { rate, rateAsSaid } from "./rate.ts";

/** A resident's answer to the open question, by the index of its choice. */
export async function answerChoice(sitting: Sitting, said: Said, index: number): Promise<Outcome> {
  const { question } = sitting.conversation.dialog;
  const mine = await ownCases(sitting);
  switch (question?.kind) {
    case "where": {
      const subject = mine.find((one) => one.number === question.case && one.closedAt === null);
      if (subject === undefined) break;
      addToThread(sitting, subject, { direction: "in", party: "resident", ...said, kind: "answer" });
      // A number sent twice, or typed too early, would choose from a list that its sender has never seen.
      if (choosesByNumber(said.text) && !(await hasLeft(sitting, { subject, question })))
        return { kind: "answer", caseId: subject.id };
      await answerWhere(sitting, subject, question, { choice: index });
      return { kind: "answer", caseId: subject.id };
    }
    case "rating": {
      const subject = mine.find((one) => one.number === question.case && one.state === "closed");
      if (subject === undefined) break;
      return rate(sitting, subject, said, index === 0);
    }
    case "which-case": {
      const subject = mine.find((one) => one.number === question.cases[index]);
      if (subject === undefined) break;
      clearQuestion(sitting);
      const waited = await waitingWords(sitting, question);
      await giveCaseTo(sitting, waited, subject);
      switch (question.about) {
        case "follow-up":
          await joinCase(sitting, subject, waited, { quietly: false });
          return { kind: "answer", caseId: subject.id };
        case "rate":
          await rateAsSaid(sitting, subject, waited);
          return { kind: "answer", caseId: subject.id };
        default:
          return obeyFor(sitting, question.about, subject);
      }
    }
    default:
      break;
  }
  clearQuestion(sitting);
  tell(sitting, { kind: "courtesy", subject: null, words: wordingFor(sitting).noSuchChoice() });
  return { kind: "answer" };
}
