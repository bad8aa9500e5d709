import type { CaseRecord } from "../../../db/schema/cases.ts";
import { dueOf } from "../../domain/calendar/due.ts";
import type { CaseOutcome } from "../../domain/case/case.ts";
import { mask } from "../../domain/text/mask.ts";
import { quote, quoteMasked } from "../../domain/text/quote.ts";
import { boundWordingOf } from "../../domain/wording/bound.ts";
import type { Wording } from "../../domain/wording/sentences.ts";
import type { Locale } from "../../domain/wording/wording.ts";
import { replyOn, setConfirmClock, setReplyClock } from "../cases/clocks.ts";
import { holderOf, noticeOf } from "../cases/describe.ts";
import { clockFrom } from "../cases/due-day.ts";
import { ledBy } from "../cases/led.ts";
import { record } from "../cases/record.ts";
import { confirmReport, endWithCase } from "../handovers/after-claims.ts";
import { clearQuestion } from "../outbox/questions.ts";
import { tellDeputy, tellResident } from "../outbox/tell.ts";
import type { Turn } from "../turn/turn.ts";
import { showClosing, type WayOfPhoto, wayOfPhoto } from "./closing-photo.ts";

/** A case to be answered; `isSealed` also where it may be part of an accusation, so that no deputy hears of it. */
export type Answerable = { readonly subject: CaseRecord; readonly isSealed: boolean };

/** Answers the resident of an open case, and those of the cases that go with it, for the office; its deputy reads the same, where it counts as sealed nobody does. */
export async function answerAsOffice(turn: Turn, answerable: Answerable, text: string): Promise<void> {
  const { subject } = answerable;
  const { number } = subject;
  const holder = await holderOf(turn, subject);
  for (const one of [subject, ...(await ledBy(turn, subject))]) {
    record(turn, one, "replied", "office", {});
    await tellResident(turn, one, (wording) => ({
      kind: "reply",
      words: wording.officeReply({ number: one.number, text: quote(text) }),
      threadText: text,
      party: "office",
      isAnswer: true,
      notice: noticeOf(one, holder),
    }));
  }
  await tellHolder(turn, answerable, (wording) => wording.officeAnswered({ number, text: quoteMasked(mask(text)) }));
}

/** The result of a case as the office says it: `claim` is on whose word it is solved, `text` what its resident reads. */
export type OfficeClosing = {
  readonly outcome: CaseOutcome;
  readonly claim: "unit" | "deputy" | "resident" | null;
  readonly text: string | null;
  /** What was done, cleaned of its metadata; `isTried` only to see who would be told. */
  readonly photo?: { readonly picture: Uint8Array; readonly isTried: boolean } | null;
};

/** Closes an open case for the office; its resident is asked for a verdict where something was done or explained. */
export async function closeAsOffice(turn: Turn, answerable: Answerable, closing: OfficeClosing): Promise<void> {
  const { subject } = answerable;
  const { outcome, claim, text } = closing;
  const { number } = subject;
  clearQuestion(turn, number);
  const details = { outcome, ...(claim === null ? {} : { claim }) };
  const holder = await holderOf(turn, subject);
  for (const one of [subject, ...(await ledBy(turn, subject))]) {
    const isAsked = outcome === "solved" && claim !== "resident" && !one.minor;
    const confirm = isAsked ? clockFrom(turn, "confirm", one) : null;
    const verdictUntil = confirm?.dueOn ?? null;
    record(turn, one, "closed", "office", details, { outcome, closedAt: turn.now, verdictUntil });
    if (confirm !== null) setConfirmClock(turn, one, confirm);
    await endWithCase(turn, one, { isSolved: outcome === "solved", by: "office" });
    const way = closing.photo == null ? null : await wayOfPhoto(turn, one, answerable.isSealed);
    await tellResident(turn, one, (wording, locale) => ({
      kind: "closure",
      words: wordsOfClosing({ wording, locale }, one, closing, way),
      threadText: text ?? "",
      party: "office",
      isAnswer: true,
      notice: noticeOf(one, holder),
    }));
    if (closing.photo != null && way !== null) await showClosing(turn, one, closing.photo, way);
  }
  if (claim === "deputy" || claim === "resident") await confirmReport(turn, subject, { who: claim, by: "office" });
  await tellHolder(turn, answerable, (wording) => wording.officeClosed({ number }));
}

/** Sets another day by which the residents of an open case and of those that go with it hear, and tells them why. */
export async function moveDueDay(turn: Turn, answerable: Answerable, dueOn: string, reason: string): Promise<void> {
  const { subject } = answerable;
  const { number } = subject;
  for (const one of [subject, ...(await ledBy(turn, subject))]) {
    record(turn, one, "due_changed", "office", { dueOn }, { dueOn, dueWithin: null });
    setReplyClock(turn, one, replyOn(turn, dueOn));
    await tellResident(turn, one, (wording) => ({
      kind: "receipt",
      words: wording.dueMoved({ number: one.number, dueOn: dueOf(one), text: quote(reason) }),
      threadText: reason,
      party: "office",
      isAnswer: true,
    }));
  }
  await tellHolder(turn, answerable, (wording) => wording.officeMovedDue({ number, dueOn: dueOf(subject) }));
}

function wordsOfClosing(
  { wording, locale }: { readonly wording: Wording; readonly locale: Locale },
  { number, minor }: CaseRecord,
  { outcome, claim, text }: OfficeClosing,
  photo: WayOfPhoto | null,
) {
  const bound = boundWordingOf(locale);
  const quoted = text === null ? null : quote(text);
  const closed =
    outcome === "solved" && claim !== null
      ? bound.officeSolved({ number, claim, text: quoted })
      : wording.officeClosure({ number, outcome, text: quoted });
  const said = photo === null ? closed : `${closed}\n${wording.closingPhoto(photo)}`;
  if (outcome === "duplicate" || outcome === "withdrawn" || minor) return said;
  const question = outcome === "solved" ? bound.isItFixed({ number }) : wording.askRating({ number });
  return { ...question, text: `${said}\n${question.text}` };
}

async function tellHolder(
  turn: Turn,
  { subject, isSealed }: Answerable,
  words: (wording: Wording) => string,
): Promise<void> {
  if (subject.deputyId === null || isSealed) return;
  await tellDeputy(turn, subject.deputyId, (wording) => ({ kind: "deputy-news", subject, words: words(wording) }));
}
