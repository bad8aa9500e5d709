import { inArray } from "drizzle-orm";
import type { CaseRecord } from "../../../db/schema/cases.ts";
import { inbox } from "../../../db/schema/conversations.ts";
import { accusedOf, speaksOfThem } from "../../domain/accusation/accusation.ts";
import { DESK_CHANNEL } from "../../domain/case/desk.ts";
import { ILLUSTRATION_MS } from "../../domain/dialog/belonging.ts";
import { isAboutUnpaidWork, isUnpaidGroup } from "../../domain/dialog/scope.ts";
import type { PlaceFinding } from "../../domain/place/finding.ts";
import { decline, declineReasonOf } from "../actions/decline.ts";
import { endFollowing } from "../actions/followers.ts";
import { openCase } from "../actions/open-case.ts";
import { answerByCalendar } from "../actions/receptions.ts";
import { ownCases } from "../cases/load.ts";
import { residentsWords, threadOf } from "../cases/thread.ts";
import { keepsCalendar } from "../county/receptions.ts";
import { forgetCaseFiles } from "../errands/errands.ts";
import { waitingWords, wordsBefore } from "../inbox/words.ts";
import { endQuestion } from "../outbox/questions.ts";
import { tell } from "../outbox/tell.ts";
import { deputiesNamed } from "../routing/accused.ts";
import { findPlaceOfNew, NO_PLACE } from "../routing/find-place.ts";
import type { Outcome } from "../turn/outcome.ts";
import type { Said } from "../turn/said.ts";
import { type Turn, wordingFor } from "../turn/turn.ts";
import { writeLater } from "../turn/unit-of-work.ts";
import { type AskedAtOnce, answerFromLibrary, askedAtOnce } from "./at-once/library.ts";
import { placeBefore } from "./place-alone.ts";

/** What is known of a matter beside its words, by whoever took it down or by what was said with it. */
type Known = {
  readonly finding?: PlaceFinding;
  /** The category that they confirmed; left out where the words tell it. */
  readonly category?: string | null | undefined;
  readonly shown?: readonly Said[];
  /** Its place was asked for with that of another matter. */
  readonly isAskedWithAnother?: boolean;
  /** It may be several matters: whoever reads it first is told how to take one out. */
  readonly isDoubtful?: boolean;
  /** The message of which it is one of several matters. */
  readonly whole?: string;
};

/**
 * Opens a case for a new matter, with what was said or shared before it and said nothing alone.
 * @param known where it lies and what was shown, where that is known already
 */
export async function openNew(turn: Turn, said: Said, priority = false, known?: Known): Promise<CaseRecord> {
  const before = await earlierWords(turn, [said]);
  const spot = placeBefore(turn, said);
  const all = [...before, ...spot.said, said, ...(known?.shown ?? [])].sort((a, b) => a.seq - b.seq);
  const words = all.map((one) => one.text).join("\n");
  // In danger nobody is asked who can be guessed.
  const mayBeLast = (!priority || turn.conversation.homeGrid === null) && said.text !== "" && !isAboutUnpaidWork(words);
  const placeOf = (told: readonly Said[]) =>
    findPlaceOfNew(turn, { texts: told.map((one) => one.text), position: spot.position, mayBeLast });
  const together = await placeOf(all);
  // A place said alone is left for another one that comes with the matter.
  const isOther = spot.said.length > 0 && together.kind === "ask" && together.why === "several-places";
  const told = isOther ? await placeOf(all.filter((one) => !spot.said.includes(one))) : together;
  const finding = known?.finding ?? told;
  const isOnlyShown = all.every((one) => one.text === "");
  const isGuess = finding.kind === "grid" && finding.by === "home";
  const mayBeAtOnce = !priority && known?.isDoubtful !== true && known?.category == null;
  const asked = mayBeAtOnce ? await askedAtOnce(turn, all, words) : null;
  const answered = asked === null ? null : await answerAtOnce(turn, all, asked, finding);
  if (answered !== null) return takeEarlier(turn, all, said, answered);
  const refusal = priority ? null : declineReasonOf(turn, all, finding);
  const opened =
    refusal === null
      ? await openCase(turn, all, isOnlyShown && isGuess ? NO_PLACE : finding, {
          priority: priority || finding.kind === "border" || isUnpaidGroup(words),
          ...(known?.category != null && { category: known.category }),
          isAskedWithAnother: known?.isAskedWithAnother === true,
          isDoubtful: known?.isDoubtful === true,
          isReception: asked?.kind === "reception" && (await keepsCalendar(turn.tx)),
          ...(known?.whole !== undefined && { whole: known.whole }),
        })
      : await decline(turn, all, refusal);
  if (refusal === null && isAboutUnpaidWork(words)) {
    tell(turn, { kind: "courtesy", subject: opened, words: wordingFor(turn).wagesRoute({ isAtHome: isGuess }) });
  }
  return takeEarlier(turn, all, said, opened);
}

/** Answers a question at once; null where the calendar has no day for it, or the place is not known. */
function answerAtOnce(
  turn: Turn,
  said: readonly Said[],
  asked: AskedAtOnce,
  finding: PlaceFinding,
): Promise<CaseRecord | null> {
  return asked.kind === "reception"
    ? answerByCalendar(turn, { said }, finding)
    : answerFromLibrary(turn, said, asked.answer);
}

/**
 * Opens a sealed case, which the county office alone sees: no deputy, station or group learns of it (信访工作条例 art. 30).
 * @param told what was said before in other cases, and tells whom it accuses
 * @param shown what was shown with it
 */
export async function openSealed(
  turn: Turn,
  said: Said,
  priority: boolean,
  told?: string,
  shown: readonly Said[] = [],
): Promise<Outcome> {
  const before = await earlierWords(turn, [said]);
  const justTold = await hideJustTold(turn);
  // What they told before may count as sealed from now on.
  await forgetCaseFiles(turn.tx);
  const isSpoken = turn.account.channel === DESK_CHANNEL;
  const words = [told ?? "", ...before.map((one) => one.text), said.text].filter((text) => text !== "").join(",");
  const opened = await openCase(turn, [...before, said, ...shown], NO_PLACE, {
    sealed: true,
    sealedFor: accusedOf(words, await deputiesNamed(turn, words)),
    priority,
    before: [told ?? "", ...(speaksOfThem(said.text) ? justTold : [])].join("\n"),
    receipt: (number, dueOn) => wordingFor(turn).sealedReceipt({ number, dueOn, priority, isSpoken }),
  });
  takeEarlier(turn, before, said, opened);
  return { kind: "case", caseId: opened.id };
}

/**
 * Opens a case that the office reads before anybody else, with the ordinary receipt: what its words say of an official, or
 * whom they are for, is for a person to find.
 */
export async function openForOffice(turn: Turn, said: readonly Said[], priority = false): Promise<Outcome> {
  const before = await earlierWords(turn, said);
  const opened = await openCase(turn, [...before, ...said], NO_PLACE, { toOffice: true, priority });
  takeEarlier(turn, before, null, opened);
  return { kind: "case", caseId: opened.id };
}

/**
 * Hides what was told just now from those who follow it: it may be the first half of an accusation, and tell whom it accuses.
 * @returns its words
 */
async function hideJustTold(turn: Turn): Promise<string[]> {
  const words: string[] = [];
  for (const one of await ownCases(turn)) {
    const isJustTold = turn.now.getTime() - one.lastSpokenAt.getTime() <= ILLUSTRATION_MS;
    if (!isJustTold || one.sealed) continue;
    words.push(residentsWords(await threadOf(turn, one)));
    await endFollowing(turn, one);
  }
  return words;
}

/** What was said before and is in no case yet: greetings, and words whose writer was asked what they are. */
async function earlierWords(turn: Turn, said: readonly Said[]): Promise<Said[]> {
  const greetings = (await wordsBefore(turn)).filter((one) => !said.some(({ seq }) => seq === one.seq));
  const { question } = turn.conversation.dialog;
  if (question?.kind !== "which-act") return greetings;
  const heard = await waitingWords(turn, question.waiting);
  // What was misheard and is said again now: the recording stays with it, without the words that it has not.
  const waited = question.isHeard === true ? heard.map((one) => ({ ...one, text: "" })) : heard;
  endQuestion(turn, question);
  return [...greetings, ...waited].toSorted((a, b) => a.seq - b.seq);
}

/** Words that were said before the case was there end in it, beside those that are heard just now. */
function takeEarlier(turn: Turn, all: readonly Said[], current: Said | null, subject: CaseRecord): CaseRecord {
  const seqs = all.flatMap(({ seq }) => (seq === current?.seq ? [] : seq));
  if (seqs.length === 0) return subject;
  writeLater(turn, turn.tx.update(inbox).set({ caseId: subject.id }).where(inArray(inbox.seq, seqs)));
  return subject;
}
