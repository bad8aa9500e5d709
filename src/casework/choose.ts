import { inArray } from "drizzle-orm";
import { inbox } from "../../db/schema/conversations.ts";
import type { OpenQuestion } from "../domain/dialog.ts";
import { obeyFor } from "./commands.ts";
import { joinCase } from "./follow.ts";
import type { Outcome } from "./hear.ts";
import { readPayload } from "./inbox.ts";
import type { Said } from "./open.ts";
import { answerWhere, clearQuestion } from "./place.ts";
import { rate } from "./rate.ts";
import { addToThread, ownCases, type Sitting, wordingFor } from "./sitting.ts";
import { tell } from "./tell.ts";

/** A resident's answer to the open question, by the index of its choice. */
export async function answerChoice(sitting: Sitting, said: Said, index: number): Promise<Outcome> {
  const { question } = sitting.conversation.dialog;
  const mine = await ownCases(sitting);
  switch (question?.kind) {
    case "where": {
      const subject = mine.find((one) => one.number === question.case && one.closedAt === null);
      if (subject === undefined) break;
      addToThread(sitting, subject, { direction: "in", party: "resident", ...said });
      await answerWhere(sitting, subject, question, { choice: index });
      return { kind: "answer", caseId: subject.id };
    }
    case "rating": {
      const subject = mine.find((one) => one.number === question.case && one.state === "closed");
      if (subject === undefined) break;
      return rate(sitting, subject, said, index === 0);
    }
    case "which-case": {
      const subject = mine.find((one) => one.number === question.cases[index]);
      if (subject === undefined) break;
      clearQuestion(sitting);
      if (question.about !== "follow-up") return obeyFor(sitting, question.about, subject);
      await joinCase(sitting, subject, await waitingWords(sitting, question), { quietly: false });
      return { kind: "case", caseId: subject.id };
    }
    default:
      break;
  }
  clearQuestion(sitting);
  tell(sitting, { kind: "courtesy", subject: null, words: wordingFor(sitting).noSuchChoice() });
  return { kind: "answer" };
}

/** The follow-up that waited for the answer, as it was said. */
export async function waitingWords(
  sitting: Sitting,
  question: Extract<OpenQuestion, { kind: "which-case" }>,
): Promise<Said[]> {
  if (question.waiting.length === 0) return [];
  const rows = await sitting.tx
    .select()
    .from(inbox)
    .where(
      inArray(
        inbox.seq,
        question.waiting.map((one) => one.seq),
      ),
    );
  return question.waiting.flatMap(({ seq, kind, mediaId }) => {
    const row = rows.find((one) => one.seq === seq);
    if (row === undefined) return [];
    const { content } = readPayload(sitting.house.vault, row);
    const text = content.kind === "text" ? content.text : content.kind === "media" ? (content.transcript ?? "") : "";
    return [{ seq, at: row.receivedAt, kind: kind as Said["kind"], text, mediaId }];
  });
}
