import { and, asc, eq, lt, not, sql } from "drizzle-orm";
import { cases } from "../../../db/schema/cases.ts";
import { conversations, inbox } from "../../../db/schema/conversations.ts";
import { webVisitors } from "../../../db/schema/media.ts";
import { eraseWords } from "../privacy/erase.ts";
import type { Runtime } from "../runtime/runtime.ts";
import { openTurn } from "../turn/open-turn.ts";
import { finishTurn } from "../turn/turn.ts";
import { forgetUploads } from "../web-chat/uploads.ts";

/** A visitor who has neither written nor looked for so long is not expected any more; as long as their cookie lasts. */
const SILENT_MS = 180 * 86_400_000;
const AT_ONCE = 50;

/**
 * Erases visitors of the web chat who have been silent for half a year and have no open case: their words and posts, and their link with
 * its code. Numbers, days and events of their cases stay, as after every erasure.
 */
export async function eraseSilentVisitors(runtime: Runtime, jurisdictionId: string): Promise<void> {
  await forgetUploads(runtime, jurisdictionId);
  const before = new Date(runtime.now().getTime() - SILENT_MS);
  const silent = await runtime.database.inCounty(jurisdictionId, (tx) =>
    tx
      .select({ id: webVisitors.id, conversationId: conversations.id })
      .from(webVisitors)
      .leftJoin(conversations, ofVisitor)
      .where(and(lt(webVisitors.seenAt, before), not(hasMore)))
      .orderBy(asc(webVisitors.seenAt))
      .limit(AT_ONCE),
  );
  for (const { id, conversationId } of silent) {
    await runtime.database.inCounty(jurisdictionId, async (tx) => {
      // Under the lock of the conversation: whoever came back since is expected again.
      const turn = conversationId === null ? null : await openTurn(runtime, tx, conversationId);
      const gone = await tx
        .delete(webVisitors)
        .where(and(eq(webVisitors.id, id), lt(webVisitors.seenAt, before), not(hasMore)))
        .returning({ id: webVisitors.id });
      if (turn === null || gone.length === 0) return;
      await eraseWords(turn, "this");
      turn.conversation.following = false;
      await finishTurn(turn);
    });
  }
}

const ofVisitor = and(eq(conversations.accountId, webVisitors.accountId), eq(conversations.peer, webVisitors.peer));

/** Whether something of a visitor is not over: an open case, or words that are not heard yet. */
const hasMore = sql`(exists (
    select from ${cases} join ${conversations} chat on chat.id = ${cases.conversationId}
    where chat.account_id = ${webVisitors.accountId} and chat.peer = ${webVisitors.peer} and ${cases.closedAt} is null)
  or exists (
    select from ${inbox} where ${inbox.accountId} = ${webVisitors.accountId} and ${inbox.peer} = ${webVisitors.peer}
      and ${inbox.processedAt} is null))`;
