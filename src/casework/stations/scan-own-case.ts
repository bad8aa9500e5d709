import { eq } from "drizzle-orm";
import { cases } from "../../../db/schema/cases.ts";
import { quote } from "../../domain/text/quote.ts";
import { stationWordingOf } from "../../domain/wording/stations.ts";
import { holderOf } from "../cases/describe.ts";
import { lockCase } from "../cases/load.ts";
import { isAtDesk } from "../cases/phone-tasks.ts";
import { record } from "../cases/record.ts";
import { tell } from "../outbox/tell.ts";
import { lockConversation } from "../turn/conversation.ts";
import type { Outcome } from "../turn/outcome.ts";
import type { Turn } from "../turn/turn.ts";
import { endCalls, moveTo } from "./contact.ts";
import { numberOfCode } from "./own-code.ts";

/**
 * Gives a case that was taken down at a desk into the chat of whoever scans its code, with what waits for them. It serves once: whose
 * case it is then is theirs alone. One answer for every code that is wrong, used or over.
 *
 * @param code without `k:`
 * @throws Error in a transaction that others share (see `mayBind`)
 */
export async function receiveOwnCode(turn: Turn, code: string): Promise<Outcome> {
  if (turn.isShared) throw new Error("a case is given into a chat in a transaction of its own");
  const wording = stationWordingOf(turn.conversation.locale);
  const number = numberOfCode(turn, code);
  const [found] = number === null ? [] : await turn.tx.select().from(cases).where(eq(cases.number, number));
  if (found === undefined || found.sealed || found.minor) return over(turn);
  if (found.conversationId !== turn.conversation.id) {
    await lockConversation(turn.tx, found.conversationId);
    const subject = await lockCase(turn, found.id);
    const isFree = subject.conversationId === found.conversationId && (await isAtDesk(turn.tx, found.conversationId));
    if (!isFree || subject.sealed || subject.minor) return over(turn);
    await moveTo(turn.tx, subject, turn.conversation.id);
    await endCalls(turn.tx, subject, turn.now);
    record(turn, subject, "contact_set", "resident", { way: "chat" });
    turn.cases?.unshift(subject);
  }
  const holder = await holderOf(turn, found);
  const words = wording.yours({ number: found.number, summary: quote(found.summary), holder });
  tell(turn, { kind: "receipt", subject: null, words, isAnswer: true });
  turn.toDeliver.add(turn.conversation.id);
  return { kind: "event" };
}

function over(turn: Turn): Outcome {
  tell(turn, { kind: "courtesy", subject: null, words: stationWordingOf(turn.conversation.locale).codeOver() });
  return { kind: "event" };
}
