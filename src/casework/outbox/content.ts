import type { OutboxRow, OutgoingContent } from "../../../db/schema/outbox.ts";
import type { Runtime } from "../runtime/runtime.ts";
import type { Turn } from "../turn/turn.ts";

/** The kind of an outgoing message; the console and the crash checker tell messages apart by it. */
export type OutgoingKind =
  | "receipt"
  | "question"
  | "prompt"
  | "emergency"
  | "reply"
  | "closure"
  | "status"
  | "notice"
  | "courtesy"
  | "not-open"
  | "deputy-case"
  | "deputy-news"
  | "deputy-answer"
  | "deputy-follow"
  /** A unit's report, for the deputy who is asked to check it; a unit's word, for the resident, as that and no more. */
  | "unit-report"
  | "unit-word"
  /** Once, at their next contact: that a resident has given no verdict yet. */
  | "verdict-reminder"
  | "handover"
  | "handover-answer"
  | "deputy-digest"
  /** One matter of many people, for the deputy who has its cases; what becomes of it, for somebody who told it too. */
  | "deputy-topic"
  | "consequence"
  | "duty"
  | "photo"
  /** Into a room of deputies: a new case, the morning's numbers, a short answer. */
  | "room-case"
  | "room-digest"
  | "room-answer"
  /** Nothing to read by itself: what stands on a card from now on. */
  | "revision";

/** The kind of what changes a card, and is no message. */
export const REVISION = "revision" satisfies OutgoingKind;

/**
 * The kinds of messages that their reader must get: a case or news for a deputy; a receipt, a question, an answer, a
 * closure, the emergency card and the privacy notice for a resident.
 *
 * A reader who misses another kind asks again, or misses a courtesy.
 */
export const MUST_KNOW: ReadonlySet<string> = new Set<OutgoingKind>([
  "receipt",
  "question",
  "emergency",
  "reply",
  "closure",
  "notice",
  "deputy-case",
  "deputy-news",
  "deputy-follow",
  "deputy-topic",
  "unit-report",
  "unit-word",
  "handover",
  "photo",
]);

/** The sealed content of a message, for its outbox row. */
export function sealContent(
  { runtime, jurisdictionId }: Pick<Turn, "runtime" | "jurisdictionId">,
  content: OutgoingContent,
): Uint8Array {
  return runtime.vault.seal(JSON.stringify(content), outboxPurpose(jurisdictionId));
}

/** The purpose for which outgoing messages are sealed; see `vault.ts`. */
export function outboxPurpose(jurisdictionId: string): string {
  return `outbox:${jurisdictionId}`;
}

/** The content of an outgoing message, opened from its outbox row. */
export function contentOf(runtime: Runtime, row: OutboxRow): OutgoingContent {
  return JSON.parse(runtime.vault.open(row.content, outboxPurpose(row.jurisdictionId)));
}
