import { and, eq, gt, inArray, isNull } from "drizzle-orm";
import type { CaseRecord } from "../../../db/schema/cases.ts";
import { inbox } from "../../../db/schema/conversations.ts";
import { BURST_MS } from "../../domain/dialog/belonging.ts";
import type { WaitingPart } from "../../domain/dialog/state.ts";
import type { InboundContent } from "../../domain/messages/message.ts";
import type { Said } from "../turn/said.ts";
import type { Turn } from "../turn/turn.ts";
import { writeLater } from "../turn/unit-of-work.ts";
import { readPayload } from "./payload.ts";

/** The words of a message that was stored before. */
export async function inboxText(turn: Turn, seq: number): Promise<string> {
  const [row] = await turn.tx.select().from(inbox).where(eq(inbox.seq, seq));
  if (row === undefined) return "";
  return wordsIn(readPayload(turn.runtime.vault, row).content);
}

/** The words that waited for the answer to "which case?", as they were said. */
export async function waitingWords(turn: Turn, waiting: readonly WaitingPart[]): Promise<Said[]> {
  if (waiting.length === 0) return [];
  const rows = await turn.tx
    .select()
    .from(inbox)
    .where(
      inArray(
        inbox.seq,
        waiting.map((one) => one.seq),
      ),
    );
  return waiting.flatMap(({ seq, kind, mediaId }) => {
    const row = rows.find((one) => one.seq === seq);
    if (row === undefined) return [];
    const { content } = readPayload(turn.runtime.vault, row);
    // What stands under a picture was heard beside it, as words of their own.
    const text = mediaId !== null && content.kind === "media" ? (content.transcript ?? "") : wordsIn(content);
    return [{ seq, at: row.receivedAt, kind: kind as Said["kind"], text, mediaId }];
  });
}

/** The words of a message; empty where it has none. */
export function wordsIn(content: InboundContent): string {
  switch (content.kind) {
    case "text":
      return content.text;
    case "media":
      return content.transcript ?? content.text ?? "";
    case "quarantined":
      return content.words ?? "";
    case "edited":
      return content.text;
    case "location":
      return content.label;
    case "link":
      return [content.title, content.description, content.url].filter((part) => part !== "").join(" ");
    default:
      return "";
  }
}

/** A message in the form in which a question keeps what waits for its answer. */
export function waits({ seq, kind, mediaId }: Said): WaitingPart {
  return { seq, kind, mediaId };
}

/** Assigns messages that had waited for "which case?" to the case that was chosen. */
export async function giveCaseTo(turn: Turn, said: readonly Said[], subject: Pick<CaseRecord, "id">): Promise<void> {
  if (said.length === 0) return;
  const seqs = said.map((one) => one.seq);
  writeLater(turn, turn.tx.update(inbox).set({ outcome: "case", caseId: subject.id }).where(inArray(inbox.seq, seqs)));
}

/** The greetings and half sentences of the last minutes that said nothing by themselves. */
export async function wordsBefore(turn: Turn): Promise<Said[]> {
  if (turn.conversation.dialog.greetedAt === undefined) return [];
  const rows = await turn.tx
    .select()
    .from(inbox)
    .where(
      and(
        eq(inbox.accountId, turn.account.id),
        eq(inbox.peer, turn.conversation.peer),
        eq(inbox.outcome, "courtesy"),
        eq(inbox.kind, "text"),
        isNull(inbox.caseId),
        gt(inbox.receivedAt, new Date(turn.now.getTime() - 5 * BURST_MS)),
      ),
    )
    .orderBy(inbox.seq);
  return rows.flatMap((row) => {
    const { content } = readPayload(turn.runtime.vault, row);
    return content.kind === "text"
      ? [{ seq: row.seq, at: row.receivedAt, kind: "text" as const, text: content.text, mediaId: null }]
      : [];
  });
}
