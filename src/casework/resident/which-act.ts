import type { Act } from "../../domain/understanding/meaning.ts";
import { choiceOf } from "../../domain/understanding/vote.ts";
import { caseLines } from "../cases/describe.ts";
import { ownCases } from "../cases/load.ts";
import { giveCaseTo, waitingWords, waits } from "../inbox/words.ts";
import { endQuestion, setQuestion } from "../outbox/questions.ts";
import { supersede, tell } from "../outbox/tell.ts";
import type { Outcome } from "../turn/outcome.ts";
import type { Said } from "../turn/said.ts";
import { type Turn, wordingFor } from "../turn/turn.ts";
import { openForOffice } from "./open-new.ts";

/**
 * Asks which of several acts somebody's words are; they wait in the inbox for the answer.
 *
 * Nobody is asked twice: what is still not understood after one question goes to the office, with what waited.
 */
export async function askWhichAct(turn: Turn, said: Said, options: readonly Act[]): Promise<Outcome> {
  const { question } = turn.conversation.dialog;
  if (question?.kind === "which-act") {
    const waited = await waitingWords(turn, question.waiting);
    endQuestion(turn, question);
    const outcome = await openForOffice(turn, [...waited, said]);
    const opened = (await ownCases(turn)).find((one) => one.id === outcome.caseId);
    if (opened !== undefined) await giveCaseTo(turn, waited, opened);
    return outcome;
  }
  const [last] = (await ownCases(turn)).filter((one) => one.closedAt === null && !one.sealed);
  const [about] = last === undefined ? [] : await caseLines(turn, [last]);
  supersede(turn, ["question"]);
  tell(turn, { kind: "question", subject: null, words: wordingFor(turn).whichAct({ options, about: about ?? null }) });
  const vote = turn.votes.get(said.seq);
  const voted = vote ? choiceOf(vote, options) : null;
  setQuestion(turn, {
    ...{ kind: "which-act", options: [...options], waiting: [waits(said)], at: turn.now.toISOString() },
    ...(voted !== null && { vote: voted }),
  });
  return { kind: "answer" };
}
