import { emergencyTopics } from "../../domain/danger/emergency.ts";
import type { Inbound } from "../../domain/messages/message.ts";
import { tell } from "../outbox/tell.ts";
import { receiveText } from "../resident/receive-resident.ts";
import type { Outcome } from "../turn/outcome.ts";
import { type Turn, wordingFor } from "../turn/turn.ts";
import { type Arrived, said } from "./arrived.ts";

/** Before the name of an event that nobody knows yet: the platform sent it, and its person said nothing. */
const EVENT = "event:";
/** What somebody added to their words, or nodded with. */
const STICKER = "sticker";

/**
 * What was genuine and could not be read: it stays where people look for such, and its writer hears so, or, where a danger to
 * life can be told from what is left of the words, is helped as for any words.
 */
export async function receiveUnread(
  turn: Turn,
  arrived: Arrived,
  { sender, window }: Inbound,
  words: string,
): Promise<Outcome> {
  if (sender === "" || window === null) return { kind: "quarantine" };
  if (turn.conversation.deputyId === null && emergencyTopics(words).length > 0) {
    const { caseId } = await receiveText(turn, said(arrived, "text", words, null));
    return { kind: "quarantine", ...(caseId !== undefined && { caseId }) };
  }
  tell(turn, { kind: "courtesy", subject: null, words: wordingFor(turn).notUnderstoodWords() });
  return { kind: "quarantine" };
}

/** What nobody can read yet is answered, but for events, and for a sticker right behind something else of its person. */
export function receiveUnsupported(turn: Turn, arrived: Arrived, type: string): Outcome {
  const isSilent = type.startsWith(EVENT) || (type === STICKER && arrived.isRightBehind);
  if (!isSilent) tell(turn, { kind: "courtesy", subject: null, words: wordingFor(turn).notUnderstoodForm() });
  return { kind: "unsupported" };
}
