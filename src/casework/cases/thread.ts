import { and, eq, inArray, ne, notInArray } from "drizzle-orm";
import { v7 as newId } from "uuid";
import type { Transaction } from "../../../db/database.ts";
import { type CaseRecord, caseMessages } from "../../../db/schema/cases.ts";
import { caseWords } from "../../../db/schema/console.ts";
import { dayIn } from "../../domain/calendar/deadline.ts";
import { mask } from "../../domain/text/mask.ts";
import { workingCopy } from "../turn/said.ts";
import type { Turn } from "../turn/turn.ts";
import { searchWords } from "./search-words.ts";

/** The kind of a deputy's words to the office when a case is returned: nobody else reads them. */
export const RETURN_REASON = "return-reason";

/** The kind of a deputy's words to the office when a case is passed on: nobody else reads them. */
export const REFERRAL_REASON = "referral-reason";

/** The kind of the words of a unit's people: deputy and office read them, the resident does not. */
export const UNIT_WORDS = "unit-words";

/** The kind of what a grid worker saw: deputy and office read it, the resident does not. */
export const SITE_WORDS = "site-words";

/** The kind of a deputy's words of a closing that wait until they say how they know: the resident gets them with the closing. */
export const CLOSING_WORDS = "closing-words";

/** The kind of the words between whoever has a case and who helps with it: its resident never reads them. */
export const ASSIST_WORDS = "assist-words";
/** The kind of words by which a resident put right what they had said: what was wrong stays beside them. */
export const CORRECTION = "correction";

/** The kind of a resident's words that somebody of the office wrote down by ear (听写); who did stands in the event. */
export const BY_EAR = "by-ear";

/** The kinds of entries that are no part of what was said between resident and deputy. */
const ASIDE: readonly string[] = [RETURN_REASON, REFERRAL_REASON, UNIT_WORDS, SITE_WORDS, CLOSING_WORDS, ASSIST_WORDS];

/** A line of a case's thread: who said what, and when. */
export type ThreadLine = {
  readonly party: "resident" | "deputy" | "unit" | "grid-worker" | "office" | "service";
  readonly kind: string;
  text: string;
  at: string;
};

/** The thread of a case: what resident and deputy said, oldest first, in the working copy; what was only shown has no line. */
export async function threadOf(turn: Turn, subject: CaseRecord): Promise<ThreadLine[]> {
  const rows = await turn.tx
    .select({ party: caseMessages.party, kind: caseMessages.kind, text: caseMessages.text, at: caseMessages.at })
    .from(caseMessages)
    .where(eq(caseMessages.caseId, subject.id))
    .orderBy(caseMessages.at, caseMessages.id);
  return rows
    .filter((row) => (row.party === "resident" || row.party === "deputy") && row.text !== "")
    .filter((row) => !ASIDE.includes(row.kind))
    .map((row) => ({ ...row, at: dayIn(row.at, turn.runtime.timeZone) }));
}

/** The resident's words in a thread, without bare answers to questions of the service. */
export function residentsWords(thread: readonly ThreadLine[]): string {
  return thread
    .filter((line) => line.party === "resident" && line.kind !== "answer" && line.kind !== "rating")
    .map((line) => line.text)
    .join("\n");
}

/** The resident's words of each of some cases, by its id: those of {@link residentsWords}. */
export async function residentsWordsOf(tx: Transaction, caseIds: readonly string[]): Promise<Map<string, string>> {
  const { caseId, party, kind, text, at, id } = caseMessages;
  const isTheirs = and(eq(party, "resident"), notInArray(kind, ["answer", "rating"]), ne(text, ""));
  const rows = await tx
    .select({ caseId, text })
    .from(caseMessages)
    .where(and(inArray(caseId, [...caseIds]), isTheirs))
    .orderBy(at, id);
  const texts = Map.groupBy(rows, (row) => row.caseId);
  return new Map([...texts].map(([of, lines]) => [of, lines.map((line) => line.text).join("\n")]));
}

/** The resident's words before a deputy first spoke. */
export function openingWords(thread: readonly ThreadLine[]): string {
  const answered = thread.findIndex((line) => line.party === "deputy");
  return residentsWords(answered === -1 ? thread : thread.slice(0, answered));
}

/** A new entry of a thread, as it was said. */
export type ThreadEntry = {
  readonly direction: "in" | "out";
  readonly party: "resident" | "deputy" | "unit" | "grid-worker" | "office" | "service";
  readonly kind: string;
  readonly text: string;
  readonly mediaId?: string | null;
  readonly outboxId?: string | null;
  readonly at?: Date;
};

/** Adds words to the thread of a case: the masked working copy, and the original sealed under the key of the case. */
export function addToThread(turn: Turn, subject: CaseRecord, entry: ThreadEntry): void {
  const working = entry.party === "resident" ? workingCopy(entry.text, subject) : mask(entry.text);
  const sealOriginal = () =>
    turn.runtime.vault.unwrap(subject.keyWrapped, keyPurpose(turn.jurisdictionId)).seal(entry.text);
  turn.writes.insert(caseMessages, {
    id: newId(),
    jurisdictionId: turn.jurisdictionId,
    caseId: subject.id,
    direction: entry.direction,
    party: entry.party,
    kind: entry.kind,
    text: working,
    original: working === entry.text ? null : sealOriginal(),
    mediaId: entry.mediaId ?? null,
    outboxId: entry.outboxId ?? null,
    at: entry.at ?? turn.now,
  });
  if (subject.sealed || entry.party === "service" || working === "") return;
  const { id: caseId, jurisdictionId, receivedAt } = subject;
  turn.writes.join(caseWords, { caseId, jurisdictionId, receivedAt, words: searchWords(subject, [working]) });
}

/** The purpose for which a county's case keys are wrapped; see `vault.ts`. */
export function keyPurpose(jurisdictionId: string): string {
  return `case:${jurisdictionId}`;
}
