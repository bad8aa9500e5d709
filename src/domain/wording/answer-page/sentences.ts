import type { Standing } from "../../answer-page/standing.ts";
import type { Due } from "../../calendar/due.ts";
import type { How } from "../../case/claims.ts";

/** The words of a deputy's one-time page, and what their chat is told of it, in one language. */
export type AnswerPageWording = {
  readonly lang: "zh-CN" | "en";
  title(given: { readonly county: string }): string;
  /** To whoever comes by the link: nothing is opened by looking. */
  intro(): string;
  open(): string;
  pasteHint(): string;
  pasteLink(): string;
  larger(): string;
  smaller(): string;
  otherLanguage(): string;
  caseTitle(given: { readonly number: string }): string;
  private(): string;
  due(given: { readonly due: Due; readonly isLate: boolean }): string;
  place(given: { readonly place: string }): string;
  thread(): string;
  resident(): string;
  deputy(): string;
  photo(): string;
  recording(): string;
  file(): string;
  filesWithheld(): string;
  act(): string;
  reply(): string;
  close(): string;
  how(): string;
  hows: Readonly<Record<Exclude<How, "unsaid" | "photo">, string>>;
  yourWords(): string;
  wordsHint(given: { readonly most: number }): string;
  addPhotos(given: { readonly most: number }): string;
  photosHint(): string;
  send(): string;
  sending(): string;
  tryAgain(): string;
  noNetwork(): string;
  sentTitle(): string;
  sentHint(given: { readonly number: string; readonly isClosing: boolean }): string;
  refused: {
    notThere(): string;
    elsewhereFrom(): string;
    wrongLink(): string;
    otherDevice(): string;
    standing(given: { readonly standing: Exclude<Standing, "open"> }): string;
    empty(): string;
    noAct(): string;
    noHow(): string;
    tooLong(given: { readonly most: number }): string;
    tooLarge(given: { readonly megabytes: number }): string;
    tooManyPhotos(given: { readonly most: number }): string;
    noPhoto(): string;
    notStored(): string;
  };
  chat: {
    /** The link, for the chat that asked for it. */
    link(given: { readonly number: string; readonly address: string; readonly hours: number }): string;
    /** The service does not know its own address. */
    noLink(given: { readonly number: string }): string;
    answered(given: {
      readonly number: string;
      readonly isClosing: boolean;
      readonly photos: number;
      readonly kept: number;
    }): string;
    /** Another device wanted to open the link. */
    otherDevice(given: { readonly number: string }): string;
  };
};
