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

/** What two messages of one person cause for another one is written, and arrives, in their order. */
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
      const tokens = messages.flatMap(({ sent }) => (sent.token === null ? [] : [sent.token]));
      const certain = tokens.filter((token) => !uncertain.has(`${phone} ${token}`));
      return [
        ...falls(tokens, (token) => written.get(`${phone} ${token}`), `is written for ${phone}`),
        ...falls(certain, (token) => arrived.get(`${phone} ${token}`), `arrives on ${phone}`),
      ];
    });
  });
}

/** Violations wherever the position of a token is before that of one that came earlier. */
function falls(
  tokens: readonly string[],
  positionOf: (token: string) => number | undefined,
  what: string,
): Violation[] {
  let highest: { token: string; position: number } | null = null;
  const violations: Violation[] = [];
  for (const token of tokens) {
    const position = positionOf(token);
    if (position === undefined) continue;
    if (highest !== null && position < highest.position) {
      violations.push({
        invariant: "ORDER",
        text: `${what} before ${highest.token}, which came earlier`,
        about: token,
      });
    } else highest = { token, position };
  }
  return violations;
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
