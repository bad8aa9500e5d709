import { and, asc, eq, isNull, lt, type SQL, sql } from "drizzle-orm";
import { type CaseRecord, cases } from "../../../db/schema/cases.ts";
import { casePeople, phoneTasks } from "../../../db/schema/console.ts";
import { conversations } from "../../../db/schema/conversations.ts";
import { channelAccounts } from "../../../db/schema/county.ts";
import { outbox } from "../../../db/schema/outbox.ts";
import { deputies } from "../../../db/schema/people.ts";
import { isNumberOf } from "../../domain/case/case.ts";
import { DESK_CHANNEL, MOST_MISSED_DAYS, maskedPhone } from "../../domain/case/desk.ts";
import type { CallLine } from "../../domain/wording/stations/sentences.ts";
import { stationWordingOf } from "../../domain/wording/stations.ts";
import { deputyLines } from "../cases/describe.ts";
import { type Called, calledBy, type PhoneTask, wordsOfTask } from "../cases/phone-tasks.ts";
import { threadOf } from "../cases/thread.ts";
import { visibleTo } from "../cases/visible-to.ts";
import { contentOf } from "../outbox/content.ts";
import { waitingFor } from "../phone/result.ts";
import { numbersToCall } from "../phone/show-number.ts";
import type { Turn } from "../turn/turn.ts";
import type { SpeakingForStation } from "./speaking.ts";

/** A call that a station has to make, with its case. */
export type OpenCall = { readonly task: PhoneTask; readonly subject: CaseRecord };

/** The list that was shown holds for so long: a place in it means what stood there. */
const LISTED_MS = 12 * 3_600_000;

/** The calls of a station, what is due longest first; none of those that three days did not reach. */
export function openCalls({ tx, today }: Turn, { caller }: SpeakingForStation): Promise<OpenCall[]> {
  return tx
    .select({ task: phoneTasks, subject: cases })
    .from(phoneTasks)
    .innerJoin(cases, eq(cases.id, phoneTasks.caseId))
    .where(and(isNull(phoneTasks.doneAt), lt(phoneTasks.missedDays, MOST_MISSED_DAYS), visibleTo(caller, today)))
    .orderBy(asc(sql`coalesce(${phoneTasks.againOn}, ${today}::date)`), asc(phoneTasks.madeAt), asc(phoneTasks.id))
    .execute();
}

/** The cases of a station whose people come again, and for whom something waits there. */
export function awaitedVisits({ tx, today }: Turn, { caller }: SpeakingForStation): Promise<CaseRecord[]> {
  const something = sql`exists (select from ${outbox} where ${outbox.caseId} = ${cases.id}
    and ${outbox.conversationId} = ${cases.conversationId} and ${outbox.deputyId} is null and ${outbox.state} = 'waiting')`;
  const nobodyCalls = sql`not exists (select from ${casePeople} where ${casePeople.caseId} = ${cases.id} and ${casePeople.mayCall})`;
  return tx
    .select({ subject: cases })
    .from(cases)
    .innerJoin(conversations, eq(conversations.id, cases.conversationId))
    .innerJoin(channelAccounts, eq(channelAccounts.id, conversations.accountId))
    .where(and(eq(channelAccounts.channel, DESK_CHANNEL), visibleTo(caller, today), something, nobodyCalls))
    .orderBy(asc(cases.receivedAt))
    .then((rows) => rows.map(({ subject }) => subject));
}

/** The calls that a number, as typed, may mean: the place in the list as it was shown, and the number of a case. Of an unseen list only the one call there is. */
export function callsMeant(
  { conversation, now }: Turn,
  { code }: SpeakingForStation,
  open: readonly OpenCall[],
  typed: string,
): OpenCall[] {
  const { calls } = conversation.dialog;
  const isSeen = calls?.ref === code && now.getTime() - Date.parse(calls.at) <= LISTED_MS;
  const ids = isSeen ? calls.ids : open.length === 1 ? open.map(({ task }) => task.id) : [];
  const listed = open.filter(({ task }) => task.id === ids[Number(typed) - 1]);
  const numbered = open.filter(({ subject }) => isNumberOf(typed, subject.number));
  return [...new Set([...listed, ...numbered])];
}

/** Remembers in which order calls were shown. */
export function noteListed(turn: Turn, { code }: SpeakingForStation, open: readonly OpenCall[]): void {
  const calls = { ref: code, ids: open.map(({ task }) => task.id), at: turn.now.toISOString() };
  turn.conversation.dialog = { ...turn.conversation.dialog, calls };
}

/** Calls as a list has them. @param first the place of the first of them */
export async function callLines(turn: Turn, calls: readonly OpenCall[], first = 1): Promise<CallLine[]> {
  const lines = await deputyLines(
    turn,
    calls.map(({ subject }) => subject),
  );
  const found: CallLine[] = [];
  for (const [index, { task, subject }] of calls.entries()) {
    const line = lines[index];
    if (line === undefined) continue;
    const called = await calledBy(turn.tx, task, subject);
    const [phone] = await numbersToCall(turn.tx, turn.runtime, subject, called);
    found.push({
      ...{ number: subject.number, nth: first + index, to: called.to, deputy: await nameOf(turn, called) },
      ...{ maskedPhone: phone === undefined ? null : maskedPhone(phone), place: line.place, text: line.text },
      ...{ tries: task.tries, againOn: task.againOn !== null && task.againOn > turn.today ? task.againOn : null },
    });
  }
  return found;
}

/** The words to be said in a call: what waits for the resident, what the office wants said, what the case came to for whoever joined it. */
export async function wordsOfCall(turn: Turn, { task, subject }: OpenCall): Promise<string> {
  const wording = stationWordingOf(turn.conversation.locale);
  const called = await calledBy(turn.tx, task, subject);
  const say = wordsOfTask(turn.runtime.vault, task, subject);
  if (say !== null) return say;
  if (called.to === "deputy") {
    const deputy = (await nameOf(turn, called)) ?? "";
    // Whom nothing reached may have become late since: one call says both.
    const isLate = task.why === "deputy-late" || subject.escalation > 0;
    return wording.sayToDeputy({ number: subject.number, deputy, isLate });
  }
  if (called.to === "resident") return (await wordsWaiting(turn, subject)) ?? wording.nothingToSay();
  const said = (await threadOf(turn, subject)).findLast(({ party }) => party === "deputy");
  return said?.text ?? wording.nothingToSay();
}

/** The words that wait to be told to the resident of a case, in order; null where none do. */
export async function wordsWaiting(turn: Turn, subject: CaseRecord): Promise<string | null> {
  const which: SQL | undefined = and(await waitingFor(turn.tx, subject), eq(outbox.state, "waiting"));
  const rows = await turn.tx.select().from(outbox).where(which).orderBy(asc(outbox.seq));
  const texts = rows.map((row) => contentOf(turn.runtime, row).text).filter((text) => text !== "");
  return texts.length === 0 ? null : texts.join("\n");
}

async function nameOf({ tx }: Turn, { deputyId }: Called): Promise<string | null> {
  if (deputyId === null) return null;
  const [deputy] = await tx.select({ name: deputies.name }).from(deputies).where(eq(deputies.id, deputyId));
  return deputy?.name ?? null;
}
