import type { Answered } from "../client/call.ts";
import type { Words } from "../words/zh-CN.ts";

/** What is answered at once, as the API answers it. */
type Library = Answered<"GET /answer-library">;
/** An answer of the library. */
export type LibraryAnswer = Library["items"][number];

/** Says where an answer stands: whether it is given today, and if not, why. */
export function sayStanding(one: LibraryAnswer, today: string, { answers }: Words): string {
  const { standing } = answers;
  if (one.state !== "in-force") return standing[one.state];
  if (one.outSince !== null) return standing.out;
  if (one.validFrom > today) return standing.coming;
  return one.validUntil < today ? standing.over : standing["in-force"];
}

/** Whether an answer waits for somebody to review it: a draft, or one that residents refused too often. */
export function waitsForReview({ state, outSince }: LibraryAnswer): boolean {
  return state === "draft" || (state === "in-force" && outSince !== null);
}
