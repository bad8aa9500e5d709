import type { CaseRecord } from "../../../../db/schema/cases.ts";
import type { OpenQuestion } from "../../../domain/dialog/state.ts";
import { understandResident } from "../../../domain/dialog/understand-resident.ts";
import { quoteMasked } from "../../../domain/text/quote.ts";
import { bareWords, numeral } from "../../../domain/text/words.ts";
import { boundWordingOf } from "../../../domain/wording/bound.ts";
import { joinCase, keepWords } from "../../actions/add-words.ts";
import { reopen } from "../../actions/reopen.ts";
import { ownCases } from "../../cases/load.ts";
import { record } from "../../cases/record.ts";
import { addToThread } from "../../cases/thread.ts";
import { confirmReport } from "../../handovers/after-claims.ts";
import { waits } from "../../inbox/words.ts";
import { clearQuestion } from "../../outbox/questions.ts";
import { tell, tellDeputy } from "../../outbox/tell.ts";
import type { Outcome } from "../../turn/outcome.ts";
import { type Said, workingCopy, workingText } from "../../turn/said.ts";
import { type Turn, wordingFor } from "../../turn/turn.ts";
import { askWhichCase } from "../which-case.ts";
import { withdrawReminder } from "./remind-of-verdict.ts";
import { judgeUnitsWord } from "./units-word.ts";

/** What is kept as a rating, on the customary scale of five. */
const SATISFIED = 5;
const UNSATISFIED = 1;

/** A verdict: `isDone` where it is solved, and they are not satisfied with how. */
type Verdict = { readonly satisfied: boolean; readonly comment?: string; readonly isDone?: boolean };

/** A closed case may be rated for so long by a mere word. */
const RATING_MS = 30 * 86_400_000;

/** Cases closed within so long of each other are confused by words; an older one was left unrated on purpose. */
const SAME_TIME_MS = 2 * 86_400_000;

/**
 * Takes a word of (dis)satisfaction as the verdict on the case that was asked about, or on the only one closed lately; where each has
 * its verdict, as another one on whatever was rated the opposite. Null when there is none.
 */
export async function rateByWords(turn: Turn, said: Said, verdict: Verdict): Promise<Outcome | null> {
  const unrated = await rateable(turn, said);
  const [subject, second, ...others] = unrated.length > 0 ? unrated : await ratedOtherwise(turn, verdict.satisfied);
  if (subject === undefined) return null;
  if (second === undefined) return rate(turn, subject, said, verdict);
  await askWhichCase(turn, "rate", [subject, second, ...others], [waits(said)]);
  return { kind: "answer" };
}

/**
 * Keeps words that give no verdict with the closed case whose verdict is asked for; its deputy reads them, and the question
 * stays open. Null where no verdict is asked for.
 */
export async function keepBesideVerdict(turn: Turn, said: Said): Promise<Outcome | null> {
  const { question } = turn.conversation.dialog;
  if (question?.kind !== "rating") return null;
  const subject = (await ownCases(turn)).find((one) => one.number === question.case && one.state === "closed");
  if (subject === undefined) return null;
  const { number, deputyId } = subject;
  await keepWords(turn, subject, [said]);
  if (deputyId !== null && !subject.sealed) {
    const text = quoteMasked(workingText([said], subject));
    await tellDeputy(turn, deputyId, (wording) => ({
      kind: "deputy-news",
      subject,
      words: wording.residentAdded({ number, text }),
    }));
  }
  tell(turn, { kind: "courtesy", subject, words: wordingFor(turn).verdictStays({ number }) });
  return { kind: "case", caseId: subject.id };
}

/** Applies a verdict that waited until it was clear which case is meant. */
export async function rateAsSaid(turn: Turn, subject: CaseRecord, waited: readonly Said[]): Promise<void> {
  const [said, ...others] = waited;
  if (said === undefined || subject.state !== "closed") return;
  const verdict = verdictIn(turn, said);
  await rate(turn, subject, said, verdict);
  if (others.length === 0) return;
  if (verdict.satisfied) await keepWords(turn, subject, others);
  else await joinCase(turn, subject, others, { quietly: true });
}

/** The verdict in words that were taken for one; what cannot be read as praise counts as dissatisfied. */
export function verdictIn(turn: Turn, said: Said): { readonly satisfied: boolean; readonly comment: string } {
  const { meaning } = understandResident(
    said.text,
    {
      state: { question: { kind: "rating", case: "", at: turn.now.toISOString() } },
      now: turn.now,
      context: { verdictOpen: true, whereOpen: false, open: 0, settledLately: 1 },
    },
    turn.reader,
  );
  return meaning.kind === "rating" ? meaning : { satisfied: false, comment: said.text };
}

/** Applies a resident's verdict on a case; that it is not done opens it again at the same deputy. */
export async function rate(turn: Turn, subject: CaseRecord, said: Said, verdict: Verdict): Promise<Outcome> {
  const { number } = subject;
  const { satisfied, comment = "", isDone = false } = verdict;
  clearQuestion(turn, number);
  if (subject.closedAt === null) return judgeUnitsWord(turn, subject, said, verdict);
  const rating = satisfied ? SATISFIED : UNSATISFIED;
  const claim = satisfied || isDone ? "confirmed" : "denied";
  withdrawReminder(turn);
  record(turn, subject, "rated", "resident", { rating, claim }, { rating, verdictUntil: null });
  addToThread(turn, subject, { direction: "in", party: "resident", ...said, kind: "rating" });
  if (claim === "denied") {
    await reopen(turn, subject, complaintIn(said, comment));
    return { kind: "case", caseId: subject.id };
  }
  await confirmReport(turn, subject, { who: "resident", by: "resident" });
  if (subject.deputyId !== null && !subject.sealed) {
    await tellDeputy(turn, subject.deputyId, (wording, locale) => ({
      kind: "deputy-news",
      subject,
      words: [
        isDone
          ? boundWordingOf(locale).residentConfirmed({ number, isSatisfied: false, text: null })
          : wording.residentRated({ number, satisfied }),
        ...(comment === ""
          ? []
          : [wording.residentAdded({ number, text: quoteMasked(workingCopy(comment, subject)) })]),
      ].join("\n"),
    }));
  }
  tell(turn, { kind: "courtesy", subject, words: wordingFor(turn).ratingNoted({ number }) });
  return { kind: "case", caseId: subject.id };
}

/** What the deputy reads of a bad verdict: the comment, else the verdict itself unless it is a mere number. */
function complaintIn(said: Said, comment: string): Said[] {
  if (comment !== "") return [{ ...said, text: comment }];
  return numeral(bareWords(said.text)) === null ? [said] : [];
}

/** A number answers the last question; words may mean any case that was closed at about the same time. */
async function rateable(turn: Turn, said: Said): Promise<CaseRecord[]> {
  const mine = await ownCases(turn);
  const { question } = turn.conversation.dialog;
  if (question?.kind === "rating") {
    const asked = mine.find((one) => one.number === question.case && mayBeJudged(one, question));
    const isAlone = numeral(bareWords(said.text)) !== null || asked?.closedAt === null;
    if (asked !== undefined && isAlone) return [asked];
  }
  return closedTogether(turn, mine, ({ rating }) => rating === null);
}

/** Cases of which the resident said the opposite before. */
async function ratedOtherwise(turn: Turn, satisfied: boolean): Promise<CaseRecord[]> {
  const opposite = satisfied ? UNSATISFIED : SATISFIED;
  return closedTogether(turn, await ownCases(turn), ({ rating }) => rating === opposite);
}

/** The cases that words may rate and that were closed last, at about the same time. */
function closedTogether(turn: Turn, mine: readonly CaseRecord[], isMeant: (one: CaseRecord) => boolean): CaseRecord[] {
  const closed = mine.filter(
    (one) =>
      one.state === "closed" &&
      isMeant(one) &&
      one.deputyId !== null &&
      one.outcome !== "withdrawn" &&
      one.closedAt !== null &&
      turn.now.getTime() - one.closedAt.getTime() <= RATING_MS,
  );
  const closings = closed.map((one) => one.closedAt?.getTime() ?? 0);
  return closed.filter((one) => (one.closedAt?.getTime() ?? 0) >= Math.max(...closings) - SAME_TIME_MS);
}

/** Whether a case is still as it was when its resident was asked for a verdict on it. */
export function mayBeJudged({ closedAt }: CaseRecord, { of }: Extract<OpenQuestion, { kind: "rating" }>): boolean {
  return of === "unit-word" ? closedAt === null : closedAt !== null;
}
