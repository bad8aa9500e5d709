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
