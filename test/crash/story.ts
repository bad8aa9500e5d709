import { msgIdOf } from "./check-messages.ts";
import { type History, tokensIn } from "./history.ts";

type Line = { readonly at: number; readonly text: string };

const LONGEST = 160;

/**
 * All that is known about one message, in the order of the run's clock; what only the database knows stands at the end.
 * @param about the token, the message id or the case number
 */
export function storyOf(history: History, about: string): string[] {
  const message = history.sent.find((sent) => sent.token === about || sent.msgId === about);
  const events: Line[] = [];
  if (message !== undefined) {
    const who = `${message.county}/${message.openid}`;
    events.push({ at: message.sentAt, text: `${who} sends ${message.msgId}: ${shortened(message.text)}` });
    if (message.answeredAt !== null) {
      events.push({ at: message.answeredAt, text: `the platform has its success, after ${message.tries} tries` });
    }
  }
  for (const { at, county, openid, text } of history.arrivals) {
    if (text.includes(about)) events.push({ at, text: `arrives on ${county}/${openid}: ${around(text, about)}` });
  }
  const [first, last] = [Math.min(...events.map(({ at }) => at)), Math.max(...events.map(({ at }) => at))];
  for (const fault of history.faults) {
    if (fault.until >= first - 2000 && fault.at <= last) {
      events.push({ at: fault.at, text: `fault: ${fault.kind} ${fault.target}, until ${seconds(fault.until)}` });
    }
  }
  events.sort((a, b) => a.at - b.at);
  return [...events.map(({ at, text }) => `${seconds(at)}  ${text}`), ...inDatabase(history, about, message?.msgId)];
}

function inDatabase(history: History, about: string, msgId: string | undefined): string[] {
  const stored = history.stored
    .filter((row) => row.dedupeKey === about || msgIdOf(row.dedupeKey) === msgId)
    .map(
      (row) =>
        `inbox ${row.seq} of ${row.county}/${row.openid}: ${row.outcome ?? "not heard"} ${row.caseNumber ?? ""} ${row.failure ?? ""}`,
    );
  const words = history.cases.flatMap((one) =>
    one.words
      .filter((word) => word.text.includes(about))
      .map(
        (word) => `case ${one.county} ${one.number} of ${one.openid}, with ${one.deputy}: ${word.party} ${word.kind}`,
      ),
  );
  const cases = history.cases
    .filter(({ number }) => number === about)
    .map((one) => `case ${one.number} of ${one.openid}: ${one.state}; ${one.events.map(({ type }) => type).join(" ")}`);
  const outgoing = history.outgoing
    .filter((row) => row.text.includes(about) && (tokensIn(about).length > 0 || row.caseNumber === about))
    .map(
      (row) =>
        `outbox ${row.seq} to ${row.county}/${row.openid}: ${row.kind} ${row.state} ${row.reason ?? ""}; attempts ${row.attempts
          .map(({ outcome, reason }) => `${outcome}${reason === null ? "" : ` (${reason})`}`)
          .join(", ")}`,
    );
  return [...stored, ...words, ...cases, ...outgoing].map((line) => `   database  ${line.trim()}`);
}

function seconds(at: number): string {
  return `${(at / 1000).toFixed(2).padStart(8)}s`;
}

function shortened(text: string): string {
  const line = text.replaceAll("\n", " ⏎ ");
  return line.length <= LONGEST ? line : `${line.slice(0, LONGEST)}…`;
}

function around(text: string, word: string): string {
  const at = text.indexOf(word);
  return shortened(`${at > 60 ? "…" : ""}${text.slice(Math.max(0, at - 60), at + 40)}`);
}
