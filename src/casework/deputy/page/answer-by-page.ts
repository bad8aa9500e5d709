import type { CaseRecord } from "../../../../db/schema/cases.ts";
import type { PageAct } from "../../../domain/answer-page/limits.ts";
import type { How } from "../../../domain/case/claims.ts";
import { outcomeOf } from "../../../domain/dialog/closing.ts";
import { howSaid } from "../../../domain/dialog/unit/claim-answers.ts";
import { answerPageWordingOf } from "../../../domain/wording/answer-page/wording.ts";
import { unitOf } from "../../actions/close-case.ts";
import { record } from "../../cases/record.ts";
import { addToThread } from "../../cases/thread.ts";
import { clearQuestion } from "../../outbox/questions.ts";
import { withdrawHeld } from "../../topics/members.ts";
import type { Turn } from "../../turn/turn.ts";
import { answerDeputy } from "../answer.ts";
import { deputyOf, replyAsDeputy } from "../case-commands.ts";
import { closeWith } from "../claims/close.ts";
import { focusOn } from "../clear-case.ts";
import { photosCanLeave, tellPhotos } from "../pass-on.ts";

/** An answer of a deputy by their page: its words, what it does, and the `media` rows of its photos. */
export type PageAnswer = {
  readonly text: string;
  readonly act: PageAct;
  /** How the deputy knows that it is done; null where they were not asked. */
  readonly how: How | null;
  readonly photos: readonly string[];
};

/**
 * Answers or closes a case with what its deputy sends from their page, as words of this chat would; the photos go to the resident without
 * a question, for the page says so. The chat is told that it was done by the page.
 *
 * @returns whether it was done: false where a unit has the case and the deputy has not said how they know that it is solved
 */
export async function answerByPage(turn: Turn, subject: CaseRecord, answer: PageAnswer): Promise<boolean> {
  const { number } = subject;
  const { text, act, photos } = answer;
  const isClosing = act === "close";
  const outcome = outcomeOf(text);
  const how = outcome === "solved" ? (howSaid(text) ?? answer.how) : "unsaid";
  if (isClosing && how === null && (await unitOf(turn, subject)) !== null) return false;
  focusOn(turn, number);
  await withdrawHeld(turn, subject);
  const canLeave = photos.length > 0 && (await photosCanLeave(turn, subject));
  await keepPhotos(turn, subject, photos);
  if (isClosing) {
    clearQuestion(turn, number);
    await closeWith(turn, subject, { text, outcome, how: how ?? "unsaid" }, null);
  } else if (text !== "") await replyAsDeputy(turn, subject, text, null);
  if (canLeave) await tellPhotos(turn, subject, photos, text !== "");
  const told = { number, isClosing, photos: canLeave ? photos.length : 0, kept: canLeave ? 0 : photos.length };
  answerDeputy(turn, answerPageWordingOf(turn.conversation.locale).chat.answered(told));
  return true;
}

async function keepPhotos(turn: Turn, subject: CaseRecord, photos: readonly string[]): Promise<void> {
  if (photos.length === 0) return;
  const { by } = await deputyOf(turn);
  for (const mediaId of photos)
    addToThread(turn, subject, { direction: "in", party: "deputy", kind: "image", text: "", mediaId });
  record(turn, subject, "message_added", by, { kinds: photos.map(() => "image") });
}
