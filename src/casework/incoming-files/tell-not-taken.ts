import { eq } from "drizzle-orm";
import type { Transaction } from "../../../db/database.ts";
import { caseMessages, cases } from "../../../db/schema/cases.ts";
import { fileWordingOf } from "../../domain/wording/files/wording.ts";
import { lockCase } from "../cases/load.ts";
import { tellConversation, tellDeputy } from "../outbox/tell.ts";
import type { Runtime } from "../runtime/runtime.ts";
import { openTurn } from "../turn/open-turn.ts";
import { finishTurn } from "../turn/turn.ts";

/**
 * Tells whoever sent a file of a case that it was not taken, and what can be: it is not there, and they would believe that it is. Of a
 * file that stands in no case nobody is told; it waits for an answer that says to which it belongs.
 */
export async function tellNotTaken(
  runtime: Runtime,
  tx: Transaction,
  mediaId: string,
  why: "too-large" | "unsupported",
): Promise<void> {
  const [shown] = await tx
    .select({ caseId: caseMessages.caseId, party: caseMessages.party, conversationId: cases.conversationId })
    .from(caseMessages)
    .innerJoin(cases, eq(cases.id, caseMessages.caseId))
    .where(eq(caseMessages.mediaId, mediaId))
    .limit(1);
  const turn = shown === undefined ? null : await openTurn(runtime, tx, shown.conversationId);
  if (shown === undefined || turn === null) return;
  const subject = await lockCase(turn, shown.caseId);
  const { number, deputyId } = subject;
  if (shown.party === "resident") {
    const words = fileWordingOf(turn.conversation.locale).notTaken({ number, why });
    tellConversation(turn, shown.conversationId, { kind: "courtesy", mustKnow: true, subject, words });
  } else if (shown.party === "deputy" && deputyId !== null && !subject.sealed) {
    await tellDeputy(turn, deputyId, (_wording, locale) => ({
      ...{ kind: "deputy-news", subject, words: fileWordingOf(locale).notTaken({ number, why }) },
    }));
  }
  await finishTurn(turn);
}
