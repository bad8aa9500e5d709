import type { Act } from "./meaning.ts";

/** The price of a question: what costs more than this in expectation is asked. */
export const QUESTION_COST = 1;

/** Acts by which something new is opened. */
export const OPENS: readonly Act[] = ["matter", "inquiry", "suggestion", "petition"];
/** Acts that speak of a case that is there, or was. */
export const REFERS: readonly Act[] = [
  "adds",
  "denies-fixed",
  "confirms-fixed",
  "status",
  "urge",
  "withdraw",
  "relocate",
  "corrects-text",
  "why",
];
/** Acts that only show something. */
const SHOWS: readonly Act[] = ["status", "service-question", "why", "my-data"];
/** Acts with which words reach whoever has the case. */
export const JOINS: readonly Act[] = ["adds", "urge", "denies-fixed", "corrects-text", "relocate"];

const LIE = 10;
const LOST = 16;

/**
 * The cost of doing one thing although another was meant, in questions: 0 where that is as good.
 *
 * A lie or a loss costs most, a needless case little, something shown in vain least.
 */
export function costOf(done: Act, meant: Act): number {
  if (done === meant || (OPENS.includes(done) && OPENS.includes(meant))) return 0;
  switch (done) {
    case "confirms-fixed":
      if (meant === "thanks") return 1.5;
      return meant === "denies-fixed" ? 10 * LIE : LIE;
    case "withdraw":
      return meant === "confirms-fixed" ? 3 : 2 * LIE;
    case "denies-fixed":
      if (meant === "confirms-fixed" || meant === "thanks") return 6;
      return JOINS.includes(meant) || meant === "status" ? 1 : 2.5;
    case "thanks":
      if (meant === "confirms-fixed") return 1;
      return meant === "greeting" ? 1.5 : LOST;
    case "spam":
    case "delete-my-data":
      return LOST;
    case "identity-claim":
      return LIE;
    case "greeting":
      if (meant === "thanks" || meant === "spam" || meant === "service-question") return 1;
      return 5;
    case "matter":
    case "inquiry":
    case "suggestion":
    case "petition":
      if (meant === "withdraw" || meant === "delete-my-data") return 4;
      return REFERS.includes(meant) ? 2.5 : 2;
    case "adds":
    case "corrects-text":
      if (meant === "withdraw" || meant === "confirms-fixed") return 3;
      return JOINS.includes(meant) ? 0.5 : 2.5;
    case "urge":
    case "relocate":
      return JOINS.includes(meant) ? 1.5 : 2.5;
    default:
      if (OPENS.includes(meant)) return 5;
      return SHOWS.includes(meant) ? 1.5 : 2;
  }
}
