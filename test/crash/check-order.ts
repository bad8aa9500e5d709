import { msgIdOf } from "./check-messages.ts";
import { type History, phoneKey, type Sent, tokensIn, type Violation } from "./history.ts";

type Placed = { readonly sent: Sent; readonly seq: number };

/** Within a conversation, messages take effect and leave in the order in which they came. */
export function inOrder(history: History): Violation[] {
  const conversations = messagesBySender(history);
  return [...asTheyCame(conversations), ...asTheyTookEffect(history, conversations)];
}

/** What each person sent and the service stored, in the order of the inbox. */
function messagesBySender(history: History): readonly (readonly Placed[])[] {
  const seqOf = new Map(history.stored.map((row) => [`${row.county} ${msgIdOf(row.dedupeKey)}`, row.seq]));
  const placed = history.sent.flatMap((sent): Placed[] => {
    const seq = seqOf.get(`${sent.county} ${sent.msgId}`);
    return seq === undefined ? [] : [{ sent, seq }];
  });
  const bySender = Map.groupBy(placed, ({ sent }) => phoneKey(sent.county, sent.openid));
  return [...bySender.values()].map((messages) => messages.toSorted((a, b) => a.seq - b.seq));
}

/** A message that was answered with success before another was sent is stored before it. */
function asTheyCame(conversations: readonly (readonly Placed[])[]): Violation[] {
  return conversations.flatMap((messages) => {
    let latest: Placed | null = null;
    const violations: Violation[] = [];
    for (const message of messages) {
      if (latest !== null && message.sent.answeredAt !== null && message.sent.answeredAt < latest.sent.sentAt) {
        const text = `came before ${latest.sent.token ?? latest.sent.msgId}, and is stored after it`;
        violations.push({ invariant: "ORDER", text, about: message.sent.token ?? message.sent.msgId });
      }
      if (latest === null || message.sent.sentAt > latest.sent.sentAt) latest = message;
    }
    return violations;
  });
}

/** What two messages of one person cause for another one is written, and arrives, in the order in which they came. */
function asTheyTookEffect(history: History, conversations: readonly (readonly Placed[])[]): Violation[] {
  const written = firstWritten(history);
  const arrived = firstArrived(history);
  const uncertain = uncertainTokens(history);
  return conversations.flatMap((messages) => {
    const [first] = messages;
    if (first === undefined) return [];
    const others = new Set(messages.flatMap(({ sent }) => sent.readers.filter((openid) => openid !== sent.openid)));
    return [...others].flatMap((openid) => {
      const phone = phoneKey(first.sent.county, openid);
      const positioned = (positions: ReadonlyMap<string, number>): Positioned[] =>
        messages.flatMap(({ sent }) => {
          const position = positions.get(`${phone} ${sent.token}`);
          return position === undefined ? [] : [{ sent, position }];
        });
      const certain = positioned(arrived).filter(({ sent }) => !uncertain.has(`${phone} ${sent.token}`));
      return [...falls(positioned(written), `is written for ${phone}`), ...falls(certain, `arrives on ${phone}`)];
    });
  });
}

type Positioned = { readonly sent: Sent; readonly position: number };

/**
 * Violations wherever something is before what came earlier: what was answered with success before it was sent at all. Of
 * two messages that were on their way at the same time, neither is earlier.
 */
function falls(messages: readonly Positioned[], what: string): Violation[] {
  return messages.flatMap(({ sent, position }) => {
    const overtaken = messages.find(
      (one) => one.position > position && one.sent.answeredAt !== null && one.sent.answeredAt < sent.sentAt,
    );
    if (overtaken === undefined) return [];
    const text = `${what} before ${overtaken.sent.token}, which came earlier`;
    return [{ invariant: "ORDER", text, about: sent.token ?? sent.msgId }];
  });
}

function firstWritten(history: History): Map<string, number> {
  const found = new Map<string, number>();
  for (const row of history.outgoing.toSorted((a, b) => a.seq - b.seq)) {
    if (row.openid === null) continue;
    for (const token of tokensIn(row.text)) note(found, `${phoneKey(row.county, row.openid)} ${token}`, row.seq);
  }
  return found;
}

/** What arrives in one message arrives together: how a case is summed up is no order of leaving. */
function firstArrived(history: History): Map<string, number> {
  const found = new Map<string, number>();
  for (const [position, arrival] of history.arrivals.entries()) {
    for (const token of tokensIn(arrival.text)) {
      note(found, `${phoneKey(arrival.county, arrival.openid)} ${token}`, position);
    }
  }
  return found;
}

/** What may never have arrived first, and stands later in a history of the case: its order says nothing. */
function uncertainTokens(history: History): Set<string> {
  const lost = history.outgoing.filter((row) => row.state === "uncertain" || row.state === "failed");
  return new Set(
    lost.flatMap((row) =>
      row.openid === null
        ? []
        : tokensIn(row.text).map((token) => `${phoneKey(row.county, row.openid ?? "")} ${token}`),
    ),
  );
}

function note(found: Map<string, number>, key: string, position: number): void {
  if (!found.has(key)) found.set(key, position);
}
