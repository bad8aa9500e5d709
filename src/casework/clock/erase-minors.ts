import { and, asc, eq, lt, sql } from "drizzle-orm";
import { cases } from "../../../db/schema/cases.ts";
import { lockCase } from "../cases/load.ts";
import { eraseOne } from "../privacy/erase.ts";
import type { Runtime } from "../runtime/runtime.ts";
import { openTurn } from "../turn/open-turn.ts";
import { finishTurn } from "../turn/turn.ts";

/** For so long a child's words are kept after their case was closed: so long it may be opened again without retelling. */
const KEPT_MS = 30 * 86_400_000;

const AT_ONCE = 50;

/**
 * Erases the words of children whose cases were closed thirty days ago, each in a transaction of its own; numbers, days and events stay. An
 * accusation is kept for the office, as everybody's.
 */
export async function eraseMinors(runtime: Runtime, jurisdictionId: string): Promise<void> {
  const before = new Date(runtime.now().getTime() - KEPT_MS);
  const hasWords = sql`exists (select from case_messages m where m.case_id = ${cases.id} and m.text <> '')`;
  const isOver = and(eq(cases.minor, true), eq(cases.sealed, false), lt(cases.closedAt, before), hasWords);
  const found = await runtime.database.inCounty(jurisdictionId, (tx) =>
    tx
      .select({ id: cases.id, conversationId: cases.conversationId })
      .from(cases)
      .where(isOver)
      .orderBy(asc(cases.closedAt))
      .limit(AT_ONCE),
  );
  for (const { id, conversationId } of found) {
    await runtime.database.inCounty(jurisdictionId, async (tx) => {
      const turn = await openTurn(runtime, tx, conversationId);
      if (turn === null) return;
      const subject = await lockCase(turn, id);
      // Opened again, or found to be no child's, since somebody looked.
      if (subject.minor && subject.closedAt !== null && subject.closedAt < before) await eraseOne(turn, subject);
      await finishTurn(turn);
    });
  }
}
