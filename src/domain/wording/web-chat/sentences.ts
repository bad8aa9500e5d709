import type { Due } from "../../calendar/due.ts";

/** The words of the web chat's page, in one language. */
export type WebChatWording = {
  readonly lang: "zh-CN" | "en";
  title(given: { readonly county: string }): string;
  /** What this page is for, to whoever sees it first. */
  intro(): string;
  /** What becomes of what is said here (PIPL art. 17). */
  privacy(given: { readonly county: string }): string;
  privacyTitle(): string;
  danger(): string;
  thread(): string;
  you(): string;
  station(): string;
  yourCases(): string;
  /** @param due null where no answer is due any more, or it is not known when */
  caseLine(given: { readonly number: string; readonly state: string; readonly due: Due | null }): string;
  nothingYet(): string;
  yourWords(): string;
  wordsHint(): string;
  addPhotos(given: { readonly most: number }): string;
  photo(): string;
  send(): string;
  sending(): string;
  sent(): string;
  ask(): string;
  place: {
    title(): string;
    byMap(): string;
    byPhone(): string;
    centre(): string;
    use(): string;
    close(): string;
    none(): string;
    chosen(): string;
    remove(): string;
    looking(): string;
    vague(given: { readonly metres: string }): string;
    unknown(): string;
    map(): string;
    /** Stands in the conversation for a place that was chosen. */
    label(): string;
  };
  larger(): string;
  smaller(): string;
  otherLanguage(): string;
  readAloud(): string;
  stopReading(): string;
  link: {
    title(): string;
    keep(): string;
    link(): string;
    code(): string;
    warning(): string;
    copy(): string;
    copied(): string;
    kept(): string;
    openTitle(): string;
    openHint(): string;
    pasteLink(): string;
    typeCode(): string;
    open(): string;
  };
  /** Going on on another platform. */
  elsewhere: {
    title(): string;
    what(): string;
    ask(): string;
    again(): string;
    /** Above the words that are said there. */
    say(): string;
    words(given: { readonly code: string }): string;
    warning(): string;
    picture(given: { readonly platform: string }): string;
    open(given: { readonly platform: string }): string;
  };
  refused: {
    wrongLink(): string;
    lockedLink(): string;
    empty(): string;
    tooLong(given: { readonly most: number }): string;
    tooLarge(given: { readonly megabytes: number }): string;
    tooManyPhotos(given: { readonly most: number }): string;
    noPhoto(): string;
    /** Beside a photo that was not taken. */
    wordsWent(): string;
    slowDown(): string;
    proving(): string;
    /** Newcomers are told another way for some minutes. @param phone null where the county has named none */
    elsewhere(given: { readonly phone: string | null }): string;
    pageUsed(): string;
    notStored(): string;
    elsewhereFrom(): string;
    notThere(): string;
  };
  noNetwork(): string;
  tryAgain(): string;
  backAgain(): string;
};
