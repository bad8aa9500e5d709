import type { CaseRecord } from "../../../../db/schema/cases.ts";
import { LINK_HOURS } from "../../../domain/answer-page/limits.ts";
import { answerPageWordingOf } from "../../../domain/wording/answer-page/wording.ts";
import { makeAnswerLink } from "../../answer-links/make-link.ts";
import { tell } from "../../outbox/tell.ts";
import type { Turn } from "../../turn/turn.ts";

/**
 * Sends a deputy the one-time link to a page of their case, into the chat that asked, which is bound to them. It stands in no thread, and
 * is erased with the case.
 */
export async function askPage(turn: Turn, subject: CaseRecord): Promise<void> {
  const { conversation, account } = turn;
  const { deputyId } = conversation;
  if (deputyId === null) throw new Error("only a bound deputy can do this");
  const { number } = subject;
  const address = await makeAnswerLink(turn, subject, { deputyId, conversationId: conversation.id, account });
  const { chat } = answerPageWordingOf(conversation.locale);
  const words = address === null ? chat.noLink({ number }) : chat.link({ number, address, hours: LINK_HOURS });
  tell(turn, { kind: "deputy-answer", subject: null, aboutCase: subject.id, words });
}
