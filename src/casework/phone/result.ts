import { and, eq, type SQL, sql } from "drizzle-orm";
import type { Transaction } from "../../../db/database.ts";
import type { CaseRecord } from "../../../db/schema/cases.ts";
import { casePeople, phoneTasks } from "../../../db/schema/console.ts";
import { outbox } from "../../../db/schema/outbox.ts";
import { addDays } from "../../domain/calendar/days.ts";
import type { Caller } from "../access/caller.ts";
import {
  askToPhone,
  calledBy,
  callMeant,
  isAtDesk,
  isCalled,
  isOwnCall,
  openPhoneTasks,
  type PhoneTask,
  phoneWaiting,
} from "../cases/phone-tasks.ts";
import { record } from "../cases/record.ts";
import { addToThread } from "../cases/thread.ts";
import { toldByPerson } from "../delivery/told-by-person.ts";
import { addNote } from "../staff/act.ts";
import { chatsLinkedWith } from "../turn/person.ts";
import type { Turn } from "../turn/turn.ts";

/** What came of a call: what was said, when to try again, or that it is somebody else's number. */
type CallResult =
  | { readonly result: "reached"; readonly text: string }
  | { readonly result: "not-reached"; readonly againOn: string }
  | { readonly result: "wrong-number" };

/** Why a call, or its result, was not written down. */
type NoCall = { readonly ok: false; readonly code: string; readonly reason: string };

/** The kind of what was said by telephone, in the thread of a case. */
const BY_PHONE = "phone";
/** The same, to somebody who joined the case. */
const BY_PHONE_TO_JOINED = "phone-joined";
const FARTHEST_DAYS = 60;

/** Asks for a call about a case, within a turn; nothing where one waits already. */
export async function askCall(
  turn: Turn,
  subject: CaseRecord,
  { by, say }: { readonly by: string; readonly say: string | null },
): Promise<{ readonly ok: true } | NoCall> {
  const asked = { by, say, stationId: subject.stationId, now: turn.now };
  const isMade = await askToPhone(turn.tx, turn.runtime.vault, subject, asked);
  return isMade ? { ok: true } : { ok: false, code: "task-there", reason: "Somebody has this call to make already." };
}

/**
 * Writes down what came of a call, within a turn. The one who was reached is the one who was told: what waits for the resident goes on
 * waiting after a call to somebody who joined the case.
 * @param call.named the call, where several have to be made
 */
export async function noteCall(
  turn: Turn,
  subject: CaseRecord,
  caller: Caller,
  { named = null, ...call }: CallResult & { readonly named?: string | null },
): Promise<{ readonly ok: true } | NoCall> {
  const task = callMeant(await openPhoneTasks(turn.tx, subject.id), named);
  if (task === "which") return { ok: false, code: "which-call", reason: "Several people are to be called: say which." };
  if (task === null || !isOwnCall(caller, subject))
    return { ok: false, code: "no-task", reason: "There is no such call to make." };
  const { now, today, tx } = turn;
  if (call.result === "not-reached" && (call.againOn < today || call.againOn > addDays(today, FARTHEST_DAYS)))
    return { ok: false, code: "bad-day", reason: `Give a day from today on, at most ${FARTHEST_DAYS} days away.` };
  const called = await calledBy(tx, task, subject);
  const isToDeputy = called.to === "deputy";
  const spoken = isToDeputy ? {} : { lastSpokenAt: now };
  record(turn, subject, "phoned", "office", { result: call.result, to: called.to }, spoken);
  // What was said to a deputy is the office's own: its resident reads the thread.
  if (call.result === "reached" && isToDeputy) addNote(turn, subject, { by: caller.name, text: call.text });
  else if (call.result === "reached") {
    const kind = called.to === "resident" ? BY_PHONE : BY_PHONE_TO_JOINED;
    addToThread(turn, subject, { direction: "out", party: "office", kind, text: call.text });
    // What waits is the resident's own: whoever joined the case was told nothing of it by a call of theirs.
    if (called.to === "resident") await toldByPerson(tx, await waitingFor(tx, subject), now);
  }
  // It is somebody else's number: nobody shall call it again.
  if (call.result === "wrong-number" && !isToDeputy)
    await tx
      .update(casePeople)
      .set({ phone: null, mayCall: false })
      .where(and(eq(casePeople.caseId, subject.id), isCalled(called)));
  const ended = { doneBy: caller.name, doneAt: now };
  await tx
    .update(phoneTasks)
    .set({
      ...{ result: call.result, tries: task.tries + 1 },
      ...(call.result === "not-reached" && missedAlso(task, today)),
      ...(call.result === "not-reached" ? { againOn: call.againOn } : ended),
    })
    .where(eq(phoneTasks.id, task.id));
  if (call.result !== "not-reached" && !isToDeputy) await phoneWaiting(tx, subject.conversationId, now);
  return { ok: true };
}

/** Another day on which nobody was reached, however often they were called on it. */
function missedAlso({ missedDays, missedOn }: Pick<PhoneTask, "missedDays" | "missedOn">, today: string) {
  return missedOn === today ? {} : { missedDays: missedDays + 1, missedOn: today };
}

/** The condition that a row of `outbox` waits to be told to the resident of a case until they are heard from; without a chat nothing leaves, also what nobody has tried yet. */
export async function waitingFor(tx: Transaction, { id, conversationId }: CaseRecord): Promise<SQL> {
  const isParked = (await isAtDesk(tx, conversationId)) ? sql`true` : sql`${outbox.awaitsContact}`;
  return sql`${outbox.caseId} = ${id} and ${outbox.conversationId} = any(${chatsLinkedWith(conversationId)})
    and ${outbox.deputyId} is null and ${isParked}`;
}
