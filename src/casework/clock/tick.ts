import { endRehearsals } from "../actions/end-rehearsals.ts";
import { readTrial } from "../county/trial.ts";
import { reviseOutdated } from "../delivery/cards/outdated.ts";
import { lookAgain } from "../delivery/direct-refusal.ts";
import { announceBySms } from "../delivery/sms/announce.ts";
import { continueWeekly } from "../deputy/away/weekly.ts";
import { forgetSpent } from "../inbox/spent-signatures.ts";
import { forgetReasons } from "../inbox/understandings.ts";
import { fetchWaitingMedia } from "../incoming-files/fetch.ts";
import { forgetExchanges } from "../partner-exchange/exchange-due.ts";
import { remind } from "../remind/remind.ts";
import { repeatDuty } from "../remind/repeat-duty.ts";
import type { Runtime } from "../runtime/runtime.ts";
import { lookAfterTopics } from "../topics/look-after.ts";
import { beginAbsences } from "./absences.ts";
import { giveClocks, noteMissed } from "./case-clocks.ts";
import { settleSilent, tellUnchecked } from "./claims.ts";
import { eraseMinors } from "./erase-minors.ts";
import { forgetEnded } from "./forget-ended.ts";
import { giveToReturned } from "./returned.ts";
import { eraseSilentVisitors } from "./silent-visitors.ts";
import { carryOutSuccessions } from "./successions.ts";
import { lookAfter, silent } from "./unanswered.ts";
import { moveParked, phoneUnreached } from "./unreached.ts";
import { tellUnreadPosts } from "./unread-posts.ts";
import { tellUnseenAgain } from "./unseen.ts";

/**
 * Does what is due by the passing of time alone in one county.
 *
 * @returns the conversations that now have something to deliver
 */
export async function tick(runtime: Runtime, jurisdictionId: string): Promise<{ conversations: string[] }> {
  await fetchWaitingMedia(runtime, jurisdictionId);
  await forgetSpent(runtime, jurisdictionId);
  await forgetReasons(runtime, jurisdictionId);
  await forgetEnded(runtime, jurisdictionId);
  await forgetExchanges(runtime, jurisdictionId);
  await eraseMinors(runtime, jurisdictionId);
  await eraseSilentVisitors(runtime, jurisdictionId);
  await giveClocks(runtime, jurisdictionId);
  await noteMissed(runtime, jurisdictionId);
  await endLateRehearsals(runtime, jurisdictionId);
  const overdue = await runtime.database.inCounty(jurisdictionId, (tx) => silent(tx, runtime.now()));
  const toDeliver = new Set<string>();
  for (const id of overdue) {
    const told = await runtime.database.inCounty(jurisdictionId, (tx) => lookAfter(runtime, tx, id));
    for (const conversation of told) toDeliver.add(conversation);
  }
  for (const conversation of await tellUnseenAgain(runtime, jurisdictionId)) toDeliver.add(conversation);
  for (const conversation of await tellUnreadPosts(runtime, jurisdictionId)) toDeliver.add(conversation);
  for (const conversation of await moveParked(runtime, jurisdictionId)) toDeliver.add(conversation);
  await phoneUnreached(runtime, jurisdictionId);
  for (const conversation of await lookAgain(runtime, jurisdictionId)) toDeliver.add(conversation);
  for (const conversation of await reviseOutdated(runtime, jurisdictionId)) toDeliver.add(conversation);
  await continueWeekly(runtime, jurisdictionId);
  for (const conversation of await beginAbsences(runtime, jurisdictionId)) toDeliver.add(conversation);
  for (const conversation of await tellUnchecked(runtime, jurisdictionId)) toDeliver.add(conversation);
  await settleSilent(runtime, jurisdictionId);
  for (const conversation of await giveToReturned(runtime, jurisdictionId)) toDeliver.add(conversation);
  for (const conversation of await carryOutSuccessions(runtime, jurisdictionId)) toDeliver.add(conversation);
  for (const conversation of await repeatDuty(runtime, jurisdictionId)) toDeliver.add(conversation);
  for (const conversation of await lookAfterTopics(runtime, jurisdictionId)) toDeliver.add(conversation);
  await announceBySms(runtime, jurisdictionId);
  for (const conversation of (await remind(runtime, jurisdictionId)).conversations) toDeliver.add(conversation);
  return { conversations: [...toDeliver] };
}

/** What simulated residents wrote just before the county went live is received only afterwards. */
async function endLateRehearsals({ database, now }: Runtime, jurisdictionId: string): Promise<void> {
  await database.inCounty(jurisdictionId, async (tx) => {
    if (!(await readTrial(tx)).isOn) await endRehearsals(tx, jurisdictionId, now());
  });
}
