import { type History, type Sent, type StoredMessage, tokensIn, type Violation } from "./history.ts";

/** Where a message may end; anything else is a message that was lost (casework/hear.ts). */
const OUTCOMES = new Set([
  "case",
  "command",
  "answer",
  "courtesy",
  "refused",
  "spam",
  "event",
  "unsupported",
  "quarantine",
]);

/** Each webhook that was answered with success is one stored message; whatever was repeated is still one. */
export function everyAcceptedOnce(history: History): Violation[] {
  const rowsOf = Map.groupBy(history.stored, (row) => `${row.county} ${msgIdOf(row.dedupeKey)}`);
  const broken = (sent: Sent, text: string): Violation => ({
    invariant: "EVERY-ACCEPTED-ONCE",
    text,
    about: sent.token ?? sent.msgId,
  });
  const rows = history.sent.flatMap((sent) => {
    const found = rowsOf.get(`${sent.county} ${sent.msgId}`) ?? [];
    const [row] = found;
    if (found.length > 1) return [broken(sent, `one message is stored ${found.length} times`)];
    if (row === undefined) {
      return sent.answeredAt === null ? [] : [broken(sent, "answered with success, and not stored")];
    }
    if (row.openid !== sent.openid) return [broken(sent, "stored as another person's")];
    if (row.outcome === "case" && row.caseNumber === null) return [broken(sent, "said to be in a case, but in none")];
    return [];
  });
  return [...rows, ...wordsOnce(history, broken)];
}

/** The platform's own number of a message, at the end of the dedupe key. */
export function msgIdOf(dedupeKey: string): string {
  return dedupeKey.slice(dedupeKey.lastIndexOf("_") + 1);
}

/** Words that belong into a case stand in one case of their sender, or of the resident whom the deputy answers, once. */
function wordsOnce(history: History, broken: (sent: Sent, text: string) => Violation): Violation[] {
  const places = new Map<string, string[]>();
  for (const one of history.cases) {
    for (const word of one.words) {
      if (word.party !== "resident" && word.party !== "deputy") continue;
      for (const token of tokensIn(word.text)) {
        places.set(token, [...(places.get(token) ?? []), `${one.county} ${one.number} of ${one.openid}`]);
      }
    }
  }
  const outcomes = new Map(history.stored.map((row) => [`${row.county} ${msgIdOf(row.dedupeKey)}`, row]));
  return history.sent.flatMap((sent) => {
    if (sent.token === null) return [];
    const found = places.get(sent.token) ?? [];
    const row = outcomes.get(`${sent.county} ${sent.msgId}`);
    if (sent.isForMany) {
      const twice = found.find((place, index) => found.indexOf(place) !== index);
      return twice === undefined ? [] : [broken(sent, `its words stand twice in the case ${twice}`)];
    }
    if (found.length > 1) return [broken(sent, `its words stand in ${found.length} places: ${found.join("; ")}`)];
    if (row?.outcome === "case" && found.length === 0) return [broken(sent, "its words stand in no case")];
    const [place] = found;
    const people = sent.readers.map((openid) => `of ${openid}`);
    if (place !== undefined && !people.some((person) => place.endsWith(person))) {
      return [broken(sent, `its words stand in the case ${place}`)];
    }
    if (place !== undefined && !place.startsWith(`${sent.county} `)) {
      return [broken(sent, `its words stand in another county's case, ${place}`)];
    }
    return [];
  });
}

/** Every message ends in a known outcome; what waits has an owner, and nothing is still being sent. */
export function oneOutcome(history: History): Violation[] {
  const poison = new Set(history.poison);
  const sentBy = new Map(history.sent.map((sent) => [`${sent.county} ${sent.msgId}`, sent]));
  const about = (row: StoredMessage) =>
    sentBy.get(`${row.county} ${msgIdOf(row.dedupeKey)}`)?.token ?? msgIdOf(row.dedupeKey);
  const messages = history.stored.flatMap((row): Violation[] => {
    if (poison.has(row.dedupeKey)) return [];
    if (!row.isProcessed) return [{ invariant: "ONE-OUTCOME", text: "never heard", about: about(row) }];
    if (row.outcome !== null && OUTCOMES.has(row.outcome)) return [];
    return [{ invariant: "ONE-OUTCOME", text: `ended as ${row.outcome}: ${row.failure}`, about: about(row) }];
  });
  const outgoing = history.outgoing.flatMap((row): Violation[] => {
    const subject = tokensIn(row.text)[0] ?? row.caseNumber;
    if (row.state === "sending") {
      return [{ invariant: "ONE-OUTCOME", text: `outgoing ${row.seq} is still being sent`, about: subject }];
    }
    if (row.state !== "waiting") return [];
    if (row.awaitsContact && row.reason !== null) return [];
    return [{ invariant: "ONE-OUTCOME", text: `outgoing ${row.seq} waits: ${row.reason}`, about: subject }];
  });
  const owners = history.cases.flatMap((one): Violation[] => {
    const needsDeputy = ["assigned", "answered"].includes(one.state);
    if (!needsDeputy || one.deputy !== null) return [];
    return [{ invariant: "ONE-OUTCOME", text: `case ${one.number} is ${one.state}, at nobody`, about: one.number }];
  });
  return [...messages, ...outgoing, ...owners];
}

/** What breaks its handler is visible with its reason, and has not become anything else. */
export function noPoison(history: History): Violation[] {
  const rows = new Map(history.stored.map((row) => [row.dedupeKey, row]));
  return history.poison.flatMap((key): Violation[] => {
    const row = rows.get(key);
    const broken = (text: string): Violation[] => [{ invariant: "NO-POISON", text: `${key}: ${text}`, about: key }];
    if (row === undefined) return broken("the planted message is gone");
    if (row.failure === null) return broken("no reason is written down");
    if (row.outcome !== null && OUTCOMES.has(row.outcome)) return broken(`ended as ${row.outcome}`);
    return [];
  });
}
