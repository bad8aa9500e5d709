import type { MaskedQuote } from "../../text/quote.ts";

/** A case as the worker of its grid may see it: masked, and never whose it is. */
export type GridMatter = {
  readonly number: string;
  readonly place: string;
  readonly text: MaskedQuote;
  /** The one who has it; null for the office. */
  readonly deputy: string | null;
};

/** The sentences to grid workers, and to deputies about what they say. */
export type GridWording = {
  boundAs(a: { grid: string; open: number }): string;
  help(a: { grid: string }): string;
  /** `more` are those that are not listed. */
  list(a: { grid: string; matters: readonly GridMatter[]; more: number }): string;
  matter(a: GridMatter): string;
  notHere(a: { typed: string }): string;
  /** A note without words; nothing was noted. */
  missingWords(a: { number: string }): string;
  /** Nothing is told to the resident by a grid worker's word. */
  noted(a: { number: string; isWithDeputy: boolean }): string;
  photoTaken(a: { number: string; isWithDeputy: boolean }): string;
  /** A deputy asks them to look; `reason` are the deputy's words, null where there are none. */
  asked(a: GridMatter & { reason: MaskedQuote | null }): string;
  // to a deputy
  /** What was seen, as the grid worker says; it is said to nobody else. */
  seen(a: { number: string; grid: string; text: MaskedQuote }): string;
  shows(a: { number: string; grid: string }): string;
  askTaken(a: { number: string; grid: string }): string;
  /** Nobody of the grid can be asked in chat; `grid` is null where the case lies in none. */
  askNobody(a: { number: string; grid: string | null }): string;
  /** A case that no grid worker gets; it is never said why: that may be a secret. */
  askStays(a: { number: string }): string;
};
