import { and, eq } from "drizzle-orm";
import { type CaseRecord, caseMessages } from "../../../../db/schema/cases.ts";
import type { ResidentMeaning } from "../../../domain/dialog/understand-resident.ts";
import { correctedPlace, soundsLikePlace } from "../../../domain/place/correction.ts";
import { quote, quoteMasked } from "../../../domain/text/quote.ts";
import { type Correction, correctionIn, putRight } from "../../../domain/writer/correction.ts";
import { keepWords } from "../../actions/add-words.ts";
import { assignAnew } from "../../actions/hand-over.ts";
import { placeCase } from "../../actions/place-case.ts";
import { reopen } from "../../actions/reopen.ts";
import { lastDecision } from "../../cases/decisions.ts";
import { holderOf } from "../../cases/describe.ts";
import { leaderOf } from "../../cases/led.ts";
import { DATA_REQUEST, ownCases } from "../../cases/load.ts";
import { caseSpokenOf } from "../../cases/own-cases.ts";
import { record } from "../../cases/record.ts";
import { CORRECTION, residentsWords, threadOf } from "../../cases/thread.ts";
import { mayLeave } from "../../handovers/may-leave.ts";
import { tellUnitsOfChange } from "../../handovers/tell-changed.ts";
import { waits } from "../../inbox/words.ts";
import { setQuestion } from "../../outbox/questions.ts";
import { supersede, tell, tellDeputy } from "../../outbox/tell.ts";
import { matterOf } from "../../routing/ask-rules.ts";
import { fileAnew } from "../../routing/categorise.ts";
import { findPlaceWithoutScene, placeInWords } from "../../routing/find-place.ts";
import { findResponsible } from "../../routing/responsible.ts";
import { whereaboutsBefore, whereaboutsOf } from "../../routing/whereabouts.ts";
import type { Outcome } from "../../turn/outcome.ts";
import { type Said, workingText } from "../../turn/said.ts";
import { type Turn, wordingFor } from "../../turn/turn.ts";
import { askWhichCase } from "../which-case.ts";

/** A correction of words that were said so lately may belong to a case that is closed. */
const LATELY_MS = 30 * 86_400_000;

/** What the model takes for a correction although no form of one is found in it. */
const UNSAID: Correction = { wrong: null, right: null, isPlain: true };

/**
 * Receives words that put right what their writer said before: of the case whose words have in them what they say was wrong, of the only
 * open one, or of the one that was spoken of just now; where several may be meant, they are asked.
 *
 * @param meaning what was understood: only outright corrections need no proof that something was said so
 * @returns null where they correct nothing that was said: they are words like others then
 */
export async function receiveWordsCorrected(
  turn: Turn,
  said: Said,
  meaning: Extract<ResidentMeaning, { kind: "correction" | "follow-up" | "matter" }>["kind"],
): Promise<Outcome | null> {
  if (said.text === "") return null;
  const correction = correctionIn(said.text) ?? (meaning === "correction" ? UNSAID : null);
  if (correction === null || (await namesOnePlace(turn, said))) return null;
  const mine = (await ownCases(turn)).filter((one) => mayBeCorrected(turn, one));
  const named = await casesSaying(turn, mine, correction.wrong);
  if (named.length === 0 && (meaning !== "correction" || !correction.isPlain)) return null;
  const open = mine.filter((one) => one.closedAt === null);
  const subject = named.length === 1 ? (named[0] ?? null) : await spokenOf(turn, named.length > 1 ? named : mine, open);
  if (subject !== null) {
    await correctCase(turn, subject, said, correction);
    return { kind: "case", caseId: subject.id };
  }
  const meant = named.length > 1 ? named : open;
  if (meant.length === 0) return null;
  await askWhichCase(turn, "follow-up", meant, [waits(said)]);
  return { kind: "answer" };
}

/** A place that is known is put right on its own way, which asks where it may be elsewhere. */
async function namesOnePlace(turn: Turn, said: Said): Promise<boolean> {
  const place = correctedPlace(said.text);
  return place !== null && (await placeInWords(turn, place)).namedGrid !== null;
}

function mayBeCorrected(turn: Turn, one: CaseRecord): boolean {
  if (one.sealed || one.category === DATA_REQUEST || one.outcome === "withdrawn" || one.outcome === "duplicate")
    return false;
  return one.closedAt === null || turn.now.getTime() - one.closedAt.getTime() <= LATELY_MS;
}

async function casesSaying(turn: Turn, mine: readonly CaseRecord[], wrong: string | null): Promise<CaseRecord[]> {
  if (wrong === null) return [];
  const found: CaseRecord[] = [];
  for (const one of mine) if (residentsWords(await threadOf(turn, one)).includes(wrong)) found.push(one);
  const open = found.filter((one) => one.closedAt === null);
  return open.length > 0 ? open : found;
}

async function spokenOf(
  turn: Turn,
  some: readonly CaseRecord[],
  open: readonly CaseRecord[],
): Promise<CaseRecord | null> {
  const last = await caseSpokenOf(turn);
  if (last !== null && some.includes(last)) return last;
  const [only, another] = some;
  return open.length === 0 && only !== undefined && another === undefined ? only : null;
}

/**
 * Puts right what was said of a case: the old words stay, what follows from the new ones follows. Category, place and the deputy change where
 * they must; whoever has it reads the correction as one, and its resident what became of it.
 */
export async function correctCase(turn: Turn, subject: CaseRecord, said: Said, correction: Correction): Promise<void> {
  const before = residentsWords(await threadOf(turn, subject));
  const former = subject.deputyId;
  const wasAnswered = subject.state === "answered";
  await keepWords(turn, subject, [said], CORRECTION);
  record(turn, subject, "corrected", "resident", { about: "words" });
  if (subject.closedAt !== null) {
    await tellHolder(turn, subject, said);
    await askAgain(turn, subject, said, true);
    return;
  }
  const story = putRight(before, correction, said.text);
  const isMoved = (await isFixed(turn, subject)) ? false : await follow(turn, subject, story, correction);
  const text = quote(said.text);
  const { number } = subject;
  const isElsewhere = isMoved && subject.deputyId !== former;
  if (!isElsewhere) await tellHolder(turn, subject, said);
  await tellUnits(turn, subject, workingText([said], subject));
  if (wasAnswered && !isElsewhere) return askAgain(turn, subject, said, false);
  const wording = wordingFor(turn);
  const holder = await holderOf(turn, subject);
  const words =
    correction.right === null && correction.wrong === null
      ? wording.askRight({ number })
      : wording.corrected({ number, text, holder, isMoved: isElsewhere });
  if (subject.state !== "clarifying") tell(turn, { kind: "receipt", subject, words });
  else tell(turn, { kind: "courtesy", subject, words: wording.followUpNoted({ number, holder }) });
}

/** Whether somebody of the office decided where it is, or another case leads it: nothing of that follows from words. */
async function isFixed(turn: Turn, subject: CaseRecord): Promise<boolean> {
  return subject.movedAt !== null || (await leaderOf(turn, subject)) !== null;
}

/** Lets category, place and deputy follow from the words as they are now. @returns whether it was placed or decided anew */
async function follow(turn: Turn, subject: CaseRecord, story: string, { right }: Correction): Promise<boolean> {
  const isFiled = await fileAnew(turn, subject, story);
  if (subject.state === "clarifying") return false;
  if (right !== null && ((await placeInWords(turn, right)).namesPlace || soundsLikePlace(right))) {
    const where = await whereaboutsOf(turn, await findPlaceWithoutScene(turn, { texts: [story] }));
    if (where !== null && where.grid !== null && where.grid !== subject.gridCode) {
      await placeCase(turn, subject, where, { isCorrected: true });
      return true;
    }
  }
  if (!isFiled) return false;
  const decision = await lastDecision(turn, subject);
  if (decision === null) return false;
  const responsible = await findResponsible(turn, whereaboutsBefore(decision.facts), {
    filed: subject,
    barred: decision.passedOver.filter(({ why }) => why === "returned"),
    matter: matterOf(turn, subject),
  });
  if (responsible.deputyId === subject.deputyId) return false;
  await assignAnew(turn, subject, responsible, residentsWords(await threadOf(turn, subject)), { isCorrected: true });
  return true;
}

async function tellHolder(turn: Turn, subject: CaseRecord, said: Said): Promise<void> {
  const leading = (await leaderOf(turn, subject)) ?? subject;
  if (leading.deputyId === null || leading.sealed) return;
  const { number } = leading;
  const text = quoteMasked(workingText([said], subject));
  await tellDeputy(turn, leading.deputyId, (wording) => ({
    kind: "deputy-news",
    subject: leading,
    words: wording.residentCorrected({ number, text }),
  }));
}

/** Tells the units that have the case, or the one with which it goes, what was put right. */
async function tellUnits(turn: Turn, subject: CaseRecord, text: string): Promise<void> {
  if (mayLeave(subject)) await tellUnitsOfChange(turn, (await leaderOf(turn, subject)) ?? subject, "corrected", text);
}

async function askAgain(turn: Turn, subject: CaseRecord, said: Said, isClosed: boolean): Promise<void> {
  const { number } = subject;
  const holder = await holderOf(turn, subject);
  const words = wordingFor(turn).correctedLate({ number, text: quote(said.text), holder, isClosed });
  supersede(turn, ["question"]);
  tell(turn, { kind: "question", subject, words });
  setQuestion(turn, { kind: "look-again", case: number, at: turn.now.toISOString() });
}

/** Does what a resident chose of a case that was answered or closed before they put it right. */
export async function answerLookAgain(turn: Turn, subject: CaseRecord, isWanted: boolean): Promise<void> {
  const { number } = subject;
  const wording = wordingFor(turn);
  if (!isWanted) {
    tell(turn, { kind: "courtesy", subject, words: wording.correctedStays({ number }) });
    return;
  }
  if (subject.closedAt !== null) {
    const text = await lastCorrection(turn, subject);
    const said: Said = { seq: 0, at: turn.now, kind: "text", text, mediaId: null };
    await reopen(turn, subject, [said], undefined, { isCorrected: true });
    await tellUnits(turn, subject, text);
    return;
  }
  record(turn, subject, "reminded", "resident", {});
  if (subject.deputyId !== null && !subject.sealed) {
    await tellDeputy(turn, subject.deputyId, (said) => ({
      kind: "deputy-news",
      subject,
      words: said.residentAsksAgain({ number }),
    }));
  }
  const holder = await holderOf(turn, subject);
  tell(turn, { kind: "courtesy", subject, words: wording.lookAgainTaken({ number, holder }) });
}

async function lastCorrection(turn: Turn, { id }: CaseRecord): Promise<string> {
  const rows = await turn.tx
    .select({ text: caseMessages.text, at: caseMessages.at })
    .from(caseMessages)
    .where(and(eq(caseMessages.caseId, id), eq(caseMessages.kind, CORRECTION)))
    .orderBy(caseMessages.at, caseMessages.id);
  return rows.at(-1)?.text ?? "";
}
