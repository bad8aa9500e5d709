import { eq, inArray } from "drizzle-orm";
import type { Transaction } from "../../../db/database.ts";
import { cases } from "../../../db/schema/cases.ts";
import { media } from "../../../db/schema/media.ts";
import { type OutboxRow, outbox } from "../../../db/schema/outbox.ts";
import type { Runtime } from "../runtime/runtime.ts";
import { openTurn } from "../turn/open-turn.ts";
import { finishTurn } from "../turn/turn.ts";
import { contentOf } from "./content.ts";
import { countOf, tellOfNotShown } from "./photos.ts";

/**
 * Tells deputies of files that turned out to be none that their chat can show, once they were looked at: a sentence and the one-time link
 * take their place. For anybody else the message stays failed, and the office sees it.
 *
 * @param rows of the conversation that this transaction has locked
 */
export async function tellNotShown(runtime: Runtime, tx: Transaction, rows: readonly OutboxRow[]): Promise<void> {
  for (const row of rows) {
    const { mediaId } = contentOf(runtime, row);
    if (row.deputyId === null || row.caseId === null || row.conversationId === null || mediaId === undefined) continue;
    const turn = await openTurn(runtime, tx, row.conversationId);
    const [subject] = await tx.select().from(cases).where(eq(cases.id, row.caseId)).for("no key update");
    const [file] = await tx.select({ form: media.form }).from(media).where(eq(media.id, mediaId));
    if (turn === null || subject === undefined || file === undefined || subject.deputyId !== row.deputyId) continue;
    await tellOfNotShown(turn, subject, countOf([file.form]));
    await finishTurn(turn);
    const told = { state: "superseded", settledAt: turn.now, reason: null } as const;
    await tx
      .update(outbox)
      .set(told)
      .where(inArray(outbox.id, [row.id]));
  }
}
