import type { CaseRecord } from "../../../../db/schema/cases.ts";
import { isNumberOf } from "../../../domain/case/case.ts";
import { answerTo } from "../../../domain/dialog/answers.ts";
import { caseNamed, rowNamed } from "../../../domain/dialog/typed-numbers.ts";
import { understandDeputy } from "../../../domain/dialog/understand-deputy.ts";
import { deputyLines } from "../../cases/describe.ts";
import { lockCase } from "../../cases/load.ts";
import { inboxText } from "../../inbox/words.ts";
import { clearQuestion, setQuestion } from "../../outbox/questions.ts";
import { tell } from "../../outbox/tell.ts";
import type { Outcome } from "../../turn/outcome.ts";
import { type Turn, wordingFor } from "../../turn/turn.ts";
import { answerDeputy } from "../answer.ts";
import { type Asked, carryOut, isYesOrNo, lockFor, mayCarryOut, show, wordsFor } from "../carry-out.ts";
import { casesTyped, ownNumbers } from "../clear-case.ts";
import { answerAboutFollowed } from "../followed-cases.ts";
import { passOn } from "../pass-on.ts";
import { keepAsChosen, ownMatter } from "../shown.ts";
import { type AsResident, ownMatterOf } from "./bare-words.ts";
import { keepWords } from "./kept-words.ts";

/**
 * Takes a deputy's text as the answer to a question about their cases. A digit that the question shows is that answer; any other
 * number is a case, and so is one with 号 behind it.
 *
 * @returns null where it is something else
 */
export async function takeAnswer(
  turn: Turn,
  asked: Asked,
  mine: readonly CaseRecord[],
  text: string,
): Promise<Outcome | AsResident | null> {
  const named = caseNamed(text);
  if (isYesOrNo(asked) || asked.command === "own") {
    const given = named?.isCounted === true ? null : answerTo(text, asked, turn.now);
    if (given?.kind === "choice") return answerYesOrNo(turn, asked, mine, given.index);
    if (asked.command !== "own" || named === null) return null;
    const open = mine.filter((one) => one.closedAt === null);
    const [chosen, another] = casesTyped(open, named.typed);
    return chosen === undefined || another !== undefined ? null : answerWith(turn, asked, mine, chosen.number);
  }
  const row = rowNamed(text, asked.cases.length);
  const number = row === null ? null : (asked.cases[row] ?? null);
  if (number !== null) return answerWith(turn, asked, mine, number);
  return named === null ? null : answerByNumber(turn, asked, mine, named.typed);
}

async function answerByNumber(
  turn: Turn,
  asked: Asked,
  mine: readonly CaseRecord[],
  typed: string,
): Promise<Outcome | AsResident | null> {
  const offered = mine.filter((one) => asked.cases.includes(one.number));
  const own = await ownMatter(
    turn,
    asked.cases.find((one) => isNumberOf(typed, one)),
  );
  const among = casesTyped(offered, typed);
  const [chosen, another] = among.length > 0 ? among : casesTyped(mine, typed);
  if (own !== undefined && chosen === undefined && asked.command === "keep") {
    return answerWith(turn, asked, mine, own.number);
  }
  if (chosen !== undefined && another === undefined) return answerWith(turn, asked, mine, chosen.number);
  if (another !== undefined) return null;
  const { deputyId } = turn.conversation;
  const request = { command: "show", number: typed, text: "" } as const;
  const shown = deputyId === null ? null : await answerAboutFollowed(turn, deputyId, request);
  if (shown !== null) return shown;
  const words = wordingFor(turn).whichOfMine({ cases: await deputyLines(turn, offered), typed });
  tell(turn, { kind: "question", subject: null, words });
  setQuestion(turn, { ...asked, at: turn.now.toISOString() });
  return { kind: "command" };
}

/** Yes, no, or that it is the deputy's own matter. */
async function answerYesOrNo(
  turn: Turn,
  asked: Asked,
  mine: readonly CaseRecord[],
  index: number,
): Promise<Outcome | AsResident> {
  const [number] = asked.cases;
  const isOwn = asked.command === "own" ? index === 0 : index === 2;
  if (isOwn) {
    clearQuestion(turn);
    return ownMatterOf(turn, asked);
  }
  if (index === 0 && number !== undefined) return answerWith(turn, asked, mine, number);
  clearQuestion(turn);
  if (asked.command !== "pass-on") keepWords(turn, asked.inboxSeq);
  const wording = wordingFor(turn);
  if (asked.command === "pass-on" && number !== undefined) {
    return answerDeputy(turn, wording.shownNotPassedOn({ number, what: (asked.shown ?? []).map((one) => one.kind) }));
  }
  return answerDeputy(turn, wording.notPassedOn({ number: asked.command === "own" ? null : (number ?? null) }));
}

/** Applies a deputy's answer to a question about their cases: the chosen case. */
async function answerWith(turn: Turn, asked: Asked, mine: readonly CaseRecord[], number: string): Promise<Outcome> {
  clearQuestion(turn);
  const { command, shown = [] } = asked;
  const chosen =
    mine.find((one) => one.number === number) ?? (command === "keep" ? await ownMatter(turn, number) : undefined);
  if (chosen === undefined) return answerDeputy(turn, wordingFor(turn).noSuchChoice());
  if (command === "keep") return keepAsChosen(turn, await lockCase(turn, chosen.id), shown);
  if (command === "show") {
    const subject = await lockCase(turn, chosen.id);
    return shown.length === 0 ? show(turn, subject) : keepAsChosen(turn, subject, shown);
  }
  if (command === "pass-on") {
    const subject = await lockCase(turn, chosen.id);
    return mayCarryOut(turn, subject) ?? passOn(turn, subject, shown, null);
  }
  const text = await inboxText(turn, asked.inboxSeq);
  const meaning = understandDeputy(text, turn.today, ownNumbers(mine));
  // What was confirmed is sent, and nothing else.
  const words = asked.isWhole === true ? text : wordsFor(meaning, text, number);
  if (command === "confirm" && shown.length > 0) {
    const subject = await lockCase(turn, chosen.id);
    return mayCarryOut(turn, subject, true) ?? passOn(turn, subject, shown, words);
  }
  const verb = command === "confirm" || command === "own" ? "reply" : command;
  const subject = await lockFor(turn, verb, chosen);
  const done = await carryOut(turn, verb, subject, { text: words, seq: asked.inboxSeq });
  return shown.length === 0 ? done : keepAsChosen(turn, subject, shown);
}
