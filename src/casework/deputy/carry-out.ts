import type { CaseRecord } from "../../../db/schema/cases.ts";
import { isNumberOf } from "../../domain/case/case.ts";
import type { OpenQuestion } from "../../domain/dialog/state.ts";
import { understandDeputy } from "../../domain/dialog/understand-deputy.ts";
import { deputyLines, toldLines } from "../cases/describe.ts";
import { lockCase } from "../cases/load.ts";
import { threadOf } from "../cases/thread.ts";
import { inboxText } from "../inbox/words.ts";
import { clearQuestion, setQuestion } from "../outbox/questions.ts";
import { supersede, tell } from "../outbox/tell.ts";
import type { Outcome } from "../turn/outcome.ts";
import { type Turn, wordingFor } from "../turn/turn.ts";
import { answerDeputy } from "./answer.ts";
import { closeAsDeputy, deputyOf, replyAsDeputy, returnAsDeputy } from "./case-commands.ts";
import { clearCase, focusOn, hasReadOfOthers } from "./clear-case.ts";
import { type AboutCase, answerAboutFollowed } from "./followed-cases.ts";
import { passOn } from "./pass-on.ts";
import { referAsDeputy } from "./refer.ts";
import { keepAsChosen, ownMatter } from "./shown.ts";

/** A question to a deputy about one of their cases. */
export type Asked = Extract<OpenQuestion, { kind: "deputy-which-case" }>;

/** Whether a question is about one case, and takes yes or no. */
export function isYesOrNo({ command }: Asked): boolean {
  return command === "confirm" || command === "pass-on";
}

/** Asks a deputy whether "2" means the second row or the case with that number, for the words go to a resident. */
export function askRowOrNumber(turn: Turn, numbers: readonly string[], row: number, another: number): Outcome {
  const [inRow, named] = [numbers[row], numbers[another]];
  if (inRow === undefined || named === undefined) throw new Error("a row without a case");
  return answerDeputy(turn, wordingFor(turn).rowOrNumber({ row: row + 1, inRow, named }));
}

type DeputyRequest = {
  readonly command: AboutCase;
  /** As typed; null when it was left out. */
  readonly number: string | null;
  readonly text: string;
  readonly seq: number;
};

/**
 * Finds the one case that is meant and applies the verb to it, or asks. A case of somebody else is meant by its number
 * alone.
 */
export async function withCase(
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

/** Applies a deputy's answer to a question about their cases: the chosen case, or no. */
export async function answerAsked(
  turn: Turn,
  question: Asked,
  mine: readonly CaseRecord[],
  index: number,
): Promise<Outcome | null> {
  clearQuestion(turn);
  const { command, shown = [] } = question;
  const number = isYesOrNo(question) ? question.cases[0] : question.cases[index];
  const chosen =
    mine.find((one) => one.number === number) ?? (command === "keep" ? await ownMatter(turn, number) : undefined);
  if (chosen === undefined) return answerDeputy(turn, wordingFor(turn).noSuchChoice());
  if (isYesOrNo(question) && index === 1) return answerDeputy(turn, notPassedOn(turn, question, chosen.number));
  const subject = await lockCase(turn, chosen.id);
  if (command === "keep") return keepAsChosen(turn, subject, shown);
  if (command === "show") return shown.length === 0 ? show(turn, subject) : keepAsChosen(turn, subject, shown);
  if (command === "pass-on") return mayCarryOut(turn, subject) ?? passOn(turn, subject, shown, null);
  const text = await inboxText(turn, question.inboxSeq);
  const meaning = understandDeputy(text, turn.today);
  const words = "text" in meaning ? meaning.text : text;
  if (command === "confirm" && shown.length > 0) {
    return mayCarryOut(turn, subject, true) ?? passOn(turn, subject, shown, words);
  }
  const done = await carryOut(turn, command === "confirm" ? "reply" : command, subject, words);
  return shown.length === 0 ? done : keepAsChosen(turn, subject, shown);
}

function notPassedOn(turn: Turn, { command, shown = [] }: Asked, number: string): string {
  const wording = wordingFor(turn);
  if (command === "confirm") return wording.notPassedOn({ number });
  return wording.shownNotPassedOn({ number, what: shown.map((one) => one.kind) });
}

/** Why nothing of this deputy can go to the resident of a case, said to the deputy; null where it can. */
function mayCarryOut(turn: Turn, subject: CaseRecord, isOpenOnly = false): Outcome | null {
  const { number } = subject;
  const wording = wordingFor(turn);
  if (subject.deputyId !== turn.conversation.deputyId) {
    return answerDeputy(turn, wording.whichOfMine({ cases: [], typed: number }).text);
  }
  return isOpenOnly && subject.closedAt !== null ? answerDeputy(turn, wording.alreadyClosed({ number })) : null;
}

/** Carries out a deputy's command about a case that is theirs and open. */
export async function carryOut(
  turn: Turn,
  command: Exclude<AboutCase, "show">,
  subject: CaseRecord,
  text: string,
): Promise<Outcome> {
  const refused = mayCarryOut(turn, subject, true);
  if (refused !== null) return refused;
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

/** Shows a deputy one of their cases. */
export async function show(turn: Turn, subject: CaseRecord): Promise<Outcome> {
  const [line] = await deputyLines(turn, [subject]);
  if (line === undefined) throw new Error("a case could not be described");
  focusOn(turn, subject.number);
  answerDeputy(turn, wordingFor(turn).deputyCase({ line, thread: toldLines(await threadOf(turn, subject)) }));
  return { kind: "command", caseId: subject.id };
}
