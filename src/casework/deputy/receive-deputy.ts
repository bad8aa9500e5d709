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
import { type Sitting, wordingFor } from "../turn/turn.ts";
import { comeBack, leave } from "./absence.ts";
import { bindDeputy } from "./bind.ts";
import { closeAsDeputy, deputyOf, replyAsDeputy, returnAsDeputy } from "./case-commands.ts";
import { figuresOf } from "./figures.ts";
import { type AboutCase, followedLines, hearOfFollowed } from "./followed-cases.ts";
import { referAsDeputy } from "./refer.ts";

/** A question to a deputy is answered by a bare number only for so long; later a number shows a case. */
const QUESTION_MS = 30 * 60_000;

/**
 * Does what a deputy's message asks; null when these are the words of a resident, which deputies are too.
 *
 * A number that is wrong or could mean two cases is asked back, never guessed.
 */
export async function hearDeputy(sitting: Sitting, deputyId: string, said: Said): Promise<Outcome | null> {
  const mine = await casesOfDeputy(sitting, deputyId);
  const { question } = sitting.conversation.dialog;
  if (question?.kind === "deputy-which-case" && sitting.now.getTime() - Date.parse(question.at) <= QUESTION_MS) {
    const rows = question.command === "confirm" ? null : rowsMeant(said.text, question.cases);
    const [row, another] = rows ?? [];
    if (row !== undefined && another !== undefined) return askRowOrNumber(sitting, question.cases, row, another);
    const given = rows === null ? answerTo(said.text, question, sitting.now) : null;
    const index = given?.kind === "choice" ? given.index : row;
    if (index !== undefined) return answerQuestion(sitting, question, mine, index);
  }
  const meaning = understandDeputy(said.text, sitting.today);
  if (meaning.kind === "words" && question !== undefined && question.kind !== "deputy-which-case") return null;
  if (question?.kind === "deputy-which-case") clearQuestion(sitting);
  return obeyDeputy(sitting, deputyId, said, meaning, mine);
}

/** "2" is the second row and the number of another case: asked back, for the words are somebody's. */
function askRowOrNumber(sitting: Sitting, numbers: readonly string[], row: number, another: number): Outcome {
  const [inRow, named] = [numbers[row], numbers[another]];
  if (inRow === undefined || named === undefined) throw new Error("a row without a case");
  return answer(sitting, wordingFor(sitting).rowOrNumber({ row: row + 1, inRow, named }));
}

async function obeyDeputy(
  sitting: Sitting,
  deputyId: string,
  said: Said,
  meaning: DeputyMeaning,
  mine: readonly CaseRecord[],
): Promise<Outcome | null> {
  const wording = wordingFor(sitting);
  const open = mine.filter((one) => one.closedAt === null);
  switch (meaning.kind) {
    case "bind":
      return bindDeputy(sitting, meaning.code);
    case "help":
      return answer(sitting, wording.deputyHelp());
    case "list":
      return answer(
        sitting,
        wording.deputyList({ cases: await deputyLines(sitting, open), ...(await followedLines(sitting, deputyId)) }),
      );
    case "stats":
      return answer(sitting, wording.stats(await figuresOf(sitting, deputyId)));
    case "away":
      if (meaning.until === null) return answer(sitting, wording.awayUnclear());
      return leave(sitting, deputyId, { until: meaning.until, standIn: meaning.standIn });
    case "back":
      comeBack(sitting, deputyId);
      return answer(sitting, wording.backTaken({ open: open.length }));
    case "show":
      return withCase(sitting, { command: "show", number: meaning.number, text: "", seq: said.seq }, mine, (subject) =>
        show(sitting, subject),
      );
    case "reply":
    case "close":
    case "refer":
    case "return": {
      if (meaning.text.trim() === "") return answer(sitting, wording.missingText({ command: meaning.kind }));
      const { kind: command, number, text } = meaning;
      return withCase(sitting, { command, number, text, seq: said.seq }, mine, (subject) =>
        carryOut(sitting, command, subject, text),
      );
    }
    case "words":
      return confirmWords(sitting, said, open);
  }
}

type Asked = {
  readonly command: AboutCase;
  /** As typed; null when it was left out. */
  readonly number: string | null;
  readonly text: string;
  readonly seq: number;
};

/** Finds the one case that is meant and does it, or asks. A case of somebody else is meant by its number alone. */
async function withCase(
  sitting: Sitting,
  { command, number: typed, text, seq }: Asked,
  mine: readonly CaseRecord[],
  verb: (subject: CaseRecord) => Promise<Outcome>,
): Promise<Outcome> {
  const meant = typed === null ? clearCase(sitting, mine) : mine.filter((one) => isOneOf(typed, one.number));
  const [only, second] = meant;
  const isUnclear = typed === null ? hasReadOfOthers(sitting, mine) : typed.includes("、");
  if (only !== undefined && second === undefined && !isUnclear) return verb(await lockCase(sitting, only.id));
  const { deputyId } = sitting.conversation;
  if (meant.length === 0 && typed !== null && deputyId !== null) {
    const heard = await hearOfFollowed(sitting, deputyId, { command, number: typed, text });
    if (heard !== null) return heard;
  }
  const open = mine.filter((one) => one.closedAt === null);
  const offered = meant.length > 0 ? meant : open;
  const lines = await deputyLines(sitting, offered.slice(0, 8));
  const wording = wordingFor(sitting);
  supersede(sitting, ["question"]);
  const unknown = meant.length > 0 ? null : typed;
  tell(sitting, { kind: "question", subject: null, words: wording.whichOfMine({ cases: lines, typed: unknown }) });
  if (lines.length > 0) {
    setQuestion(sitting, {
      kind: "deputy-which-case",
      command,
      cases: lines.map((line) => line.number),
      inboxSeq: seq,
      at: sitting.now.toISOString(),
    });
  }
  return { kind: "command" };
}

function isOneOf(typed: string, number: string): boolean {
  return typed.split("、").some((one) => isNumberOf(one, number));
}

/** Without a number: the case last shown or delivered, if it is one; else the only open one; else nothing is clear. */
function clearCase(sitting: Sitting, mine: readonly CaseRecord[]): readonly CaseRecord[] {
  const focus = sitting.conversation.dialog.focus ?? [];
  const focused = mine.filter((one) => focus.includes(one.number) && one.closedAt === null);
  if (focused.length > 0) return focused;
  return mine.filter((one) => one.closedAt === null);
}

/** Whether the last that this deputy read was also of a case that somebody else has, which a bare word may be meant for. */
function hasReadOfOthers(sitting: Sitting, mine: readonly CaseRecord[]): boolean {
  const focus = sitting.conversation.dialog.focus ?? [];
  return focus.some((number) => !mine.some((one) => one.number === number));
}

async function answerQuestion(
  sitting: Sitting,
  question: Extract<NonNullable<Sitting["conversation"]["dialog"]["question"]>, { kind: "deputy-which-case" }>,
  mine: readonly CaseRecord[],
  index: number,
): Promise<Outcome | null> {
  clearQuestion(sitting);
  const number = question.command === "confirm" ? question.cases[0] : question.cases[index];
  const chosen = mine.find((one) => one.number === number);
  if (chosen === undefined) return answer(sitting, wordingFor(sitting).noSuchChoice());
  if (question.command === "confirm" && index === 1) {
    return answer(sitting, wordingFor(sitting).notPassedOn({ number: chosen.number }));
  }
  const subject = await lockCase(sitting, chosen.id);
  if (question.command === "show") return show(sitting, subject);
  const text = await inboxText(sitting, question.inboxSeq);
  const meaning = understandDeputy(text, sitting.today);
  const words = "text" in meaning ? meaning.text : text;
  return carryOut(sitting, question.command === "confirm" ? "reply" : question.command, subject, words);
}

async function carryOut(
  sitting: Sitting,
  command: Exclude<AboutCase, "show">,
  subject: CaseRecord,
  text: string,
): Promise<Outcome> {
  if (subject.deputyId !== sitting.conversation.deputyId) {
    return answer(sitting, wordingFor(sitting).whichOfMine({ cases: [], typed: subject.number }).text);
  }
  if (subject.closedAt !== null) return answer(sitting, wordingFor(sitting).alreadyClosed({ number: subject.number }));
  focusOn(sitting, subject.number);
  switch (command) {
    case "reply":
      await replyAsDeputy(sitting, subject, text);
      break;
    case "close":
      await closeAsDeputy(sitting, subject, text);
      break;
    case "refer":
      await referAsDeputy(sitting, subject, text, await deputyOf(sitting));
      break;
    case "return":
      await returnAsDeputy(sitting, subject, text);
      break;
  }
  return { kind: "command", caseId: subject.id };
}

async function show(sitting: Sitting, subject: CaseRecord): Promise<Outcome> {
  const [line] = await deputyLines(sitting, [subject]);
  if (line === undefined) throw new Error("a case could not be described");
  focusOn(sitting, subject.number);
  answer(sitting, wordingFor(sitting).deputyCase({ line, thread: await threadOf(sitting, subject) }));
  return { kind: "command", caseId: subject.id };
}

/** Words without a command: for the case in question, if the deputy says so; with no case, a resident's words. */
async function confirmWords(sitting: Sitting, said: Said, open: readonly CaseRecord[]): Promise<Outcome | null> {
  const [only, second] = clearCase(sitting, open);
  if (only === undefined) return null;
  if (second !== undefined) return answer(sitting, wordingFor(sitting).wordsOfNoCase());
  tell(sitting, {
    kind: "question",
    subject: null,
    words: wordingFor(sitting).confirmReply({ number: only.number, text: said.text }),
  });
  setQuestion(sitting, {
    kind: "deputy-which-case",
    command: "confirm",
    cases: [only.number],
    inboxSeq: said.seq,
    at: sitting.now.toISOString(),
  });
  return { kind: "answer" };
}

function focusOn(sitting: Sitting, number: string): void {
  sitting.conversation.dialog = { ...sitting.conversation.dialog, focus: [number] };
}

function answer(sitting: Sitting, words: string): Outcome {
  tell(sitting, { kind: "deputy-answer", subject: null, words });
  return { kind: "command" };
}
