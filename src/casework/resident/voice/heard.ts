import type { ResidentMeaning } from "../../../domain/dialog/understand-resident.ts";
import { quote } from "../../../domain/text/quote.ts";
import { READABLE, readable } from "../../../domain/transcripts/readable.ts";
import { giveCaseTo, waitingWords, waits } from "../../inbox/words.ts";
import { endQuestion, setQuestion } from "../../outbox/questions.ts";
import { supersede, tell } from "../../outbox/tell.ts";
import { filedUnder } from "../../routing/categorise.ts";
import { placeInWords } from "../../routing/find-place.ts";
import { segment } from "../../rules/category-model.ts";
import type { Outcome } from "../../turn/outcome.ts";
import { type Said, workingText } from "../../turn/said.ts";
import { type Turn, wordingFor } from "../../turn/turn.ts";
import { leaveRecordings } from "./left-to-office.ts";

/** Meanings by which a case is opened or gone on with: somebody acts on these words. */
const ACTED_ON: ReadonlySet<ResidentMeaning["kind"]> = new Set([
  "matter",
  "follow-up",
  "unsure",
  "no-verdict",
  "refuses-answer",
]);

/** Whether somebody acts on words of this meaning: a case is opened for them, or gone on with. */
export function isActedOn({ kind }: ResidentMeaning): boolean {
  return ACTED_ON.has(kind);
}

/**
 * Whether what a platform wrote down of a voice has to be confirmed first: it can hardly be read, or it would close, rate, withdraw or
 * delete something. A danger never waits for that.
 */
export async function mustBeConfirmed(turn: Turn, said: Said, meaning: ResidentMeaning): Promise<boolean> {
  if (said.kind !== "voice") return false;
  if (ends(turn, meaning)) return true;
  return isActedOn(meaning) && (await readabilityOf(turn, said)) < READABLE;
}

function ends(turn: Turn, meaning: ResidentMeaning): boolean {
  switch (meaning.kind) {
    case "rating":
    case "put-together":
      return true;
    case "command":
      return meaning.command === "withdraw" || meaning.command === "delete-my-data";
    case "choice": {
      const { question } = turn.conversation.dialog;
      return question?.kind === "rating" || (question?.kind === "which-act" && question.isHeard !== true);
    }
    default:
      return false;
  }
}

async function readabilityOf(turn: Turn, said: Said): Promise<number> {
  const { namesPlace } = await placeInWords(turn, said.text);
  const { category } = await filedUnder(turn, workingText([said]), {});
  return readable(said.text, { segment, namesPlace, hasTopic: category !== null });
}

/** Shows a transcript to whoever spoke; the recording waits in the inbox for the answer, and after an hour goes to the office. */
export function askHeard(turn: Turn, said: Said): Outcome {
  const { question } = turn.conversation.dialog;
  const before = question?.kind === "which-act" && question.isHeard === true ? question.waiting : [];
  supersede(turn, ["question"]);
  tell(turn, { kind: "question", subject: null, words: wordingFor(turn).heard({ words: quote(said.text) }) });
  setQuestion(turn, {
    ...{ kind: "which-act", options: [], isHeard: true },
    ...{ waiting: [...before, waits(said)], at: turn.now.toISOString() },
  });
  return { kind: "answer" };
}

/**
 * Does with a recording what its speaker answers: it was heard rightly, is said again, or somebody of the office listens to it.
 *
 * @param receive receives words that were confirmed
 * @returns null where no such question is open
 */
export async function answerHeard(
  turn: Turn,
  index: number,
  receive: (said: Said) => Promise<Outcome>,
): Promise<Outcome | null> {
  const { question } = turn.conversation.dialog;
  if (question?.kind !== "which-act" || question.isHeard !== true) return null;
  const waited = await waitingWords(turn, question.waiting);
  const last = waited.at(-1);
  if (index === 1 || last === undefined) {
    // It stays open: the recording goes with what is said next, or to the office.
    tell(turn, { kind: "courtesy", subject: null, words: wordingFor(turn).sayAgain() });
    return { kind: "answer" };
  }
  if (index === 2) {
    endQuestion(turn, question);
    tell(turn, { kind: "courtesy", subject: null, words: wordingFor(turn).somebodyListens() });
    return { kind: "case", caseId: (await leaveRecordings(turn, waited)).id };
  }
  // Recordings before the last one were misheard; they go with it.
  const earlier = waited.slice(0, -1);
  endQuestion(turn, question);
  if (earlier.length > 0) {
    const rest = { kind: "which-act", options: [], isHeard: true } as const;
    setQuestion(turn, { ...rest, waiting: earlier.map(waits), at: question.at });
  }
  const outcome = await receive(last);
  if (outcome.caseId !== undefined) await giveCaseTo(turn, [last], { id: outcome.caseId });
  return outcome;
}
