import { eq } from "drizzle-orm";
import type { Transaction } from "../../../db/database.ts";
import type { CaseRecord } from "../../../db/schema/cases.ts";
import { stations } from "../../../db/schema/places.ts";
import type { CalledParty, PhoneTaskReason } from "../../domain/case/desk.ts";
import type { Caller } from "../access/caller.ts";
import {
  calledBy,
  isAtDesk,
  isOwnCall,
  openPhoneTasks,
  placesAmongJoined,
  stationOfCall,
  wordsOfTask,
} from "../cases/phone-tasks.ts";
import type { Runtime } from "../runtime/runtime.ts";

/** A call that somebody has to make about a case, to one person: who makes it, to whom, why. */
export type CallToMake = {
  readonly id: string;
  readonly to: CalledParty;
  /** Which of those who joined, from 1; null where only one did. */
  readonly nth: number | null;
  readonly station: string | null;
  readonly isOwn: boolean;
  readonly why: PhoneTaskReason;
  readonly say: string | null;
  readonly madeAt: string;
  readonly tries: number;
  readonly againOn: string | null;
};

/** Whether anything can be sent, and the calls that somebody has to make. */
export async function callsOf(
  tx: Transaction,
  { vault }: Runtime,
  caller: Caller,
  subject: CaseRecord,
): Promise<{ readonly hasChat: boolean; readonly phoneTasks: readonly CallToMake[] }> {
  const hasChat = !(await isAtDesk(tx, subject.conversationId));
  const open = await openPhoneTasks(tx, subject.id);
  if (open.length === 0) return { hasChat, phoneTasks: [] };
  const stationId = stationOfCall(subject);
  const [station] =
    stationId === null ? [] : await tx.select({ name: stations.name }).from(stations).where(eq(stations.id, stationId));
  const isOwn = isOwnCall(caller, subject);
  const places = await placesAmongJoined(tx, subject.id);
  const phoneTasks: CallToMake[] = [];
  for (const task of open) {
    const { id, why, madeAt, tries, againOn } = task;
    const { to } = await calledBy(tx, task, subject);
    const say = wordsOfTask(vault, task, subject);
    const about = { id, to, nth: places.get(id) ?? null, why, say, tries, againOn, madeAt: madeAt.toISOString() };
    phoneTasks.push({ ...about, station: station?.name ?? null, isOwn });
  }
  return { hasChat, phoneTasks };
}
