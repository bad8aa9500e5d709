import type { Due } from "../calendar/due.ts";
import type { NoticeArticle } from "../case/notice.ts";
import type { MaskedQuote, Quoted } from "../text/quote.ts";
import type { Holder } from "./who-answers.ts";

/** The office of petitions of a county, as its people find it. */
export type PetitionOffice = {
  readonly name: string;
  readonly address: string;
  readonly phone: string;
  readonly hours: string;
};

/** What followed from a correction: another deputy, or the office, has the case, or its category changed. */
type Followed = {
  readonly number: string;
  readonly text: Quoted;
  readonly holder: Holder;
  readonly isMoved: boolean;
};

/**
 * The sentences that depend on who writes: children, who wants to stay unnamed, who goes the way of petitions, who corrects
 * themselves; `Question` is a question as a person sees it.
 */
export type WriterWording<Question> = {
  // to a child
  minorReceipt(a: { number: string; priority: boolean }): string;
  askSchool(a: { number: string }): Question;
  /** What a child reads as soon as they are known to be one, where they had a receipt before. */
  minorCare(a: { number: string }): string;
  /** A child's photo, film or voice was not fetched. */
  minorMedia(a: { number: string }): string;
  /** To the deputy of a case whose writer turned out to be a child. */
  residentIsMinor(a: { number: string }): string;
  // of a petition
  /** Beside the receipt; `office` is null where the county has not set it. */
  petitionRoute(a: { office: PetitionOffice | null; noticeBy: Due }): string;
  /** The notice itself, as text: to whom it belongs. */
  petitionNotice(a: {
    number: string;
    notice: string;
    organ: string;
    article: NoticeArticle;
    text: Quoted | null;
    on: string;
  }): string;
  // to who wants to stay unnamed
  /** What is kept from whom; `readBy` are those who may have read the words before, by name, empty where nobody has. */
  unnamedKept(a: { number: string; readBy: readonly string[]; isMasked: boolean }): string;
  /** A photo of such a case stays with the office. */
  unnamedMedia(a: { number: string }): string;
  // of a correction
  corrected(a: Followed): string;
  /** They say that something is wrong, and not yet what is right. */
  askRight(a: { number: string }): string;
  /** The case was answered or closed on the words as they were: shall it be looked at again? */
  correctedLate(a: { number: string; text: Quoted; holder: Holder; isClosed: boolean }): Question;
  correctedStays(a: { number: string }): string;
  lookAgainTaken(a: { number: string; holder: Holder }): string;
  residentCorrected(a: { number: string; text: MaskedQuote }): string;
  /** To the deputy who had the case: it went elsewhere by what its resident corrected. */
  movedByCorrection(a: { number: string; holder: Holder }): string;
  residentAsksAgain(a: { number: string }): string;
};
