import type { CaseRecord } from "../../../db/schema/cases.ts";
import { dueOf } from "../../domain/calendar/due.ts";
import { mask } from "../../domain/text/mask.ts";
import { quote, quoteMasked } from "../../domain/text/quote.ts";
import type { Wording } from "../../domain/wording/sentences.ts";
import { closeForOffice, type OfficeResult } from "../actions/close-for-office.ts";
import { replyOn, setReplyClock } from "../cases/clocks.ts";
import { holderOf, noticeOf } from "../cases/describe.ts";
import { ledBy } from "../cases/led.ts";
import { record } from "../cases/record.ts";
import { confirmReport } from "../handovers/after-claims.ts";
import { clearQuestion } from "../outbox/questions.ts";
import { tellDeputy, tellResident } from "../outbox/tell.ts";
import type { Turn } from "../turn/turn.ts";
import { showClosing, wayOfPhoto } from "./closing-photo.ts";

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

/** The result of a case as the office says it, with a photo where there is one. */
export type OfficeClosing = OfficeResult & {
  /** What was done, cleaned of its metadata; `isTried` only to see who would be told. */
  readonly photo?: { readonly picture: Uint8Array; readonly isTried: boolean } | null;
};

/** Closes an open case for the office; its resident is asked for a verdict where something was done or explained. */
export async function closeAsOffice(turn: Turn, answerable: Answerable, closing: OfficeClosing): Promise<void> {
  const { subject } = answerable;
  const { outcome, claim, text, photo = null } = closing;
  const { number } = subject;
  clearQuestion(turn, number);
  const holder = await holderOf(turn, subject);
  for (const one of [subject, ...(await ledBy(turn, subject))]) {
    const way = photo === null ? null : await wayOfPhoto(turn, one, answerable.isSealed);
    const result = { outcome, claim, text, holder };
    await closeForOffice(turn, one, result, (wording) => (way === null ? null : wording.closingPhoto(way)));
    if (photo !== null && way !== null) await showClosing(turn, one, photo, way);
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

async function tellHolder(
  turn: Turn,
  { subject, isSealed }: Answerable,
  words: (wording: Wording) => string,
): Promise<void> {
  if (subject.deputyId === null || isSealed) return;
  await tellDeputy(turn, subject.deputyId, (wording) => ({ kind: "deputy-news", subject, words: words(wording) }));
}
