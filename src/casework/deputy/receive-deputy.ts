import type { CaseRecord } from "../../../db/schema/cases.ts";
import { isSpoken, isWordless } from "../../domain/dialog/deputy/commands.ts";
import type { WaitingPart } from "../../domain/dialog/state.ts";
import { type DeputyMeaning, understandDeputy } from "../../domain/dialog/understand-deputy.ts";
import { quote } from "../../domain/text/quote.ts";
import { deputyLines } from "../cases/describe.ts";
import { casesOfDeputy, lockCase } from "../cases/load.ts";
import { clearQuestion, setQuestion } from "../outbox/questions.ts";
import type { Outcome } from "../turn/outcome.ts";
import type { Said } from "../turn/said.ts";
import { type Turn, wordingFor } from "../turn/turn.ts";
import { comeBack, leave, leavesOf } from "./absence.ts";
import { answerDeputy } from "./answer.ts";
import { answerOffer } from "./away/answer-offer.ts";
import { receiveWeekly } from "./away/receive-weekly.ts";
import { weeklyOf } from "./away/weekly.ts";
import { bindChat } from "./bind.ts";
import { type Asked, carryOut, isYesOrNo, show, withCase } from "./carry-out.ts";
import { answerOfClaims } from "./claims/answer.ts";
import { ownNumbers } from "./clear-case.ts";
import { figuresOf } from "./figures.ts";
import { followedLines } from "./followed-cases.ts";
import { askPassOn } from "./pass-on.ts";
import { askPhrase, receivePhrase } from "./phrases/phrases.ts";
import { keepAsChosen, receiveShown } from "./shown.ts";
import { answerAllOrOne, askAllOrOne } from "./topics/all-or-one.ts";
import { receiveTopicWords } from "./topics/receive-topic-words.ts";
import { takeAnswer } from "./words/answer-asked.ts";
import { type AsResident, isAsResident, receiveBareWords } from "./words/bare-words.ts";
import { keepUnanswered, keptWords } from "./words/kept-words.ts";
import { answersOwnQuestion } from "./words/own-question.ts";

/** A question to a deputy is answered by a bare number only for so long; later a number shows a case. */
const QUESTION_MS = 30 * 60_000;

/**
 * Receives a deputy's text; what is a resident's, which deputies are too, is given back.
 *
 * A number that is wrong or could mean two cases is asked back, never guessed.
 */
export async function receiveDeputyText(turn: Turn, deputyId: string, said: Said): Promise<Outcome | AsResident> {
  const mine = await casesOfDeputy(turn, deputyId);
  const { question } = turn.conversation.dialog;
  const claimed = await answerOfClaims(turn, mine, said);
  if (claimed !== null) return claimed;
  const ofTopic = (await answerAllOrOne(turn, mine, said)) ?? (await receiveTopicWords(turn, deputyId, said));
  if (ofTopic !== null) return ofTopic;
  const offered = await answerOffer(turn, deputyId, mine, said.text);
  if (offered !== null) return offered;
  const asked = askedOfDeputy(turn);
  const answered = asked === null ? null : await takeAnswer(turn, asked, mine, said.text);
  if (answered !== null) return answered;
  const meaning = understandDeputy(said.text, turn.today, ownNumbers(mine));
  const isOfCase = meaning.kind === "words" && (meaning.number ?? meaning.mentions) !== undefined;
  const numbers = mine.map((one) => one.number);
  if (!isOfCase && (await answersOwnQuestion(turn, said.text, numbers))) return { asResident: [said] };
  if (question?.kind === "deputy-which-case" && !isLookingUp(meaning, question)) {
    keepUnanswered(turn, question, meaning.kind);
    clearQuestion(turn);
  }
  const outcome = await runDeputyCommand(turn, deputyId, said, meaning, mine, asked);
  return asked?.shown === undefined || isAsResident(outcome)
    ? outcome
    : ((await goOnWithShown(turn, meaning, mine, asked, asked.shown)) ?? outcome);
}

/** Whether a deputy only looks for the number that they are asked for. */
function isLookingUp(meaning: DeputyMeaning, asked: Asked): boolean {
  return ["list", "help", "stats"].includes(meaning.kind) && isSpoken(asked.command);
}

/** Receives what a deputy shows or shares without words; null when it answers what they were asked as a resident. */
export function receiveDeputyShown(turn: Turn, deputyId: string, said: Said): Promise<Outcome | null> {
  return receiveShown(turn, deputyId, said, askedOfDeputy(turn));
}

/**
 * Receives a voice message that the platform could not transcribe: nobody knows what it says, so nothing of it is sent
 * on.
 */
export function receiveDeputyVoice(turn: Turn): Outcome {
  return answerDeputy(turn, wordingFor(turn).voiceUnread());
}

/** Receives a key of the account's menu: a command is run, any other key is answered with the help. */
export async function receiveDeputyKey(turn: Turn, deputyId: string, said: Said): Promise<Outcome> {
  const isCommand = understandDeputy(said.text, turn.today).kind !== "words";
  const outcome = isCommand ? await receiveDeputyText(turn, deputyId, said) : null;
  return outcome === null || isAsResident(outcome) ? answerDeputy(turn, wordingFor(turn).deputyHelp()) : outcome;
}

/** The question to this deputy that a bare number answers; null when none is open, or it is too old. */
function askedOfDeputy(turn: Turn): Asked | null {
  const { question } = turn.conversation.dialog;
  if (question?.kind !== "deputy-which-case") return null;
  return turn.now.getTime() - Date.parse(question.at) <= QUESTION_MS ? question : null;
}

/**
 * What was shown waits for its answer while the deputy does something else: a command about one case says of which it is; whatever
 * only looks something up leaves the question open.
 *
 * @returns what the deputy is asked now; null where nothing is asked anew
 */
async function goOnWithShown(
  turn: Turn,
  meaning: DeputyMeaning,
  mine: readonly CaseRecord[],
  asked: Asked,
  shown: readonly WaitingPart[],
): Promise<Outcome | null> {
  const { question, focus = [] } = turn.conversation.dialog;
  const isKept = isYesOrNo(asked);
  if (question?.kind === "deputy-which-case") {
    if (!isKept && !isYesOrNo(question))
      turn.conversation.dialog = { ...turn.conversation.dialog, question: { ...question, shown } };
    return null;
  }
  const number = isKept ? asked.cases[0] : focus[0];
  const found = mine.find((one) => one.number === number);
  const isAboutOne = (meaning.kind === "show" || isSpoken(meaning.kind)) && focus.length === 1;
  if (found === undefined || !isAboutOne) {
    setQuestion(turn, asked);
    return null;
  }
  const subject = await lockCase(turn, found.id);
  if (subject.deputyId !== turn.conversation.deputyId) return null;
  return isKept ? askPassOn(turn, subject, shown) : keepAsChosen(turn, subject, shown);
}

async function runDeputyCommand(
  turn: Turn,
  deputyId: string,
  said: Said,
  meaning: DeputyMeaning,
  mine: readonly CaseRecord[],
  asked: Asked | null,
): Promise<Outcome | AsResident> {
  const wording = wordingFor(turn);
  const open = mine.filter((one) => one.closedAt === null);
  switch (meaning.kind) {
    case "bind":
      return bindChat(turn, meaning.code);
    case "help":
      return answerWithLeaves(turn, deputyId, wording.deputyHelp());
    case "list":
      return answerWithLeaves(
        turn,
        deputyId,
        [
          wording.deputyList({ cases: await deputyLines(turn, open), ...(await followedLines(turn, deputyId)) }),
          wording.keptWords({ said: (await keptWords(turn)).map(quote) }),
        ]
          .filter((part) => part !== "")
          .join("\n"),
      );
    case "stats":
      return answerWithLeaves(turn, deputyId, wording.stats(await figuresOf(turn, deputyId)));
    case "away":
      if (meaning.from === null || meaning.until === null) return answerDeputy(turn, wording.awayUnclear());
      return leave(turn, deputyId, { from: meaning.from, until: meaning.until, standIn: meaning.standIn });
    case "back":
      return comeBackAsDeputy(turn, deputyId, open.length);
    case "weekly":
      return (
        (await receiveWeekly(turn, deputyId, meaning)) ?? receiveBareWords(turn, said, { kind: "words" }, mine, asked)
      );
    case "phrases":
    case "phrase-keep":
    case "phrase-drop":
      return receivePhrase(turn, deputyId, meaning);
    case "phrase-use":
      return askPhrase(turn, deputyId, meaning, mine);
    case "show":
      return withCase(turn, { command: "show", number: meaning.number, text: "", seq: said.seq }, mine, (subject) =>
        show(turn, subject),
      );
    case "report":
      if (meaning.text === "") return answerDeputy(turn, wording.missingText({ command: "report", number: null }));
      return { asResident: [{ ...said, text: meaning.text }] };
    case "words":
      return receiveBareWords(turn, said, meaning, mine, asked);
    default: {
      const { kind: command, number, text, mentions } = meaning;
      if (text === "" && number === null && !isWordless(command)) {
        return answerDeputy(turn, wording.missingText({ command, number }));
      }
      return withCase(turn, { command, number, text, mentions, seq: said.seq }, mine, async (subject) => {
        const asked = await askAllOrOne(turn, command, subject, { text, seq: said.seq });
        return asked ?? carryOut(turn, command, subject, { text, seq: said.seq });
      });
    }
  }
}

async function comeBackAsDeputy(turn: Turn, deputyId: string, open: number): Promise<Outcome> {
  const wording = wordingFor(turn);
  const { weekly, ...back } = await comeBack(turn, deputyId);
  const words =
    weekly.ended.length > 0 ? wording.weeklyEnded({ weekly: weekly.ended }) : wording.backTaken({ open, ...back });
  return answerDeputy(
    turn,
    [words, wording.weeklyHeld({ weekly: weekly.held })].filter((part) => part !== "").join("\n"),
  );
}

/** What was asked for, and under it when the deputy is or will be away. */
async function answerWithLeaves(turn: Turn, deputyId: string, words: string): Promise<Outcome> {
  const leaves = wordingFor(turn).leaves({ leaves: await leavesOf(turn, deputyId) });
  const weekly = wordingFor(turn).weeklyHeld({ weekly: await weeklyOf(turn, deputyId) });
  return answerDeputy(turn, [words, leaves, weekly].filter((part) => part !== "").join("\n"));
}
