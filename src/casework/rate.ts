import { reopen } from "./follow.ts";
import type { Outcome } from "./hear.ts";
import type { Said } from "./open.ts";
import { clearQuestion } from "./place.ts";
import { addToThread, type CaseRecord, ownCases, record, type Sitting, wordingFor } from "./sitting.ts";
import { tell, tellDeputy } from "./tell.ts";

/** What is kept as a rating, on the customary scale of five. */
const SATISFIED = 5;
const UNSATISFIED = 1;

/** A closed case may be rated for so long by a mere word. */
const RATING_MS = 30 * 86_400_000;

/** A word of (dis)satisfaction rates the case that was asked about, or the last one closed; null when there is none. */
export async function rateByWords(
  sitting: Sitting,
  said: Said,
  satisfied: boolean,
  comment: string,
): Promise<Outcome | null> {
  const subject = await rateable(sitting);
  if (subject === null) return null;
  return rate(sitting, subject, said, satisfied, comment);
}

/** Takes a resident's verdict; "not satisfied" opens the case again at the same deputy. */
export async function rate(
  sitting: Sitting,
  subject: CaseRecord,
  said: Said,
  satisfied: boolean,
  comment = "",
): Promise<Outcome> {
  clearQuestion(sitting);
  const rating = satisfied ? SATISFIED : UNSATISFIED;
  record(sitting, subject, "rated", "resident", { rating }, { rating });
  addToThread(sitting, subject, { direction: "in", party: "resident", ...said, kind: "rating" });
  if (!satisfied) {
    await reopen(sitting, subject, comment === "" ? [] : [{ ...said, text: comment }]);
    return { kind: "case", caseId: subject.id };
  }
  if (subject.deputyId !== null) {
    await tellDeputy(sitting, subject.deputyId, (wording) => ({
      kind: "deputy-news",
      subject,
      words: wording.residentRated({ number: subject.number, satisfied }),
    }));
  }
  tell(sitting, { kind: "courtesy", subject, words: wordingFor(sitting).ratingNoted({ number: subject.number }) });
  return { kind: "case", caseId: subject.id };
}

async function rateable(sitting: Sitting): Promise<CaseRecord | null> {
  const mine = await ownCases(sitting);
  const { question } = sitting.conversation.dialog;
  if (question?.kind === "rating") {
    const asked = mine.find((one) => one.number === question.case && one.state === "closed");
    if (asked !== undefined) return asked;
  }
  const unrated = mine.filter(
    (one) =>
      one.state === "closed" &&
      one.rating === null &&
      one.outcome !== "withdrawn" &&
      one.closedAt !== null &&
      sitting.now.getTime() - one.closedAt.getTime() <= RATING_MS,
  );
  return unrated.length === 1 ? (unrated[0] ?? null) : null;
}
