import { lookAgain } from "../delivery/direct-refusal.ts";
import { fetchWaitingMedia } from "../inbox/media.ts";
import type { House } from "../runtime/runtime.ts";
import { carryOutSuccessions } from "./successions.ts";
import { lookAfter, silent } from "./unanswered.ts";

/**
 * What happens by the mere passing of time in one county.
 *
 * @returns the conversations that now have something to deliver
 */
export async function tick(house: House, jurisdictionId: string): Promise<{ conversations: string[] }> {
  await fetchWaitingMedia(house, jurisdictionId);
  const overdue = await house.database.inCounty(jurisdictionId, (tx) => silent(tx, house.now()));
  const toDeliver = new Set<string>();
  for (const id of overdue) {
    const told = await house.database.inCounty(jurisdictionId, (tx) => lookAfter(house, tx, id));
    for (const conversation of told) toDeliver.add(conversation);
  }
  for (const conversation of await lookAgain(house, jurisdictionId)) toDeliver.add(conversation);
  for (const conversation of await carryOutSuccessions(house, jurisdictionId)) toDeliver.add(conversation);
  return { conversations: [...toDeliver] };
}
