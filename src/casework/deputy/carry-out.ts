import type { CaseRecord } from "../../../db/schema/cases.ts";
import { isNumberOf } from "../../domain/case/case.ts";
import { type AboutCase, isWordless } from "../../domain/dialog/deputy/commands.ts";
import type { OpenQuestion } from "../../domain/dialog/state.ts";
import type { Mention } from "../../domain/dialog/typed-numbers.ts";
import type { DeputyMeaning } from "../../domain/dialog/understand-deputy.ts";
import { deputyLines, toldLines } from "../cases/describe.ts";
import { lockCase } from "../cases/load.ts";
import { threadOf } from "../cases/thread.ts";
import { assistantsOf } from "../handovers/assistants.ts";
import { setQuestion } from "../outbox/questions.ts";
import { supersede, tell } from "../outbox/tell.ts";
import { withdrawHeld } from "../topics/members.ts";
import type { Outcome } from "../turn/outcome.ts";
import { type Turn, wordingFor } from "../turn/turn.ts";
import { answerDeputy } from "./answer.ts";
import { deputyOf, replyAsDeputy, splitAsDeputy } from "./case-commands.ts";
import { closeAsDeputy } from "./claims/close.ts";
import { casesTyped, clearCase, focusOn, hasReadOfOthers, inFocus } from "./clear-case.ts";
import { answerAboutFollowed } from "./followed-cases.ts";
import { acceptAsDeputy } from "./lead/accept.ts";
import { assistAsDeputy } from "./lead/assist.ts";
import { returnAsDeputy } from "./lead/return.ts";
import { noteAsDeputy } from "./notes/note.ts";
import { askPage } from "./page/ask-page.ts";
import { referAsDeputy } from "./refer.ts";
import { correctAsDeputy, lockResident, reopenAsDeputy } from "./take-back.ts";

/** A question to a deputy about one of their cases. */
export type Asked = Extract<OpenQuestion, { kind: "deputy-which-case" }>;

/** Whether a question is about one case, and takes yes or no. */
export function isYesOrNo({ command }: Asked): boolean {
  return command === "confirm" || command === "pass-on";
}

/** A list longer than this is not read on a phone. */
const OFFERED = 8;

type DeputyRequest = {
  readonly command: AboutCase;
  /** As typed; null when it was left out. */
  readonly number: string | null;
  readonly text: string;
  /** Numbers in the text that may mean a case. */
  readonly mentions?: readonly Mention[] | undefined;
  readonly seq: number;
};

/**
 * Finds the one case that is meant and applies the verb to it, or asks. A case of somebody else is meant by its number
 * alone; the case last shown is not meant where the number of another one stands in the words.
 */
export async function withCase(
  turn: Turn,
  { command, number: typed, text, mentions = [], seq }: DeputyRequest,
  mine: readonly CaseRecord[],
  verb: (subject: CaseRecord) => Promise<Outcome>,
): Promise<Outcome> {
  const meant = typed === null ? clearCase(turn, mine, command) : casesTyped(mine, typed);
  const mentioned = mentions.flatMap(({ number }) => casesTyped(mine, number));
  const [only, second] = meant;
  const isUnclear = typed === null ? hasReadOfOthers(turn, mine) : typed.includes("、");
  const isAnother = mentioned.some((one) => one !== only || second !== undefined);
  if (only !== undefined && second === undefined && !isUnclear && !isAnother) {
    return verb(await lockFor(turn, command, only));
  }
  const { deputyId } = turn.conversation;
  if (meant.length === 0 && typed !== null && deputyId !== null) {
    const answered = await answerAboutFollowed(turn, deputyId, { command, number: typed, text });
    if (answered !== null) return answered;
  }
  const [closed, another] = inFocus(turn, mine);
  if (meant.length === 0 && typed === null && closed !== undefined && another === undefined && command !== "reopen") {
    return answerDeputy(turn, wordingFor(turn).alreadyClosed({ number: closed.number }));
  }
  const open = mine.filter((one) => one.closedAt === null);
  const offered = [...mentioned, ...(meant.length > 0 ? meant : open)];
  return askWhich(turn, command, offered, seq, meant.length > 0 ? null : typed);
}

/**
 * Asks a deputy which of their cases is meant, by its number.
 *
 * @param offered the first is the one that the words may name
 * @param unknown the number that was typed and is none of them
 */
export async function askWhich(
  turn: Turn,
  command: Asked["command"],
  offered: readonly CaseRecord[],
  seq: number,
  unknown: string | null = null,
): Promise<Outcome> {
  const wording = wordingFor(turn);
  const cases = [...new Set(offered)].slice(0, OFFERED);
  const [named, shown, more] = cases;
  const isOfTwo =
    named !== undefined &&
    shown !== undefined &&
    more === undefined &&
    turn.conversation.dialog.focus?.includes(shown.number) === true &&
    !turn.conversation.dialog.focus.includes(named.number);
  supersede(turn, ["question"]);
  const words = isOfTwo
    ? wording.whichOfTwo({ named: named.number, shown: shown.number })
    : wording.whichOfMine({ cases: await deputyLines(turn, cases), typed: unknown });
  tell(turn, { kind: "question", subject: null, words });
  if (cases.length > 0) {
    const numbers = cases.map((one) => one.number);
    const at = turn.now.toISOString();
    setQuestion(turn, { kind: "deputy-which-case", command, cases: numbers, inboxSeq: seq, at });
  }
  return { kind: "command" };
}

/** Locks the case that a command is about, in the order that this command needs. */
export async function lockFor(turn: Turn, command: AboutCase, subject: CaseRecord): Promise<CaseRecord> {
  if (command === "reopen") await lockResident(turn, subject);
  return lockCase(turn, subject.id);
}

/** The refusal where nothing of this deputy can go to the resident of a case, said to the deputy; null where it can. */
export function mayCarryOut(turn: Turn, subject: CaseRecord, isOpenOnly = false): Outcome | null {
  const { number } = subject;
  const wording = wordingFor(turn);
  if (subject.deputyId !== turn.conversation.deputyId || subject.sealed) {
    return answerDeputy(turn, wording.whichOfMine({ cases: [], typed: number }));
  }
  return isOpenOnly && subject.closedAt !== null ? answerDeputy(turn, wording.alreadyClosed({ number })) : null;
}

/** Carries out a deputy's command about a case that is theirs, and open where it must be. */
export async function carryOut(
  turn: Turn,
  command: Exclude<AboutCase, "show">,
  subject: CaseRecord,
  said: { readonly text: string; readonly seq: number },
): Promise<Outcome> {
  const { text } = said;
  const refused = mayCarryOut(turn, subject, command !== "correct" && command !== "reopen");
  if (refused !== null) return refused;
  focusOn(turn, subject.number);
  if (text.trim() === "" && !isWordless(command)) {
    return answerDeputy(turn, wordingFor(turn).missingText({ command, number: subject.number }));
  }
  if (command !== "page") await withdrawHeld(turn, subject);
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
    case "correct":
      await correctAsDeputy(turn, subject, text);
      break;
    case "split":
      await splitAsDeputy(turn, subject, text);
      break;
    case "accept":
      await acceptAsDeputy(turn, subject, said);
      break;
    case "assist":
      await assistAsDeputy(turn, subject, text);
      break;
    case "note":
      await noteAsDeputy(turn, subject, text, "noted");
      break;
    case "visit":
      await noteAsDeputy(turn, subject, text, "visited");
      break;
    case "reopen":
      await reopenAsDeputy(turn, subject, text);
      break;
    case "page":
      await askPage(turn, subject);
      break;
  }
  return { kind: "command", caseId: subject.id };
}

/** Shows a deputy one of their cases. */
export async function show(turn: Turn, subject: CaseRecord): Promise<Outcome> {
  const [line] = await deputyLines(turn, [subject]);
  if (line === undefined) throw new Error("a case could not be described");
  focusOn(turn, subject.number);
  const assisting = (await assistantsOf(turn, subject)).map(({ name }) => name);
  answerDeputy(
    turn,
    wordingFor(turn).deputyCase({ line, thread: toldLines(await threadOf(turn, subject)), assisting }),
  );
  return { kind: "command", caseId: subject.id };
}

/** The words for a case among those of a message: without its number, where that was meant by one of several. */
export function wordsFor(meaning: DeputyMeaning, whole: string, number: string): string {
  const mentions = "mentions" in meaning ? meaning.mentions : undefined;
  const mention = mentions?.find((one) => isNumberOf(one.number, number));
  return mention?.text ?? ("text" in meaning ? meaning.text : undefined) ?? whole;
}
