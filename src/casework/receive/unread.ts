import type { Inbound } from "../../domain/messages/message.ts";
import { hideCodes } from "../deputy/typed-codes.ts";
import { tell } from "../outbox/tell.ts";
import { receiveText } from "../resident/receive-resident.ts";
import { dangersIn } from "../resident/understand.ts";
import type { Outcome } from "../turn/outcome.ts";
import { type Turn, wordingFor } from "../turn/turn.ts";
import { type Arrived, said } from "./arrived.ts";

/** Before the name of an event that nobody knows yet: the platform sent it, and its person said nothing. */
const EVENT = "event:";
/** What somebody added to their words, or nodded with. */
const STICKER = "sticker";

/**
 * Receives a genuine message that could not be parsed: it is kept for operators and its writer is told so, or, where
 * the rest of its words tells of a danger to life, is helped as for any words.
 */
export async function receiveUnread(
  turn: Turn,
  arrived: Arrived,
  { sender, isContact }: Inbound,
  words: string,
): Promise<Outcome> {
  if (sender === "" || !isContact) return { kind: "quarantine" };
  if (turn.conversation.deputyId === null && dangersIn(turn, words).length > 0) {
    const { caseId } = await receiveText(turn, await hideCodes(turn, said(arrived, "text", words, null)));
    return { kind: "quarantine", ...(caseId !== undefined && { caseId }) };
  }
  tell(turn, { kind: "courtesy", subject: null, words: wordingFor(turn).notUnderstoodWords() });
  return { kind: "quarantine" };
}

/**
 * Answers a message of a kind that cannot be read yet; events are not answered, nor is a sticker right after another
 * message of its person.
 */
export function receiveUnsupported(turn: Turn, arrived: Arrived, type: string): Outcome {
  const isSilent = type.startsWith(EVENT) || (type === STICKER && arrived.isRightBehind);
  if (!isSilent) tell(turn, { kind: "courtesy", subject: null, words: wordingFor(turn).notUnderstoodForm() });
  return { kind: "unsupported" };
}
