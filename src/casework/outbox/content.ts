import type { OutboxRow, OutgoingContent } from "../../../db/schema/outbox.ts";
import type { Runtime } from "../runtime/runtime.ts";
import type { Turn } from "../turn/turn.ts";

/** What kinds of messages leave; the console and the checker tell them apart by these. */
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
  | "deputy-case"
  | "deputy-news"
  | "deputy-answer"
  | "deputy-follow"
  | "photo";

/**
 * What its person must know: a case or news for a deputy; a receipt, a question, an answer, a closure, the emergency card and the
 * privacy notice for a resident. Whoever asked for the rest asks again, or misses a courtesy.
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
  "photo",
]);

/** What a message says, as it lies sealed in its outbox row. */
export function sealContent({ runtime, jurisdictionId }: Turn, content: OutgoingContent): Uint8Array {
  return runtime.vault.seal(JSON.stringify(content), outboxPurpose(jurisdictionId));
}

/** What outgoing messages are sealed for. */
export function outboxPurpose(jurisdictionId: string): string {
  return `outbox:${jurisdictionId}`;
}

/** What an outgoing message says. */
export function contentOf(runtime: Runtime, row: OutboxRow): OutgoingContent {
  return JSON.parse(runtime.vault.open(row.content, outboxPurpose(row.jurisdictionId)));
}
