import { and, eq, inArray, lt, sql } from "drizzle-orm";
import type { Transaction } from "../../../../db/database.ts";
import { cases } from "../../../../db/schema/cases.ts";
import { conversations } from "../../../../db/schema/conversations.ts";
import { attempts, type OutgoingContent, outbox } from "../../../../db/schema/outbox.ts";
import { wordingOf } from "../../../domain/wording/wording.ts";
import { contentOf } from "../../outbox/content.ts";
import { revisionRow } from "../../outbox/revise-card.ts";
import type { Runtime } from "../../runtime/runtime.ts";
import { handlePurpose } from "./handle.ts";

/** No platform changes a card that is older. */
const LONGEST_LIFE_MS = 14 * 86_400_000;
const AT_ONCE = 100;

/**
 * Changes the cards of cases that ended, or went to somebody else, since they were delivered: whoever has them would press in vain.
 *
 * @returns the conversations that have a card to be changed
 */
export async function reviseOutdated(runtime: Runtime, jurisdictionId: string): Promise<string[]> {
  return runtime.database.inCounty(jurisdictionId, async (tx) => {
    const now = runtime.now();
    await forget(tx, lt(attempts.startedAt, new Date(now.getTime() - LONGEST_LIFE_MS)));
    const rows = await tx
      .select({ attempt: attempts, row: outbox, subject: cases, locale: conversations.locale })
      .from(attempts)
      .innerJoin(outbox, eq(outbox.id, attempts.outboxId))
      .innerJoin(cases, eq(cases.id, outbox.caseId))
      .innerJoin(conversations, eq(conversations.id, outbox.conversationId))
      .where(
        and(
          eq(attempts.jurisdictionId, jurisdictionId),
          sql`${attempts.handle} is not null`,
          sql`(${cases.closedAt} is not null or ${cases.sealed} or ${cases.deputyId} is distinct from ${outbox.deputyId})`,
        ),
      )
      .limit(AT_ONCE)
      .for("update", { of: attempts, skipLocked: true });
    if (rows.length === 0) return [];
    await forget(
      tx,
      inArray(
        attempts.id,
        rows.map(({ attempt }) => attempt.id),
      ),
    );
    const changes = rows.flatMap(({ attempt: { handle }, row, subject, locale }) => {
      if (handle === null || row.conversationId === null) return [];
      const isClosed = subject.closedAt !== null && subject.deputyId === row.deputyId;
      const { text, card } = contentOf(runtime, row);
      const content: OutgoingContent = {
        // What is sealed or somebody else's now is not to be read there any longer, where the platform takes it away.
        text: isClosed && !subject.sealed ? text : (card?.title ?? ""),
        revision: {
          handle: runtime.vault.open(handle, handlePurpose(jurisdictionId)),
          done: wordingOf(locale).cardNow({ is: isClosed ? "closed" : "gone" }),
        },
      };
      const { conversationId, caseId } = { conversationId: row.conversationId, caseId: subject.id };
      return [revisionRow({ runtime, jurisdictionId, now }, { conversationId, caseId }, content)];
    });
    await tx.insert(outbox).values(changes);
    return [...new Set(changes.flatMap(({ conversationId }) => conversationId ?? []))];
  });
}

async function forget(tx: Transaction, which: Parameters<typeof and>[0]): Promise<void> {
  await tx
    .update(attempts)
    .set({ handle: null })
    .where(and(sql`${attempts.handle} is not null`, which));
}
