import { handOverCase } from "../actions/hand-over.ts";
import { lockCase } from "../cases/load.ts";
import type { Holding } from "../routing/responsible.ts";
import type { Runtime } from "../runtime/runtime.ts";
import { openTurn } from "../turn/open-turn.ts";
import { finishTurn } from "../turn/turn.ts";

/** An open case whose deputy does not answer for it any more, or not for now. */
export type Orphan = { readonly id: string; readonly conversationId: string; readonly holding: Holding };

/**
 * Hands over one orphaned case, in a transaction of its own, unless it has changed hands since it was found.
 *
 * @param options.toOffice what nobody else can have goes to the office; otherwise it stays
 * @returns whether somebody else has it now, and the conversations that have something to deliver
 */
export async function handOverOne(
  runtime: Runtime,
  jurisdictionId: string,
  orphan: Orphan,
  options: { readonly toOffice: boolean },
): Promise<{ readonly isMoved: boolean; readonly toDeliver: Iterable<string> }> {
  return runtime.database.inCounty(jurisdictionId, async (tx) => {
    const turn = await openTurn(runtime, tx, orphan.conversationId);
    if (turn === null) return { isMoved: false, toDeliver: [] };
    const subject = await lockCase(turn, orphan.id);
    if (subject.deputyId !== orphan.holding.deputyId) return { isMoved: false, toDeliver: [] };
    const isMoved = await handOverCase(turn, subject, orphan.holding, options);
    await finishTurn(turn);
    return { isMoved, toDeliver: turn.toDeliver };
  });
}
