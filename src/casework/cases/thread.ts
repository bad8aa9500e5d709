import { eq } from "drizzle-orm";
import { v7 as newId } from "uuid";
import { type CaseRecord, caseMessages } from "../../../db/schema/cases.ts";
import { dayIn } from "../../domain/calendar/deadline.ts";
import { mask } from "../../domain/text/mask.ts";
import type { Turn } from "../turn/turn.ts";

/** The kinds of what a deputy says to the office when a case is returned or passed on: nobody else reads it. */
export const RETURN_REASON = "return-reason";

export const REFERRAL_REASON = "referral-reason";

export type ThreadLine = {
  readonly party: "resident" | "deputy" | "office" | "service";
  readonly kind: string;
  text: string;
  at: string;
};

/** What resident and deputy said in a case, oldest first, in the working copy; what was only shown has no line. */
export async function threadOf(turn: Turn, subject: CaseRecord): Promise<ThreadLine[]> {
  const rows = await turn.tx
    .select({ party: caseMessages.party, kind: caseMessages.kind, text: caseMessages.text, at: caseMessages.at })
    .from(caseMessages)
    .where(eq(caseMessages.caseId, subject.id))
    .orderBy(caseMessages.at, caseMessages.id);
  return rows
    .filter((row) => (row.party === "resident" || row.party === "deputy") && row.text !== "")
    .filter((row) => row.kind !== RETURN_REASON && row.kind !== REFERRAL_REASON)
    .map((row) => ({ ...row, at: dayIn(row.at, turn.runtime.timeZone) }));
}

/** What the resident said, without bare answers to our questions. */
export function residentsWords(thread: readonly ThreadLine[]): string {
  return thread
    .filter((line) => line.party === "resident" && line.kind !== "answer" && line.kind !== "rating")
    .map((line) => line.text)
    .join("\n");
}

/** What the resident came with: all that was said before a deputy first spoke. */
export function openingWords(thread: readonly ThreadLine[]): string {
  const answered = thread.findIndex((line) => line.party === "deputy");
  return residentsWords(answered === -1 ? thread : thread.slice(0, answered));
}

export type ThreadEntry = {
  readonly direction: "in" | "out";
  readonly party: "resident" | "deputy" | "office" | "service";
  readonly kind: string;
  readonly text: string;
  readonly mediaId?: string | null;
  readonly outboxId?: string | null;
  readonly at?: Date;
};

/** Adds words to the thread of a case: the masked working copy, and the original sealed under the key of the case. */
export function addToThread(turn: Turn, subject: CaseRecord, entry: ThreadEntry): void {
  const working = mask(entry.text);
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
}

/** What the keys of cases are wrapped for. */
export function keyPurpose(jurisdictionId: string): string {
  return `case:${jurisdictionId}`;
}
