import type { CaseRecord } from "../../../../db/schema/cases.ts";
import { ILLUSTRATION_MS } from "../../../domain/dialog/belonging.ts";
import type { WaitingPart } from "../../../domain/dialog/state.ts";
import type { DeputyMeaning } from "../../../domain/dialog/understand-deputy.ts";
import { quote } from "../../../domain/text/quote.ts";
import { bareWords } from "../../../domain/text/words.ts";
import { deputyLines } from "../../cases/describe.ts";
import { lockCase } from "../../cases/load.ts";
import { waitingWords } from "../../inbox/words.ts";
import { setQuestion } from "../../outbox/questions.ts";
import { supersede, tell } from "../../outbox/tell.ts";
import type { Outcome } from "../../turn/outcome.ts";
import type { Said } from "../../turn/said.ts";
import { type Turn, wordingFor } from "../../turn/turn.ts";
import { answerDeputy } from "../answer.ts";
import { type Asked, askWhich, isYesOrNo } from "../carry-out.ts";
import { casesAmongDigits, casesTyped, clearCase, inFocus } from "../clear-case.ts";
import { askPassOn, keepShown } from "../pass-on.ts";
import { keepWords } from "./kept-words.ts";

/** A deputy's words that are received as a resident's: deputies are residents too, and report matters of their own. */
export type AsResident = { readonly asResident: readonly Said[] };

/** A list longer than this is not read on a phone. */
const OFFERED = 8;
/** Shorter words than this are a nod. */
const LONGEST_COURTESY = 4;

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
  const isWhole = text === said.text;
  const shown = asked?.cases.includes(number) === true ? (asked.shown ?? []) : [];
  if (asked !== null && shown.length > 0) {
    const subject = await lockCase(turn, only.id);
    if (!isYesOrNo(asked)) await keepShown(turn, subject, await waitingWords(turn, shown));
    return askPassOn(turn, subject, shown, { seq: said.seq, text, isWhole });
  }
  const words = wordingFor(turn).confirmReply({ number, text: quote(text), also: casesAmongDigits(open, 3) });
  ask(turn, words, { command: "confirm", cases: [number], inboxSeq: said.seq, isWhole });
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

/** Whether what was received is for the resident's path. */
export function isAsResident(received: Outcome | AsResident): received is AsResident {
  return "asResident" in received;
}
