import type { CaseRecord } from "../../../db/schema/cases.ts";
import { answerTo, rowsMeant } from "../../domain/dialog/answers.ts";
import type { WaitingPart } from "../../domain/dialog/state.ts";
import { type DeputyMeaning, understandDeputy } from "../../domain/dialog/understand-deputy.ts";
import { quote } from "../../domain/text/quote.ts";
import { deputyLines } from "../cases/describe.ts";
import { casesOfDeputy, lockCase } from "../cases/load.ts";
import { waitingWords } from "../inbox/words.ts";
import { clearQuestion, setQuestion } from "../outbox/questions.ts";
import { tell } from "../outbox/tell.ts";
import type { Outcome } from "../turn/outcome.ts";
import type { Said } from "../turn/said.ts";
import { type Turn, wordingFor } from "../turn/turn.ts";
import { comeBack, leave, leavesOf } from "./absence.ts";
import { answerDeputy } from "./answer.ts";
import { bindDeputy } from "./bind.ts";
import { type Asked, answerAsked, askRowOrNumber, carryOut, isYesOrNo, show, withCase } from "./carry-out.ts";
import { clearCase } from "./clear-case.ts";
import { figuresOf } from "./figures.ts";
import { followedLines } from "./followed-cases.ts";
import { answersOwnQuestion } from "./own-question.ts";
import { askPassOn, keepShown } from "./pass-on.ts";
import { keepAsChosen, receiveShown } from "./shown.ts";

/** A question to a deputy is answered by a bare number only for so long; later a number shows a case. */
const QUESTION_MS = 30 * 60_000;

/**
 * Receives a deputy's text; null when these are the words of a resident, which deputies are too.
 *
 * A number that is wrong or could mean two cases is asked back, never guessed.
 */
export async function receiveDeputyText(turn: Turn, deputyId: string, said: Said): Promise<Outcome | null> {
  const mine = await casesOfDeputy(turn, deputyId);
  const { question } = turn.conversation.dialog;
  const asked = askedOfDeputy(turn);
  if (asked !== null) {
    const rows = isYesOrNo(asked) ? null : rowsMeant(said.text, asked.cases);
    const [row, another] = rows ?? [];
    if (row !== undefined && another !== undefined) return askRowOrNumber(turn, asked.cases, row, another);
    const given = rows === null ? answerTo(said.text, asked, turn.now) : null;
    const index = given?.kind === "choice" ? given.index : row;
    if (index !== undefined) return answerAsked(turn, asked, mine, index);
  }
  const numbers = mine.map((one) => one.number);
  if (await answersOwnQuestion(turn, said.text, numbers)) return null;
  const meaning = understandDeputy(said.text, turn.today);
  if (question?.kind === "deputy-which-case") clearQuestion(turn);
  const outcome = await runDeputyCommand(turn, deputyId, said, meaning, mine, asked);
  return asked?.shown === undefined
    ? outcome
    : ((await goOnWithShown(turn, meaning, mine, asked, asked.shown)) ?? outcome);
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
  return outcome ?? answerDeputy(turn, wordingFor(turn).deputyHelp());
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
  const isAboutOne = ["reply", "close", "refer", "return", "show"].includes(meaning.kind) && focus.length === 1;
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
): Promise<Outcome | null> {
  const wording = wordingFor(turn);
  const open = mine.filter((one) => one.closedAt === null);
  switch (meaning.kind) {
    case "bind":
      return bindDeputy(turn, meaning.code);
    case "help":
      return answerWithLeaves(turn, deputyId, wording.deputyHelp());
    case "list":
      return answerWithLeaves(
        turn,
        deputyId,
        wording.deputyList({ cases: await deputyLines(turn, open), ...(await followedLines(turn, deputyId)) }),
      );
    case "stats":
      return answerWithLeaves(turn, deputyId, wording.stats(await figuresOf(turn, deputyId)));
    case "away":
      if (meaning.from === null || meaning.until === null) return answerDeputy(turn, wording.awayUnclear());
      return leave(turn, deputyId, { from: meaning.from, until: meaning.until, standIn: meaning.standIn });
    case "back":
      return answerDeputy(turn, wording.backTaken({ open: open.length, ...(await comeBack(turn, deputyId)) }));
    case "show":
      return withCase(turn, { command: "show", number: meaning.number, text: "", seq: said.seq }, mine, (subject) =>
        show(turn, subject),
      );
    case "reply":
    case "close":
    case "refer":
    case "return": {
      if (meaning.text.trim() === "") return answerDeputy(turn, wording.missingText({ command: meaning.kind }));
      const { kind: command, number, text } = meaning;
      return withCase(turn, { command, number, text, seq: said.seq }, mine, (subject) =>
        carryOut(turn, command, subject, text),
      );
    }
    case "words":
      return confirmWords(turn, said, open, asked);
  }
}

/** What was asked for, and under it when the deputy is or will be away. */
async function answerWithLeaves(turn: Turn, deputyId: string, words: string): Promise<Outcome> {
  const leaves = wordingFor(turn).leaves({ leaves: await leavesOf(turn, deputyId) });
  return answerDeputy(turn, [words, leaves].filter((part) => part !== "").join("\n"));
}

/**
 * Words without a command: for the case in question, together with what was shown of it, if the deputy says so; with no case, a
 * resident's words.
 */
async function confirmWords(
  turn: Turn,
  said: Said,
  open: readonly CaseRecord[],
  asked: Asked | null,
): Promise<Outcome | null> {
  const [only, second] = clearCase(turn, open);
  if (only === undefined) return null;
  if (second !== undefined) return answerDeputy(turn, wordingFor(turn).wordsOfNoCase());
  const { number } = only;
  const shown = asked?.cases.includes(number) === true ? (asked.shown ?? []) : [];
  if (asked !== null && shown.length > 0) {
    const subject = await lockCase(turn, only.id);
    if (!isYesOrNo(asked)) await keepShown(turn, subject, await waitingWords(turn, shown));
    return askPassOn(turn, subject, shown, { seq: said.seq, text: said.text });
  }
  const words = wordingFor(turn).confirmReply({ number, text: quote(said.text) });
  tell(turn, { kind: "question", subject: null, words });
  setQuestion(turn, {
    kind: "deputy-which-case",
    command: "confirm",
    cases: [number],
    inboxSeq: said.seq,
    at: turn.now.toISOString(),
  });
  return { kind: "answer" };
}
