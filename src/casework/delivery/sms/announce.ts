import { and, asc, eq, sql } from "drizzle-orm";
import { v7 as newId } from "uuid";
import type { Transaction } from "../../../../db/database.ts";
import { cases } from "../../../../db/schema/cases.ts";
import { conversations } from "../../../../db/schema/conversations.ts";
import { channelAccounts } from "../../../../db/schema/county.ts";
import { attempts, outbox } from "../../../../db/schema/outbox.ts";
import type { SendOutcome } from "../../../channels/channel.ts";
import { hourIn } from "../../../domain/calendar/deadline.ts";
import { BARRED } from "../../../domain/case/outlet.ts";
import { BY_PHONE } from "../../../domain/messages/delivery-ladder.ts";
import { outboundKey } from "../../../domain/messages/outbound-key.ts";
import { BY_SMS, SMS_CHANNEL } from "../../../domain/messages/sms.ts";
import { answerWaits } from "../../../domain/wording/sms/answer-waits.ts";
import { isRehearsed } from "../../cases/rehearsed.ts";
import { countsAsOrdinary } from "../../cases/visible-to.ts";
import { readTrial } from "../../county/trial.ts";
import type { FoundAccount } from "../../runtime/accounts.ts";
import type { Runtime } from "../../runtime/runtime.ts";
import { lockConversation } from "../../turn/conversation.ts";
import { ownNumberOf } from "./own-number.ts";

/** An answer that is announced, with the number to which; the attempt is written before the call. */
type Announcement = {
  readonly attemptId: string;
  readonly number: string;
  readonly text: string;
};

const HOUR_MS = 3_600_000;
/** So long an answer waits in the chat alone. */
const WAITED_MS = 24 * HOUR_MS;
/** A call whose end nobody saw is made again by the same key after a minute, within the day for which the gateway knows it. */
const UNSEEN_MS = 60_000;
const KEY_LIFE_MS = 23 * HOUR_MS;
/** After a call that certainly brought nothing. */
const RETRY_MS = 10 * 60_000;
const AT_ONCE = 20;
/** Nobody's telephone rings at night. */
const [FIRST_HOUR, LAST_HOUR] = [8, 20];

/**
 * Announces by short message what has waited a day for its resident's next contact (the sixth rung of the ladder), where the county has
 * a gateway and they gave a number: that an answer waits, and nothing of what it says.
 *
 * Once for a person until they are in contact again. Of a sealed case, one of a child, of who stays unnamed, of a withdrawn one and of any
 * that touches an accusation nothing leaves, and nothing while the county is in trial.
 */
export async function announceBySms(runtime: Runtime, jurisdictionId: string): Promise<void> {
  const { database, now, timeZone } = runtime;
  const hour = hourIn(now(), timeZone);
  if (hour < FIRST_HOUR || hour > LAST_HOUR) return;
  const found = await database.inCounty(jurisdictionId, async (tx) => {
    const gateway = await firstOf(tx, SMS_CHANNEL);
    if (gateway === null || (await readTrial(tx)).isOn) return null;
    return { gateway, waiting: await answersWaiting(tx, jurisdictionId, now()) };
  });
  if (found === null || found.waiting.length === 0) return;
  const account = await runtime.accounts.byId(jurisdictionId, found.gateway);
  if (account === null || account.sender.pause() !== null) return;
  for (const conversationId of found.waiting) {
    const announcement = await database.inCounty(jurisdictionId, (tx) =>
      claim(runtime, tx, jurisdictionId, conversationId),
    );
    if (announcement === null) continue;
    const { attemptId, number, text } = announcement;
    const content = { kind: "text", text, key: outboundKey(attemptId, 0) } as const;
    const outcome = await account.sender.send("direct", { kind: "person", id: number }, content);
    await database.inCounty(jurisdictionId, (tx) => settle(tx, account, attemptId, outcome, now()));
  }
}

async function firstOf(tx: Transaction, channel: string): Promise<string | null> {
  const [row] = await tx
    .select({ id: channelAccounts.id })
    .from(channelAccounts)
    .where(eq(channelAccounts.channel, channel))
    .orderBy(asc(channelAccounts.createdAt))
    .limit(1);
  return row?.id ?? null;
}

/** The condition that a row of `outbox`, with its case and conversation, may be announced now. */
function mayBeAnnounced(now: Date) {
  const isBarred = sql.join(
    BARRED.sms.map((property) => sql`${cases[property]}`),
    sql` or `,
  );
  const before = (ms: number) => sql`${new Date(now.getTime() - ms).toISOString()}::timestamptz`;
  return sql`${outbox.state} = 'waiting' and ${outbox.awaitsContact} and ${outbox.isAnswer} and ${outbox.deputyId} is null
    and ${outbox.createdAt} <= ${before(WAITED_MS)} and ${outbox.reason} is distinct from ${BY_PHONE}
    and ${cases.conversationId} = ${outbox.conversationId} and not (${isBarred}) and ${countsAsOrdinary}
    and not ${isRehearsed} and ${cases.outcome} is distinct from 'withdrawn'
    and not exists (
      select from ${attempts} a join ${outbox} o on o.id = a.outbox_id
      where o.conversation_id = ${outbox.conversationId} and a.rung = ${BY_SMS}
        and a.started_at > coalesce(${conversations.lastSpokenAt}, '-infinity')
        and case a.outcome when 'pending' then coalesce(a.ended_at, a.started_at) > ${before(UNSEEN_MS)}
          when 'retry' then a.ended_at > ${before(RETRY_MS)} else true end)`;
}

async function answersWaiting(tx: Transaction, jurisdictionId: string, now: Date): Promise<string[]> {
  const rows = await tx
    .selectDistinct({ conversationId: outbox.conversationId })
    .from(outbox)
    .innerJoin(cases, eq(cases.id, outbox.caseId))
    .innerJoin(conversations, eq(conversations.id, outbox.conversationId))
    .where(and(eq(outbox.jurisdictionId, jurisdictionId), mayBeAnnounced(now)))
    .limit(AT_ONCE);
  return rows.flatMap(({ conversationId }) => conversationId ?? []);
}

/** Writes down that somebody is about to be told, under the lock of their conversation; where they gave no number, that there is none. */
async function claim(
  runtime: Runtime,
  tx: Transaction,
  jurisdictionId: string,
  conversationId: string,
): Promise<Announcement | null> {
  const at = runtime.now();
  const conversation = await lockConversation(tx, conversationId);
  if (conversation === null) return null;
  const [waiting] = await tx
    .select({ id: outbox.id, subject: cases })
    .from(outbox)
    .innerJoin(cases, eq(cases.id, outbox.caseId))
    .innerJoin(conversations, eq(conversations.id, outbox.conversationId))
    .where(and(eq(outbox.conversationId, conversationId), mayBeAnnounced(at)))
    .orderBy(asc(outbox.seq))
    .limit(1);
  if (waiting === undefined) return null;
  const number = await ownNumberOf(tx, runtime.vault, waiting.subject);
  const unseen = await unseenCall(tx, conversationId);
  const attemptId = unseen?.id ?? newId();
  if (number === null || (unseen !== null && at.getTime() - unseen.startedAt.getTime() > KEY_LIFE_MS)) {
    const reason = number === null ? "nobody gave a number" : "its end was not seen";
    const end = { outcome: number === null ? "refused" : "uncertain", reason, endedAt: at };
    await write(tx, jurisdictionId, waiting.id, attemptId, at, end);
    return null;
  }
  await write(tx, jurisdictionId, waiting.id, attemptId, at, { outcome: "pending", reason: null, endedAt: at });
  const found = await runtime.accounts.byId(jurisdictionId, conversation.accountId);
  const page = await firstOf(tx, "web");
  const link = page === null ? null : await (await runtime.accounts.byId(jurisdictionId, page))?.sender.link("");
  const text = answerWaits(conversation.locale, {
    platform: found?.names[conversation.locale] ?? "",
    link: link?.ok === true ? link.url.replace(/\?s=$/, "") : null,
  });
  return { attemptId, number, text };
}

async function unseenCall(tx: Transaction, conversationId: string) {
  const [call] = await tx
    .select({ id: attempts.id, startedAt: attempts.startedAt })
    .from(attempts)
    .innerJoin(outbox, eq(outbox.id, attempts.outboxId))
    .where(
      and(
        eq(outbox.conversationId, conversationId),
        sql`${attempts.rung} = ${BY_SMS}`,
        eq(attempts.outcome, "pending"),
      ),
    )
    .limit(1);
  return call ?? null;
}

async function write(
  tx: Transaction,
  jurisdictionId: string,
  outboxId: string,
  id: string,
  startedAt: Date,
  end: Pick<typeof attempts.$inferInsert, "outcome" | "reason" | "endedAt">,
): Promise<void> {
  await tx
    .insert(attempts)
    .values({ id, jurisdictionId, outboxId, rung: sql`${BY_SMS}`, startedAt, ...end })
    .onConflictDoUpdate({ target: attempts.id, set: end });
}

/** A call whose end nobody saw stays pending: it is made again by its key. The gateway's id counts within its account. */
async function settle(
  tx: Transaction,
  { account }: FoundAccount,
  attemptId: string,
  outcome: SendOutcome,
  endedAt: Date,
): Promise<void> {
  const isUnseen = outcome.outcome === "uncertain";
  const id = outcome.outcome === "delivered" ? outcome.platformId : null;
  await tx
    .update(attempts)
    .set({
      endedAt,
      outcome: isUnseen ? "pending" : outcome.outcome,
      reason: "reason" in outcome ? outcome.reason : null,
      platformId: id === null ? null : smsId(account.id, id),
    })
    .where(eq(attempts.id, attemptId));
}

/** The id of a short message among those of all gateways. */
export function smsId(accountId: string, id: string): string {
  return `${SMS_CHANNEL}:${accountId}:${id}`;
}
