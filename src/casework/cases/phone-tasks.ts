import { and, eq, isNull, type SQL, sql } from "drizzle-orm";
import { v7 as newId } from "uuid";
import type { Transaction } from "../../../db/database.ts";
import type { CaseRecord } from "../../../db/schema/cases.ts";
import { casePeople, phoneTasks } from "../../../db/schema/console.ts";
import { conversations } from "../../../db/schema/conversations.ts";
import { channelAccounts } from "../../../db/schema/county.ts";
import type { Vault } from "../../../db/vault.ts";
import type { Reader } from "../../domain/access/may-see.ts";
import { DESK_CHANNEL, type PhoneTaskReason } from "../../domain/case/desk.ts";
import { keyPurpose } from "./thread.ts";

/** A call that has to be made, as it is written down. */
type PhoneTask = typeof phoneTasks.$inferSelect;

type About = Pick<CaseRecord, "id" | "jurisdictionId" | "stationId" | "sealed" | "keyWrapped">;

/** Asks for a call about a case, by the station that it lies in; what is sealed is the office's. False where one waits already. */
export async function askToPhone(
  tx: Transaction,
  vault: Vault,
  subject: About,
  asked: { readonly by: string; readonly say: string | null; readonly stationId: string | null; readonly now: Date },
): Promise<boolean> {
  const { id: caseId, jurisdictionId, sealed, keyWrapped } = subject;
  const say = asked.say === null ? null : vault.unwrap(keyWrapped, keyPurpose(jurisdictionId)).seal(asked.say);
  const made = await tx
    .insert(phoneTasks)
    .values({
      ...{ id: newId(), jurisdictionId, caseId, say, why: "asked", askedBy: asked.by, madeAt: asked.now },
      stationId: sealed ? null : asked.stationId,
    })
    .onConflictDoNothing()
    .returning({ id: phoneTasks.id });
  return made.length > 0;
}

/** Asks for a call to those who told something of somebody else's case at a desk, and may be called. */
export async function phoneJoined(tx: Transaction, subject: Pick<CaseRecord, "id">, now: Date): Promise<void> {
  await tx.execute(insertFor("joined", sql`c.id = ${subject.id} and ${mayCall(sql`p.is_joined`)}`, now));
}

/** Asks for the call that could not be asked for while another one about the case was open: to its own person, or to those who joined it. */
export async function phoneNext(
  tx: Transaction,
  subject: Pick<CaseRecord, "id" | "conversationId">,
  now: Date,
): Promise<void> {
  await phoneWaiting(tx, subject.conversationId, now);
  const untold = sql`exists (select from case_messages m where m.case_id = c.id and m.direction = 'out' and m.kind in ('reply', 'closure')
    and m.at > (select min(p.at) from case_people p where p.case_id = c.id and p.is_joined)
    and not exists (select from phone_tasks t where t.case_id = c.id and t.why = 'joined' and t.done_at >= m.at))`;
  await tx.execute(insertFor("joined", sql`c.id = ${subject.id} and ${mayCall(sql`p.is_joined`)} and ${untold}`, now));
}

/** Asks for calls about what waits for a person without a chat, who may be called; does nothing for anybody else. */
export async function phoneWaiting(tx: Transaction, conversationId: string, now: Date): Promise<void> {
  const waits = sql`c.conversation_id = ${conversationId} and ${mayCall(sql`not p.is_joined`)}
    and exists (select from outbox o where o.case_id = c.id and o.conversation_id = ${conversationId}
      and o.state = 'waiting' and o.awaits_contact)
    and exists (select from conversations k join channel_accounts n on n.id = k.account_id
      where k.id = ${conversationId} and n.channel = ${DESK_CHANNEL})`;
  await tx.execute(insertFor("no-chat", waits, now));
}

function mayCall(more: SQL): SQL {
  return sql`exists (select from case_people p where p.case_id = c.id and p.may_call and p.phone is not null and ${more})`;
}

function insertFor(why: PhoneTaskReason, cases: SQL, now: Date): SQL {
  return sql`insert into phone_tasks (id, jurisdiction_id, case_id, station_id, why, asked_by, made_at)
    select gen_random_uuid(), c.jurisdiction_id, c.id, case when c.sealed then null else c.station_id end, ${why}, 'service',
      ${now.toISOString()}::timestamptz
    from cases c where ${cases} on conflict do nothing`;
}

/** The one whom a call about a case is to: its own resident, or those who joined it at a desk. */
export type Called = "resident" | "joined";

/** Finds whom a call is to. What the office asks for is for the resident, unless nobody left a number but those who joined. */
export async function calledBy(
  tx: Transaction,
  { why }: Pick<PhoneTask, "why">,
  { id }: Pick<CaseRecord, "id">,
): Promise<Called> {
  if (why !== "asked") return why === "joined" ? "joined" : "resident";
  const people = await tx.select({ isJoined: casePeople.isJoined }).from(casePeople).where(eq(casePeople.caseId, id));
  return people.length > 0 && people.every(({ isJoined }) => isJoined) ? "joined" : "resident";
}

/** Whether a conversation is that of a person without a chat. */
export async function isAtDesk(tx: Transaction, conversationId: string): Promise<boolean> {
  const [chat] = await tx
    .select({ channel: channelAccounts.channel })
    .from(conversations)
    .innerJoin(channelAccounts, eq(channelAccounts.id, conversations.accountId))
    .where(eq(conversations.id, conversationId));
  return chat?.channel === DESK_CHANNEL;
}

/** The call that has to be made about a case; null where there is none. */
export async function openPhoneTask(tx: Transaction, caseId: string): Promise<PhoneTask | null> {
  const [row] = await tx
    .select()
    .from(phoneTasks)
    .where(and(eq(phoneTasks.caseId, caseId), isNull(phoneTasks.doneAt)));
  return row ?? null;
}

/** The station whose call it is: that of the case as it lies now, not as it lay when the call was asked for; null for the county's office. */
export function stationOfCall({ sealed, stationId }: Pick<CaseRecord, "sealed" | "stationId">): string | null {
  return sealed ? null : stationId;
}

/** Whether the call about a case is somebody's to make, and the case exists for them. */
export function isOwnCall(
  { role, stations }: Pick<Reader, "role" | "stations">,
  subject: Pick<CaseRecord, "sealed" | "stationId">,
): boolean {
  const station = stationOfCall(subject);
  return role === "office" || (station !== null && stations.includes(station));
}

/** The words that the office wants said in a call; null where the messages that wait say it. */
export function wordsOfTask(vault: Vault, task: PhoneTask, subject: Pick<CaseRecord, "jurisdictionId" | "keyWrapped">) {
  return task.say === null ? null : vault.unwrap(subject.keyWrapped, keyPurpose(subject.jurisdictionId)).open(task.say);
}
