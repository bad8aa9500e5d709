import { answerTo } from "../domain/answers.ts";
import { mask } from "../domain/privacy.ts";
import { reopen } from "./follow.ts";
import type { Outcome } from "./hear.ts";
import type { Said } from "./open.ts";
import { clearQuestion } from "./question.ts";
import { addToThread, type CaseRecord, ownCases, record, type Sitting, wordingFor } from "./sitting.ts";
import { tell, tellDeputy } from "./tell.ts";
import { askWhichCase, waits } from "./which-case.ts";

/** What is kept as a rating, on the customary scale of five. */
const SATISFIED = 5;
const UNSATISFIED = 1;

/** A closed case may be rated for so long by a mere word. */
const RATING_MS = 30 * 86_400_000;

/** A word of (dis)satisfaction rates the case that was asked about, or the only one closed lately; null when there is none. */
export async function rateByWords(
  sitting: Sitting,
  said: Said,
  satisfied: boolean,
  comment: string,
): Promise<Outcome | null> {
  const [subject, second, ...others] = await rateable(sitting);
  if (subject === undefined) return null;
  if (second === undefined) return rate(sitting, subject, said, satisfied, comment);
  await askWhichCase(sitting, "rate", [subject, second, ...others], [waits(said)]);
  return { kind: "answer" };
}

/** The verdict that waited until it was clear which case is meant. */
export async function rateAsSaid(sitting: Sitting, subject: CaseRecord, waited: readonly Said[]): Promise<void> {
  const [said] = waited;
  if (said === undefined || subject.state !== "closed") return;
  const asked = { kind: "rating" as const, case: subject.number, at: sitting.now.toISOString() };
  const verdict = answerTo(said.text, asked, sitting.now);
  if (verdict?.kind === "rating") await rate(sitting, subject, said, verdict.satisfied, verdict.comment);
}

/** Takes a resident's verdict; "not satisfied" opens the case again at the same deputy. */
export async function rate(
  sitting: Sitting,
  subject: CaseRecord,
  said: Said,
  satisfied: boolean,
  comment = "",
): Promise<Outcome> {
  const { number } = subject;
  clearQuestion(sitting, number);
  const rating = satisfied ? SATISFIED : UNSATISFIED;
  record(sitting, subject, "rated", "resident", { rating }, { rating });
  addToThread(sitting, subject, { direction: "in", party: "resident", ...said, kind: "rating" });
  if (!satisfied) {
    await reopen(sitting, subject, comment === "" ? [] : [{ ...said, text: comment }]);
    return { kind: "case", caseId: subject.id };
  }
  if (subject.deputyId !== null && !subject.sealed) {
    await tellDeputy(sitting, subject.deputyId, (wording) => ({
      kind: "deputy-news",
      subject,
      words: [
        wording.residentRated({ number, satisfied }),
        ...(comment === "" ? [] : [wording.residentAdded({ number, text: mask(comment) })]),
      ].join("\n"),
    }));
  }
  tell(sitting, { kind: "courtesy", subject, words: wordingFor(sitting).ratingNoted({ number }) });
  return { kind: "case", caseId: subject.id };
}

async function rateable(sitting: Sitting): Promise<CaseRecord[]> {
  const mine = await ownCases(sitting);
  const { question } = sitting.conversation.dialog;
  if (question?.kind === "rating") {
    const asked = mine.find((one) => one.number === question.case && one.state === "closed");
    if (asked !== undefined) return [asked];
  }
  return mine.filter(
    (one) =>
      one.state === "closed" &&
      one.rating === null &&
      one.deputyId !== null &&
      one.outcome !== "withdrawn" &&
      one.closedAt !== null &&
      sitting.now.getTime() - one.closedAt.getTime() <= RATING_MS,
  );
}
