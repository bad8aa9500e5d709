import { and, desc, eq } from "drizzle-orm";
import { v7 as newId } from "uuid";
import { type OutgoingContent, outbox } from "../../../db/schema/outbox.ts";
import type { Turn } from "../turn/turn.ts";
import { contentOf, REVISION, sealContent } from "./content.ts";

/** The change of a card: by which handle, what is done, and which of its buttons are left, by the end of their keys. */
type CardChange = {
  readonly handle: string;
  readonly done: string;
  /** Whether a button with this key can be pressed still; none where left out. */
  readonly isLeft?: (key: string) => boolean;
};

/**
 * Changes the card of a case in the chat of this turn: what stands on it from now on. What must be known is said in words beside it,
 * for a card may be too old to be changed.
 */
export async function reviseCard(turn: Turn, caseId: string, { handle, done, isLeft }: CardChange): Promise<void> {
  const { id: conversationId } = turn.conversation;
  const [row] = await turn.tx
    .select()
    .from(outbox)
    .where(and(eq(outbox.caseId, caseId), eq(outbox.conversationId, conversationId), eq(outbox.kind, "deputy-case")))
    .orderBy(desc(outbox.seq))
    .limit(1);
  const shown = row === undefined ? undefined : contentOf(turn.runtime, row);
  if (shown?.card === undefined) return;
  const actions = shown.card.actions.filter(({ key }) => isLeft?.(key) === true);
  const content: OutgoingContent = {
    text: shown.text,
    ...(actions.length > 0 && { card: { ...shown.card, actions } }),
    revision: { handle, done },
  };
  turn.writes.insert(outbox, revisionRow(turn, { conversationId, caseId }, content));
  turn.toDeliver.add(conversationId);
}

/** The row of a change of a card, for the outbox. */
export function revisionRow(
  turn: Pick<Turn, "runtime" | "jurisdictionId" | "now">,
  { conversationId, caseId }: { readonly conversationId: string; readonly caseId: string },
  content: OutgoingContent,
): typeof outbox.$inferInsert {
  const { jurisdictionId, now } = turn;
  return {
    ...{ id: newId(), jurisdictionId, conversationId, caseId, deputyId: null, kind: REVISION, isAnswer: false },
    ...{ content: sealContent(turn, content), state: "waiting", notBefore: now, createdAt: now, repeatsLeft: 0 },
  };
}
