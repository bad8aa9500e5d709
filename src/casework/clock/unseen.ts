import { tellAgain, unseenForLong } from "../delivery/tell-again.ts";
import type { Runtime } from "../runtime/runtime.ts";
import { openTurn } from "../turn/open-turn.ts";
import { finishTurn } from "../turn/turn.ts";

/**
 * Repeats what people must know and may never have got, an hour after its call ended without an answer; their own next
 * contact repeats it sooner.
 *
 * @returns the conversations that now have something to deliver
 */
export async function tellUnseenAgain(runtime: Runtime, jurisdictionId: string): Promise<string[]> {
  const { database } = runtime;
  const unseen = await database.inCounty(jurisdictionId, (tx) => unseenForLong(tx, jurisdictionId, runtime.now()));
  const told: string[] = [];
  for (const conversationId of unseen) {
    const toDeliver = await database.inCounty(jurisdictionId, async (tx) => {
      const turn = await openTurn(runtime, tx, conversationId);
      if (turn === null) return [];
      await tellAgain(turn, "time");
      await finishTurn(turn);
      return turn.toDeliver;
    });
    told.push(...toDeliver);
  }
  return told;
}
