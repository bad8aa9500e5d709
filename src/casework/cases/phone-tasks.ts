import { and, asc, eq, isNull, type SQL, sql } from "drizzle-orm";
import { v7 as newId } from "uuid";
import type { Transaction } from "../../../db/database.ts";
import type { CaseRecord } from "../../../db/schema/cases.ts";
import { casePeople, phoneTasks } from "../../../db/schema/console.ts";
import { conversations } from "../../../db/schema/conversations.ts";
import { channelAccounts } from "../../../db/schema/county.ts";
import type { Vault } from "../../../db/vault.ts";
import type { Reader } from "../../domain/access/may-see.ts";
import { type CalledParty, DESK_CHANNEL } from "../../domain/case/desk.ts";
import { keyPurpose } from "./thread.ts";

/** A call that has to be made, as it is written down. */
export type PhoneTask = typeof phoneTasks.$inferSelect;

type About = Pick<CaseRecord, "id" | "jurisdictionId" | "stationId" | "sealed" | "keyWrapped">;

/**
 * Asks for a call about a case, by the station that it lies in; what is sealed is the office's. It is to the resident, unless nobody
 * left a number but those who joined: then one to each of them. False where all of it waits already.
 */
export async function askToPhone(
  tx: Transaction,
  vault: Vault,
  subject: About,
  asked: { readonly by: string; readonly say: string | null; readonly stationId: string | null; readonly now: Date },
): Promise<boolean> {
  const { id: caseId, jurisdictionId, sealed, keyWrapped } = subject;
  const say = asked.say === null ? null : vault.unwrap(keyWrapped, keyPurpose(jurisdictionId)).seal(asked.say);
  const people = await tx.select().from(casePeople).where(eq(casePeople.caseId, caseId));
  const joined = people.every(({ isJoined }) => isJoined) ? people.filter(({ mayCall }) => mayCall) : [];
  const made = await tx
    .insert(phoneTasks)
    .values(
      (joined.length === 0 ? [null] : joined.map(({ id }) => id)).map((personId) => ({
        ...{ id: newId(), jurisdictionId, caseId, personId, say },
        ...{ why: "asked" as const, askedBy: asked.by, madeAt: asked.now },
        stationId: sealed ? null : asked.stationId,
      })),
    )
    .onConflictDoNothing()
    .returning({ id: phoneTasks.id });
  return made.length > 0;
}

/** Asks for a call to each who told something of somebody else's case at a desk, and may be called; one who waits for a call hears all in that one. */
export async function phoneJoined(tx: Transaction, subject: Pick<CaseRecord, "id">, now: Date): Promise<void> {
  await tx.execute(sql`
    insert into phone_tasks (id, jurisdiction_id, case_id, person_id, station_id, why, asked_by, made_at)
    select gen_random_uuid(), c.jurisdiction_id, c.id, p.id, case when c.sealed then null else c.station_id end, 'joined', 'service',
      ${now.toISOString()}::timestamptz
    from cases c join case_people p on p.case_id = c.id
    where c.id = ${subject.id} and p.is_joined and p.may_call and p.phone is not null on conflict do nothing`);
}

/** Asks for calls about what waits for a person without a chat, who may be called; does nothing for anybody else. */
export async function phoneWaiting(tx: Transaction, conversationId: string, now: Date): Promise<void> {
  await tx.execute(sql`
    insert into phone_tasks (id, jurisdiction_id, case_id, station_id, why, asked_by, made_at)
    select gen_random_uuid(), c.jurisdiction_id, c.id, case when c.sealed then null else c.station_id end, 'no-chat', 'service',
      ${now.toISOString()}::timestamptz
    from cases c where c.conversation_id = ${conversationId}
      and exists (select from case_people p
        where p.case_id = c.id and p.may_call and p.phone is not null and not p.is_joined)
      and exists (select from outbox o where o.case_id = c.id and o.conversation_id = ${conversationId}
        and o.state = 'waiting' and o.awaits_contact)
      and exists (select from conversations k join channel_accounts n on n.id = k.account_id
        where k.id = ${conversationId} and n.channel = ${DESK_CHANNEL})
    on conflict do nothing`);
}

/** Asks for a call to the deputy who has a case, by the station that it lies in. */
export async function phoneDeputy(
  tx: Transaction,
  subject: Pick<CaseRecord, "id" | "jurisdictionId" | "stationId" | "deputyId">,
  { why, now }: { readonly why: "deputy-late" | "deputy-unreached"; readonly now: Date },
): Promise<void> {
  const { id: caseId, jurisdictionId, stationId, deputyId } = subject;
  if (deputyId === null) return;
  const task = { id: newId(), jurisdictionId, caseId, deputyId, stationId, why, askedBy: "service", madeAt: now };
  await tx.insert(phoneTasks).values(task).onConflictDoNothing();
}

/** The one whom a call about a case is to: its deputy, its own resident, or one of those who joined it at a desk; all of them where none is named. */
export type Called = {
  readonly to: CalledParty;
  readonly personId: string | null;
  /** The deputy, where it is to one. */
  readonly deputyId: string | null;
};

/** Finds whom a call is to. One that names nobody of those who joined is an older one: to all of them, where nobody else left a number. */
export async function calledBy(
  tx: Transaction,
  { why, personId, deputyId }: Pick<PhoneTask, "why" | "personId" | "deputyId">,
  { id }: Pick<CaseRecord, "id">,
): Promise<Called> {
  if (deputyId !== null) return { to: "deputy", personId, deputyId };
  if (personId !== null || why === "joined") return { to: "joined", personId, deputyId };
  if (why !== "asked") return { to: "resident", personId, deputyId };
  const people = await tx.select({ isJoined: casePeople.isJoined }).from(casePeople).where(eq(casePeople.caseId, id));
  const isToJoined = people.length > 0 && people.every(({ isJoined }) => isJoined);
  return { to: isToJoined ? "joined" : "resident", personId, deputyId };
}

/** The condition that a row of `case_people` is of somebody whom a call is to. */
export function isCalled({ to, personId }: Called): SQL | undefined {
  return personId === null ? eq(casePeople.isJoined, to === "joined") : eq(casePeople.id, personId);
}

/** The place of whom a row `t` of `phone_tasks` is to among those who joined its case, from 1; null where only one did, or none is named. */
export const placeAmongJoined = sql<number | null>`(select case when count(*) > 1 then
    count(*) filter (where (q.at, q.id) <= (p.at, p.id)) end::int
  from case_people p join case_people q on q.case_id = p.case_id and q.is_joined where p.id = t.person_id)`;

/** The places of those whom the open calls of a case are to among those who joined it, by the call. */
export async function placesAmongJoined(tx: Transaction, caseId: string): Promise<ReadonlyMap<string, number | null>> {
  const rows = await tx.execute<{ id: string; nth: number | null }>(
    sql`select t.id, ${placeAmongJoined} as nth from phone_tasks t where t.case_id = ${caseId} and t.done_at is null`,
  );
  return new Map(rows.map(({ id, nth }) => [id, nth]));
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

/** The calls that have to be made about a case, those first that were asked for first. */
export function openPhoneTasks(tx: Transaction, caseId: string): Promise<PhoneTask[]> {
  return tx
    .select()
    .from(phoneTasks)
    .where(and(eq(phoneTasks.caseId, caseId), isNull(phoneTasks.doneAt)))
    .orderBy(asc(phoneTasks.madeAt), asc(phoneTasks.id))
    .execute();
}

/** Picks the call that is meant: the one that is named, or the only one; `which` where there are several. */
export function callMeant(open: readonly PhoneTask[], named: string | null): PhoneTask | "which" | null {
  if (named !== null) return open.find(({ id }) => id === named) ?? null;
  return open.length > 1 ? "which" : (open[0] ?? null);
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
