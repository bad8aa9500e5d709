import { and, asc, eq } from "drizzle-orm";
import { cases } from "../../../db/schema/cases.ts";
import { lockCase } from "../cases/load.ts";
import { lastTelling, tellDuty } from "../duty/tell-duty.ts";
import { isUnheeded } from "../duty/unheeded.ts";
import type { Runtime } from "../runtime/runtime.ts";
import { openTurn } from "../turn/open-turn.ts";
import { finishTurn, type Turn } from "../turn/turn.ts";

/** Whoever is on duty is told again so often in the first two hours, then once an hour. */
const OFTEN_MS = 10 * 60_000;
const OFTEN_FOR_MS = 2 * 3_600_000;
const SELDOM_MS = 3_600_000;
const AT_ONCE = 100;

/**
 * Tells whoever is on duty again of each urgent case to which nobody says that they see, at any hour of any day: a danger waits for
 * no morning.
 *
 * @returns the conversations that now have something to deliver
 */
export async function repeatDuty(runtime: Runtime, jurisdictionId: string): Promise<string[]> {
  const unheeded = await runtime.database.inCounty(jurisdictionId, (tx) =>
    tx
      .select({ id: cases.id, conversationId: cases.conversationId })
      .from(cases)
      .where(isUnheeded)
      .orderBy(asc(cases.receivedAt))
      .limit(AT_ONCE),
  );
  const told: string[] = [];
  for (const { id, conversationId } of unheeded) {
    const toDeliver = await runtime.database.inCounty(jurisdictionId, async (tx) => {
      const turn = await openTurn(runtime, tx, conversationId);
      if (turn === null) return [];
      await tellAgain(turn, id);
      await finishTurn(turn);
      return turn.toDeliver;
    });
    told.push(...toDeliver);
  }
  return told;
}

/** Looks again at what may have changed since the case was found. */
async function tellAgain(turn: Turn, caseId: string): Promise<void> {
  const subject = await lockCase(turn, caseId);
  const [found] = await turn.tx
    .select({ id: cases.id })
    .from(cases)
    .where(and(eq(cases.id, caseId), isUnheeded));
  if (found === undefined) return;
  const last = await lastTelling(turn.tx, caseId);
  const now = turn.now.getTime();
  const pause = now - subject.receivedAt.getTime() < OFTEN_FOR_MS ? OFTEN_MS : SELDOM_MS;
  if (last === null || now - last.getTime() >= pause) await tellDuty(turn, subject);
}
