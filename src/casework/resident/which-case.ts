import type { CaseRecord } from "../../../db/schema/cases.ts";
import type { OpenQuestion } from "../../domain/dialog/state.ts";
import { caseLines } from "../cases/describe.ts";
import { setQuestion } from "../outbox/questions.ts";
import { supersede, tell } from "../outbox/tell.ts";
import { type Turn, wordingFor } from "../turn/turn.ts";

type WhichCase = Extract<OpenQuestion, { kind: "which-case" }>;

/** So many cases are offered: a longer list is not read on a phone. */
const OFFERED = 5;

/** Asks a resident which of their cases is meant; the words that wait for the answer stay in the inbox. */
export async function askWhichCase(
  turn: Turn,
  about: WhichCase["about"],
  subjects: readonly CaseRecord[],
  waiting: WhichCase["waiting"] = [],
): Promise<void> {
  const lines = await caseLines(turn, subjects.slice(0, OFFERED));
  supersede(turn, ["question"]);
  tell(turn, { kind: "question", subject: null, words: wordingFor(turn).whichCase({ cases: lines }) });
  setQuestion(turn, {
    kind: "which-case",
    about,
    cases: lines.map((line) => line.number),
    waiting: [...waiting],
    at: turn.now.toISOString(),
  });
}
