import type { CaseRecord } from "../../../db/schema/cases.ts";
import { isNumberOf } from "../../domain/case/case.ts";
import { answerTo, choicesOf } from "../../domain/dialog/answers.ts";
import { ILLUSTRATION_MS } from "../../domain/dialog/belonging.ts";
import type { DialogState, OpenQuestion, WaitingPart } from "../../domain/dialog/state.ts";
import type { DeputyMeaning } from "../../domain/dialog/understand-deputy.ts";
import { mayAnswerWhere } from "../../domain/place/answer-words.ts";
import { quote } from "../../domain/text/quote.ts";
import { bareWords } from "../../domain/text/words.ts";
import { deputyLines } from "../cases/describe.ts";
import { lockCase } from "../cases/load.ts";
import { inboxText, waitingWords } from "../inbox/words.ts";
import { setQuestion } from "../outbox/questions.ts";
import { supersede, tell } from "../outbox/tell.ts";
import { placeInWords } from "../routing/find-place.ts";
import type { Outcome } from "../turn/outcome.ts";
import type { Said } from "../turn/said.ts";
import { type Turn, wordingFor } from "../turn/turn.ts";
import { answerDeputy } from "./answer.ts";
import { type Asked, askWhich, isYesOrNo } from "./carry-out.ts";
import { casesAmongDigits, casesTyped, clearCase, inFocus } from "./clear-case.ts";
import { askPassOn, keepShown } from "./pass-on.ts";

/** The words of a deputy that are a resident's, whom the same person is; they take effect as any resident's. */
export type AsResident = { readonly asResident: readonly Said[] };

/** A list longer than this is not read on a phone. */
const OFFERED = 8;
const MOST_KEPT = 5;
/** Shorter words than this are a nod. */
const LONGEST_COURTESY = 4;
/** Words that nobody was given are shown for so long. */
const KEPT_MS = 30 * 86_400_000;

type Words = Extract<DeputyMeaning, { kind: "words" }>;

/**
 * Receives words without a command: for the case whose number they bear, else the one in question, together with what was shown
 * of it, if the deputy says so; with several cases the deputy is asked whether it is a matter of their own. With no
 * case at hand they are a resident's words.
 */
export async function receiveBareWords(
  turn: Turn,
  said: Said,
  words: Words,
  mine: readonly CaseRecord[],
  asked: Asked | null,
): Promise<Outcome | AsResident> {
  const open = mine.filter((one) => one.closedAt === null);
  if (words.number !== undefined) {
    const [meant, another] = casesTyped(mine, words.number);
    if (meant !== undefined && another === undefined) {
      if (meant.closedAt === null) return confirm(turn, said, words.text ?? said.text, meant, open, asked);
      keepWords(turn, said.seq);
      return answerDeputy(turn, wordingFor(turn).alreadyClosed({ number: meant.number }));
    }
    if (another !== undefined) return askWhich(turn, "reply", casesTyped(mine, words.number), said.seq);
  }
  const clear = clearCase(turn, mine);
  const mentioned = (words.mentions ?? []).flatMap(({ number }) => casesTyped(mine, number));
  const [only, second] = clear;
  if (only === undefined) return saysMoreOfClosed(turn, said, mine) ? askOwn(turn, said, []) : { asResident: [said] };
  if (mentioned.some((one) => one !== only || second !== undefined)) {
    return askWhich(turn, "reply", [...mentioned, ...clear], said.seq);
  }
  return second === undefined ? confirm(turn, said, said.text, only, open, asked) : askOwn(turn, said, open);
}

/** Whether words come so soon after the deputy closed their last case that they may be meant for its resident. */
function saysMoreOfClosed(turn: Turn, said: Said, mine: readonly CaseRecord[]): boolean {
  const isLately = ({ closedAt }: CaseRecord) =>
    closedAt !== null && turn.now.getTime() - closedAt.getTime() <= ILLUSTRATION_MS;
  return bareWords(said.text).length > LONGEST_COURTESY && inFocus(turn, mine).some(isLately);
}

async function confirm(
  turn: Turn,
  said: Said,
  text: string,
  only: CaseRecord,
  open: readonly CaseRecord[],
  asked: Asked | null,
): Promise<Outcome> {
  const { number } = only;
  const shown = asked?.cases.includes(number) === true ? (asked.shown ?? []) : [];
  if (asked !== null && shown.length > 0) {
    const subject = await lockCase(turn, only.id);
    if (!isYesOrNo(asked)) await keepShown(turn, subject, await waitingWords(turn, shown));
    return askPassOn(turn, subject, shown, { seq: said.seq, text });
  }
  const words = wordingFor(turn).confirmReply({ number, text: quote(text), also: casesAmongDigits(open, 3) });
  ask(turn, words, { command: "confirm", cases: [number], inboxSeq: said.seq, isWhole: text === said.text });
  return { kind: "answer" };
}

async function askOwn(turn: Turn, said: Said, open: readonly CaseRecord[]): Promise<Outcome> {
  const cases = await deputyLines(turn, open.slice(0, OFFERED));
  const words = wordingFor(turn).isItYourOwn({ text: quote(said.text), cases, also: casesAmongDigits(open, 2) });
  ask(turn, words, { command: "own", cases: cases.map((one) => one.number), inboxSeq: said.seq });
  return { kind: "answer" };
}

function ask(
  turn: Turn,
  words: Parameters<typeof tell>[1]["words"],
  asked: Pick<Asked, "command" | "cases" | "inboxSeq" | "isWhole">,
): void {
  supersede(turn, ["question"]);
  tell(turn, { kind: "question", subject: null, words });
  setQuestion(turn, { kind: "deputy-which-case", ...asked, at: turn.now.toISOString() });
}

/** The words that waited for the answer to a question, as those of the resident who their writer is too. */
export async function ownMatterOf(turn: Turn, asked: Asked): Promise<AsResident> {
  const words: WaitingPart = { seq: asked.inboxSeq, kind: "text", mediaId: null };
  // What was shown with a case is kept with it already.
  const parts = asked.command === "own" ? [words, ...(asked.shown ?? [])] : [words];
  return { asResident: await waitingWords(turn, parts) };
}

/** Keeps words that were said to nobody in particular, so that their writer finds them again; nobody else reads them. */
export function keepWords(turn: Turn, seq: number): void {
  const { dialog } = turn.conversation;
  const others = keptOf(turn, dialog).filter((one) => one.seq !== seq);
  const kept = [{ seq, at: turn.now.toISOString() }, ...others].slice(0, MOST_KEPT);
  turn.conversation.dialog = { ...dialog, kept };
}

/**
 * Keeps the words about which a deputy was asked in vain.
 *
 * @param next what the deputy says instead: the same command again needs no words of before
 */
export function keepUnanswered(turn: Turn, { command, inboxSeq }: Asked, next: DeputyMeaning["kind"] | null): void {
  if (command === "show" || command === "keep" || command === "pass-on") return;
  if (next !== (command === "confirm" || command === "own" ? "reply" : command)) keepWords(turn, inboxSeq);
}

/** The words of this deputy that nobody was given, newest first. */
export async function keptWords(turn: Turn): Promise<string[]> {
  const texts = await Promise.all(keptOf(turn, turn.conversation.dialog).map(({ seq }) => inboxText(turn, seq)));
  return texts.filter((text) => text !== "");
}

function keptOf(turn: Turn, { kept = [] }: DialogState): NonNullable<DialogState["kept"]> {
  return kept.filter(({ at }) => turn.now.getTime() - Date.parse(at) <= KEPT_MS);
}

/** Whether what was received is for the resident's path. */
export function isAsResident(received: Outcome | AsResident): received is AsResident {
  return "asResident" in received;
}

/** A number answers a question to the resident that a deputy is too only for so long; later it shows a case. */
const QUESTION_MS = 30 * 60_000;

/**
 * Whether a deputy's words plainly answer what was asked about a matter of their own: a place alone, a verdict named as
 * such, or the number of a choice that is no case of theirs. Anything else is taken for a deputy's words.
 *
 * @param numbers of the cases that this deputy has
 */
export async function answersOwnQuestion(turn: Turn, text: string, numbers: readonly string[]): Promise<boolean> {
  const { question } = turn.conversation.dialog;
  if (question === undefined || question.kind === "deputy-which-case") return false;
  const typed = /^\s*(\d{1,2})\s*[。.]?\s*$/.exec(text.normalize("NFKC"))?.[1];
  if (typed !== undefined) return isOffered(turn, question, typed) && !numbers.some((one) => isNumberOf(typed, one));
  switch (question.kind) {
    case "where":
      return mayAnswerWhere(text) && (await placeInWords(turn, text)).namesPlace;
    case "rating":
      return answerTo(text, undefined, turn.now)?.kind === "rating";
    case "which-case":
    case "which-act":
      return answerTo(text, question, turn.now)?.kind === "choice";
  }
}

function isOffered(turn: Turn, question: OpenQuestion, typed: string): boolean {
  const isFresh = turn.now.getTime() - Date.parse(question.at) <= QUESTION_MS;
  return isFresh && Number(typed) >= 1 && Number(typed) <= choicesOf(question);
}
