import type { CaseRecord } from "../../../db/schema/cases.ts";
import { BURST_MS, ILLUSTRATION_MS } from "../../domain/dialog/belonging.ts";
import { questionsOf } from "../../domain/dialog/open-questions.ts";
import type { OpenQuestion, WaitingPart } from "../../domain/dialog/state.ts";
import { quote } from "../../domain/text/quote.ts";
import { joinCase } from "../actions/add-words.ts";
import { deputyLines } from "../cases/describe.ts";
import { casesOfDeputy, DATA_REQUEST, lockCase, ownCases } from "../cases/load.ts";
import { isInBurst } from "../cases/own-cases.ts";
import { inboxText, waitingWords, waits } from "../inbox/words.ts";
import { clearQuestion, setQuestion } from "../outbox/questions.ts";
import { supersede, tell } from "../outbox/tell.ts";
import type { Outcome } from "../turn/outcome.ts";
import type { Said } from "../turn/said.ts";
import { type Turn, wordingFor } from "../turn/turn.ts";
import { answerDeputy } from "./answer.ts";
import { hasReadOfOthers, inFocus } from "./clear-case.ts";
import { askPassOn, keepAndAsk, keepShown } from "./pass-on.ts";
import { keepUnanswered } from "./words/kept-words.ts";

type Asked = Extract<OpenQuestion, { kind: "deputy-which-case" }>;

/** A list longer than this is not read on a phone. */
const OFFERED = 8;

/**
 * Receives what a deputy shows without words: a photo, a film, a position, a link. It is kept as the deputy's with the
 * one case that is plainly meant, or the deputy is asked for the case; it never opens one.
 *
 * @param asked what the deputy is being asked, while a number answers it
 * @returns null where it is a position, and answers what was asked about the only matter at hand, which is the deputy's own
 */
export async function receiveShown(
  turn: Turn,
  deputyId: string,
  said: Said,
  asked: Asked | null,
): Promise<Outcome | null> {
  const mine = await casesOfDeputy(turn, deputyId);
  const goesOn = asked === null ? null : await goOnWith(turn, mine, asked, said);
  if (goesOn !== null) return goesOn;
  if (asked !== null) keepUnanswered(turn, asked, null);
  const open = mine.filter((one) => one.closedAt === null);
  const own = await ownMatters(turn);
  const meant = plainlyMeant(turn, mine, said);
  if (meant !== null && !own.some((one) => isSpokenOfNow(turn, one))) {
    return keepAndAsk(turn, await lockCase(turn, meant.id), [said]);
  }
  const [only, another] = own;
  if (open.length === 0 && only !== undefined && another === undefined) {
    const answersWhere = said.kind === "location" && isAskedWhere(turn, only);
    return answersWhere ? null : joinOwn(turn, only, [said]);
  }
  if (open.length + own.length === 0) {
    return answerDeputy(turn, wordingFor(turn).shownOfNoCase({ what: [said.kind] }));
  }
  const closedNow = inFocus(turn, mine).filter((one) => one.closedAt !== null && mayBeMeant(turn, one));
  return askWhose(turn, [...open, ...closedNow], own, [waits(said)]);
}

/** Stores what was shown with the case that the deputy chose: one of the deputy's, or a matter of their own. */
export async function keepAsChosen(turn: Turn, subject: CaseRecord, shown: readonly WaitingPart[]): Promise<Outcome> {
  const said = await waitingWords(turn, shown);
  if (subject.deputyId === turn.conversation.deputyId) return keepAndAsk(turn, subject, said);
  if (subject.conversationId === turn.conversation.id) return joinOwn(turn, subject, said);
  return answerDeputy(turn, wordingFor(turn).shownOfNoCase({ what: shown.map((one) => one.kind) }));
}

/** A matter of the deputy's own, as a resident, by its number; undefined where there is none. */
export async function ownMatter(turn: Turn, number: string | undefined): Promise<CaseRecord | undefined> {
  return (await ownMatters(turn)).find((one) => one.number === number);
}

/** Goes on with a question that is open about what was shown just before, or about words of the same burst. */
async function goOnWith(turn: Turn, mine: readonly CaseRecord[], asked: Asked, said: Said): Promise<Outcome | null> {
  const shown = [...(asked.shown ?? []), waits(said)];
  const isBurst = turn.now.getTime() - Date.parse(asked.at) <= BURST_MS;
  const goOn = () => {
    turn.conversation.dialog = { ...turn.conversation.dialog, question: { ...asked, shown } };
  };
  if (asked.command === "confirm" || asked.command === "pass-on") {
    const found = plainlyMeant(turn, mine, said);
    if (found === null || found.number !== asked.cases[0]) return null;
    const subject = await lockCase(turn, found.id);
    if (subject.deputyId !== turn.conversation.deputyId) return null;
    await keepShown(turn, subject, [said]);
    if (isBurst && asked.shown !== undefined) {
      goOn();
      return { kind: "command", caseId: subject.id };
    }
    const words =
      asked.command === "confirm"
        ? { seq: asked.inboxSeq, text: await inboxText(turn, asked.inboxSeq), isWhole: true }
        : null;
    clearQuestion(turn);
    return askPassOn(turn, subject, shown, words);
  }
  if (isBurst) {
    goOn();
    return { kind: "command" };
  }
  if (asked.command !== "keep") return null;
  const open = mine.filter((one) => one.closedAt === null);
  return askWhose(turn, open, await ownMatters(turn), shown);
}

/** The case last shown or delivered, also one that the deputy has closed of which this is a picture; else the only open one. */
function plainlyMeant(turn: Turn, mine: readonly CaseRecord[], said: Said): CaseRecord | null {
  if (hasReadOfOthers(turn, mine)) return null;
  const isPicture = said.kind === "image" || said.kind === "video";
  const focused = inFocus(turn, mine).filter((one) => one.closedAt === null || isPicture);
  const lately = focused.filter((one) => mayBeMeant(turn, one));
  const open = mine.filter((one) => one.closedAt === null);
  const [only, second] = [lately, focused, open].find((some) => some.length > 0) ?? [];
  return second === undefined ? (only ?? null) : null;
}

/** Whether a case is open, or was closed so short a time ago that a picture may still show what was done. */
function mayBeMeant(turn: Turn, { closedAt }: CaseRecord): boolean {
  return closedAt === null || turn.now.getTime() - closedAt.getTime() <= ILLUSTRATION_MS;
}

async function askWhose(
  turn: Turn,
  open: readonly CaseRecord[],
  own: readonly CaseRecord[],
  shown: readonly WaitingPart[],
): Promise<Outcome> {
  const cases = await deputyLines(turn, open.slice(0, OFFERED));
  const matters = own.slice(0, Math.max(1, OFFERED - cases.length));
  const quoted = matters.map(({ number, summary }) => ({ number, summary: quote(summary) }));
  const what = shown.map((one) => one.kind);
  supersede(turn, ["question"]);
  tell(turn, { kind: "question", subject: null, words: wordingFor(turn).whoseIsShown({ what, cases, own: quoted }) });
  setQuestion(turn, {
    kind: "deputy-which-case",
    command: "keep",
    cases: [...cases, ...matters].map((one) => one.number),
    inboxSeq: shown.at(-1)?.seq ?? 0,
    shown,
    at: turn.now.toISOString(),
  });
  return { kind: "answer" };
}

async function joinOwn(turn: Turn, subject: CaseRecord, said: readonly Said[]): Promise<Outcome> {
  const quietly = subject.state === "clarifying" || isInBurst(turn, subject);
  await joinCase(turn, subject, said, { quietly });
  return { kind: "case", caseId: subject.id };
}

/** Open matters of the deputy's own that somebody else answers; a sealed one is not shown in a list of a deputy's chat. */
async function ownMatters(turn: Turn): Promise<CaseRecord[]> {
  return (await ownCases(turn)).filter(
    (one) =>
      one.closedAt === null &&
      !one.sealed &&
      one.category !== DATA_REQUEST &&
      one.deputyId !== turn.conversation.deputyId,
  );
}

function isSpokenOfNow(turn: Turn, own: CaseRecord): boolean {
  return turn.now.getTime() - own.lastSpokenAt.getTime() <= ILLUSTRATION_MS;
}

function isAskedWhere(turn: Turn, own: CaseRecord): boolean {
  return questionsOf(turn.conversation.dialog).some((one) => one.kind === "where" && one.case === own.number);
}
