import type { CaseRecord } from "../../../db/schema/cases.ts";
import { isNumberOf } from "../../domain/case/case.ts";
import { answerTo, rowsMeant } from "../../domain/dialog/answers.ts";
import type { DeputyMeaning } from "../../domain/dialog/understand-deputy.ts";
import { understandDeputy } from "../../domain/dialog/understand-deputy.ts";
import { deputyLines } from "../cases/describe.ts";
import { casesOfDeputy, lockCase } from "../cases/load.ts";
import { threadOf } from "../cases/thread.ts";
import { inboxText } from "../inbox/words.ts";
import { clearQuestion, setQuestion } from "../outbox/questions.ts";
import { supersede, tell } from "../outbox/tell.ts";
import type { Outcome } from "../turn/outcome.ts";
import type { Said } from "../turn/said.ts";
import { type Turn, wordingFor } from "../turn/turn.ts";
import { comeBack, leave } from "./absence.ts";
import { answerDeputy } from "./answer.ts";
import { bindDeputy } from "./bind.ts";
import { closeAsDeputy, deputyOf, replyAsDeputy, returnAsDeputy } from "./case-commands.ts";
import { figuresOf } from "./figures.ts";
import { type AboutCase, answerAboutFollowed, followedLines } from "./followed-cases.ts";
import { referAsDeputy } from "./refer.ts";

/** A question to a deputy is answered by a bare number only for so long; later a number shows a case. */
const QUESTION_MS = 30 * 60_000;

/**
 * Does what a deputy's message asks; null when these are the words of a resident, which deputies are too.
 *
 * A number that is wrong or could mean two cases is asked back, never guessed.
 */
export async function receiveDeputyText(turn: Turn, deputyId: string, said: Said): Promise<Outcome | null> {
  const mine = await casesOfDeputy(turn, deputyId);
  const { question } = turn.conversation.dialog;
  if (question?.kind === "deputy-which-case" && turn.now.getTime() - Date.parse(question.at) <= QUESTION_MS) {
    const rows = question.command === "confirm" ? null : rowsMeant(said.text, question.cases);
    const [row, another] = rows ?? [];
    if (row !== undefined && another !== undefined) return askRowOrNumber(turn, question.cases, row, another);
    const given = rows === null ? answerTo(said.text, question, turn.now) : null;
    const index = given?.kind === "choice" ? given.index : row;
    if (index !== undefined) return answerQuestion(turn, question, mine, index);
  }
  const meaning = understandDeputy(said.text, turn.today);
  if (meaning.kind === "words" && question !== undefined && question.kind !== "deputy-which-case") return null;
  if (question?.kind === "deputy-which-case") clearQuestion(turn);
  return runDeputyCommand(turn, deputyId, said, meaning, mine);
}

/** "2" is the second row and the number of another case: asked back, for the words are somebody's. */
function askRowOrNumber(turn: Turn, numbers: readonly string[], row: number, another: number): Outcome {
  const [inRow, named] = [numbers[row], numbers[another]];
  if (inRow === undefined || named === undefined) throw new Error("a row without a case");
  return answerDeputy(turn, wordingFor(turn).rowOrNumber({ row: row + 1, inRow, named }));
}

async function runDeputyCommand(
  turn: Turn,
  deputyId: string,
  said: Said,
  meaning: DeputyMeaning,
  mine: readonly CaseRecord[],
): Promise<Outcome | null> {
  const wording = wordingFor(turn);
  const open = mine.filter((one) => one.closedAt === null);
  switch (meaning.kind) {
    case "bind":
      return bindDeputy(turn, meaning.code);
    case "help":
      return answerDeputy(turn, wording.deputyHelp());
    case "list":
      return answerDeputy(
        turn,
        wording.deputyList({ cases: await deputyLines(turn, open), ...(await followedLines(turn, deputyId)) }),
      );
    case "stats":
      return answerDeputy(turn, wording.stats(await figuresOf(turn, deputyId)));
    case "away":
      if (meaning.until === null) return answerDeputy(turn, wording.awayUnclear());
      return leave(turn, deputyId, { until: meaning.until, standIn: meaning.standIn });
    case "back":
      comeBack(turn, deputyId);
      return answerDeputy(turn, wording.backTaken({ open: open.length }));
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
      return confirmWords(turn, said, open);
  }
}

type DeputyRequest = {
  readonly command: AboutCase;
  /** As typed; null when it was left out. */
  readonly number: string | null;
  readonly text: string;
  readonly seq: number;
};

/** Finds the one case that is meant and does it, or asks. A case of somebody else is meant by its number alone. */
async function withCase(
  turn: Turn,
  { command, number: typed, text, seq }: DeputyRequest,
  mine: readonly CaseRecord[],
  verb: (subject: CaseRecord) => Promise<Outcome>,
): Promise<Outcome> {
  const meant = typed === null ? clearCase(turn, mine) : mine.filter((one) => isOneOf(typed, one.number));
  const [only, second] = meant;
  const isUnclear = typed === null ? hasReadOfOthers(turn, mine) : typed.includes("、");
  if (only !== undefined && second === undefined && !isUnclear) return verb(await lockCase(turn, only.id));
  const { deputyId } = turn.conversation;
  if (meant.length === 0 && typed !== null && deputyId !== null) {
    const answered = await answerAboutFollowed(turn, deputyId, { command, number: typed, text });
    if (answered !== null) return answered;
  }
  const open = mine.filter((one) => one.closedAt === null);
  const offered = meant.length > 0 ? meant : open;
  const lines = await deputyLines(turn, offered.slice(0, 8));
  const wording = wordingFor(turn);
  supersede(turn, ["question"]);
  const unknown = meant.length > 0 ? null : typed;
  tell(turn, { kind: "question", subject: null, words: wording.whichOfMine({ cases: lines, typed: unknown }) });
  if (lines.length > 0) {
    setQuestion(turn, {
      kind: "deputy-which-case",
      command,
      cases: lines.map((line) => line.number),
      inboxSeq: seq,
      at: turn.now.toISOString(),
    });
  }
  return { kind: "command" };
}

function isOneOf(typed: string, number: string): boolean {
  return typed.split("、").some((one) => isNumberOf(one, number));
}

/** Without a number: the case last shown or delivered, if it is one; else the only open one; else nothing is clear. */
function clearCase(turn: Turn, mine: readonly CaseRecord[]): readonly CaseRecord[] {
  const focus = turn.conversation.dialog.focus ?? [];
  const focused = mine.filter((one) => focus.includes(one.number) && one.closedAt === null);
  if (focused.length > 0) return focused;
  return mine.filter((one) => one.closedAt === null);
}

/** Whether the last that this deputy read was also of a case that somebody else has, which a bare word may be meant for. */
function hasReadOfOthers(turn: Turn, mine: readonly CaseRecord[]): boolean {
  const focus = turn.conversation.dialog.focus ?? [];
  return focus.some((number) => !mine.some((one) => one.number === number));
}

async function answerQuestion(
  turn: Turn,
  question: Extract<NonNullable<Turn["conversation"]["dialog"]["question"]>, { kind: "deputy-which-case" }>,
  mine: readonly CaseRecord[],
  index: number,
): Promise<Outcome | null> {
  clearQuestion(turn);
  const number = question.command === "confirm" ? question.cases[0] : question.cases[index];
  const chosen = mine.find((one) => one.number === number);
  if (chosen === undefined) return answerDeputy(turn, wordingFor(turn).noSuchChoice());
  if (question.command === "confirm" && index === 1) {
    return answerDeputy(turn, wordingFor(turn).notPassedOn({ number: chosen.number }));
  }
  const subject = await lockCase(turn, chosen.id);
  if (question.command === "show") return show(turn, subject);
  const text = await inboxText(turn, question.inboxSeq);
  const meaning = understandDeputy(text, turn.today);
  const words = "text" in meaning ? meaning.text : text;
  return carryOut(turn, question.command === "confirm" ? "reply" : question.command, subject, words);
}

async function carryOut(
  turn: Turn,
  command: Exclude<AboutCase, "show">,
  subject: CaseRecord,
  text: string,
): Promise<Outcome> {
  if (subject.deputyId !== turn.conversation.deputyId) {
    return answerDeputy(turn, wordingFor(turn).whichOfMine({ cases: [], typed: subject.number }).text);
  }
  if (subject.closedAt !== null) return answerDeputy(turn, wordingFor(turn).alreadyClosed({ number: subject.number }));
  focusOn(turn, subject.number);
  switch (command) {
    case "reply":
      await replyAsDeputy(turn, subject, text);
      break;
    case "close":
      await closeAsDeputy(turn, subject, text);
      break;
    case "refer":
      await referAsDeputy(turn, subject, text, await deputyOf(turn));
      break;
    case "return":
      await returnAsDeputy(turn, subject, text);
      break;
  }
  return { kind: "command", caseId: subject.id };
}

async function show(turn: Turn, subject: CaseRecord): Promise<Outcome> {
  const [line] = await deputyLines(turn, [subject]);
  if (line === undefined) throw new Error("a case could not be described");
  focusOn(turn, subject.number);
  answerDeputy(turn, wordingFor(turn).deputyCase({ line, thread: await threadOf(turn, subject) }));
  return { kind: "command", caseId: subject.id };
}

/** Words without a command: for the case in question, if the deputy says so; with no case, a resident's words. */
async function confirmWords(turn: Turn, said: Said, open: readonly CaseRecord[]): Promise<Outcome | null> {
  const [only, second] = clearCase(turn, open);
  if (only === undefined) return null;
  if (second !== undefined) return answerDeputy(turn, wordingFor(turn).wordsOfNoCase());
  tell(turn, {
    kind: "question",
    subject: null,
    words: wordingFor(turn).confirmReply({ number: only.number, text: said.text }),
  });
  setQuestion(turn, {
    kind: "deputy-which-case",
    command: "confirm",
    cases: [only.number],
    inboxSeq: said.seq,
    at: turn.now.toISOString(),
  });
  return { kind: "answer" };
}

function focusOn(turn: Turn, number: string): void {
  turn.conversation.dialog = { ...turn.conversation.dialog, focus: [number] };
}
