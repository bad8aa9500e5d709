import { and, eq, inArray, isNull, lte, or, sql } from "drizzle-orm";
import type { Database } from "../../../db/database.ts";
import { pullCursors } from "../../../db/schema/conversations.ts";
import { channelAccounts } from "../../../db/schema/county.ts";
import type { Channel } from "../../channels/channel.ts";
import type { Inbound } from "../../domain/messages/message.ts";
import type { Accounts, FoundAccount } from "../runtime/accounts.ts";
import { reasonOf } from "../runtime/failure-reason.ts";
import type { Runtime } from "../runtime/runtime.ts";
import type { Inbox } from "./accept.ts";
import { hintPurpose } from "./pull-cursors.ts";

/** The services by which accounts are read whose platform only says that something lies ready. */
export type PullServices = Pick<Runtime, "database" | "vault" | "now" | "log"> & {
  readonly accounts: Accounts;
  readonly inbox: Inbox;
  /** Counts a page that was fetched, or why there was none; nothing is counted when it is left out. */
  readonly count?: (channel: string, result: "stored" | "failed") => void;
};

/** A place of an account that this process reads now, and nobody else. */
type Taken = Pick<typeof pullCursors.$inferSelect, "accountId" | "key" | "cursor" | "hint" | "nudges"> & {
  readonly jurisdictionId: string;
  readonly answeredSince: Date;
};

/** A platform may lose what it said: it is looked at so often in any case. */
const LOOK_MS = 60_000;
/** A page is fetched and stored before then, or somebody else goes on; by the database's clock. */
const LEASE = sql`clock_timestamp() + interval '30 seconds'`;
const RETRY_MS = 5_000;
const AT_ONCE = 8;

/** The counties with an account of a platform from which messages are pulled. */
export async function countiesThatPull(database: Database, channels: readonly Channel[]): Promise<string[]> {
  const types = channels.flatMap(({ type, pull }) => (pull === undefined ? [] : [type]));
  if (types.length === 0) return [];
  const rows = await database.inDirectory((tx) =>
    tx
      .selectDistinct({ id: channelAccounts.jurisdictionId })
      .from(channelAccounts)
      .where(inArray(channelAccounts.channel, types)),
  );
  return rows.map(({ id }) => id);
}

/**
 * Pulls what is due in a county: where the platform has said since the last time that something lies there, or nobody has looked
 * for a minute. Each place is read by one process at a time; what a page brought is stored with the place to go on from, or neither is.
 */
export async function pullDue(
  services: PullServices,
  jurisdictionId: string,
  isStopping: () => boolean = () => false,
): Promise<void> {
  const taken = await takeDue(services, jurisdictionId);
  await Promise.all(taken.map((one) => pullPlace(services, one, isStopping)));
}

async function takeDue({ database, now }: PullServices, jurisdictionId: string): Promise<Taken[]> {
  const at = now();
  const { accountId, key, cursor, hint, nudges, pulledNudges, pulledAt, notBefore, leaseUntil } = pullCursors;
  const isDue = and(
    eq(pullCursors.jurisdictionId, jurisdictionId),
    or(sql`${nudges} > ${pulledNudges}`, isNull(pulledAt), lte(pulledAt, new Date(at.getTime() - LOOK_MS))),
    or(isNull(notBefore), lte(notBefore, at)),
    or(isNull(leaseUntil), sql`${leaseUntil} <= clock_timestamp()`),
  );
  return database.inCounty(jurisdictionId, async (tx) => {
    const due = await tx
      .select({ accountId, key, cursor, hint, nudges, answeredSince: channelAccounts.createdAt })
      .from(pullCursors)
      .innerJoin(channelAccounts, eq(channelAccounts.id, accountId))
      .where(isDue)
      .limit(AT_ONCE)
      .for("update", { of: pullCursors, skipLocked: true });
    for (const one of due) {
      await tx.update(pullCursors).set({ leaseUntil: LEASE }).where(isPlace(one));
    }
    return due.map((one) => ({ ...one, jurisdictionId }));
  });
}

async function pullPlace(services: PullServices, taken: Taken, isStopping: () => boolean): Promise<void> {
  const { accountId, jurisdictionId, key } = taken;
  const found = await services.accounts.byId(jurisdictionId, accountId);
  if (found?.pull === undefined) return;
  try {
    const failed = await pullPages(services, found, taken, isStopping);
    if (failed === null) return;
    await putOff(services, taken, failed);
    services.log.warn(
      { channel: found.account.channel, account: found.account.name, reason: failed.reason },
      "a pull failed",
    );
  } catch (error) {
    const reason = reasonOf(error);
    services.log.error({ channel: found.account.channel, key, reason }, "what was pulled could not be stored");
    await putOff(services, taken, { reason, retryAfterMs: RETRY_MS });
  }
  services.count?.(found.account.channel, "failed");
}

type Failure = { readonly reason: string; readonly retryAfterMs: number };

/** Fetches and stores page after page. @returns why it could not go on; null where nothing more lies there, or this process ends */
async function pullPages(
  services: PullServices,
  { account, pull }: FoundAccount,
  taken: Taken,
  isStopping: () => boolean,
): Promise<Failure | null> {
  const { key, nudges } = taken;
  const hint = taken.hint === null ? null : services.vault.open(taken.hint, hintPurpose(account.id)).toString();
  let from = taken.cursor;
  for (;;) {
    const pulled = await pull?.({ key, cursor: from, hint });
    if (pulled === undefined) return null;
    if (!pulled.ok) return pulled;
    const { messages, cursor } = pulled;
    // A platform that says "more" and gives nothing, and no other place, would be asked for ever.
    const more = pulled.more && !(cursor === from && messages.length === 0);
    await services.inbox.accept(account, messages, {
      arrivedAt: (message) => arrivalOf(message, services.now()),
      answeredSince: wholeSecond(taken.answeredSince),
      cursor: { key, cursor, from, nudges, more },
    });
    services.count?.(account.channel, "stored");
    if (!more) return null;
    if (isStopping()) {
      await keepUntil(services, taken, null);
      return null;
    }
    from = cursor;
    await keepUntil(services, taken, LEASE);
  }
}

/** What lay at the platform counts from when it was said: by that moment the platform reckons what it allows. */
function arrivalOf({ sentAt }: Inbound, now: Date): Date {
  return sentAt < now ? sentAt : now;
}

/** Platforms tell moments in whole seconds: what was said in the second in which the account became ours is answered. */
function wholeSecond(moment: Date): Date {
  return new Date(Math.floor(moment.getTime() / 1000) * 1000);
}

/** Prolongs the turn of this process, or ends it: whoever looks next goes on. */
async function keepUntil({ database }: PullServices, taken: Taken, leaseUntil: typeof LEASE | null): Promise<void> {
  await database.inCounty(taken.jurisdictionId, (tx) =>
    tx.update(pullCursors).set({ leaseUntil }).where(isPlace(taken)),
  );
}

async function putOff({ database, now }: PullServices, taken: Taken, failed: Failure): Promise<void> {
  const at = now();
  await database.inCounty(taken.jurisdictionId, (tx) =>
    tx
      .update(pullCursors)
      .set({
        leaseUntil: null,
        notBefore: new Date(at.getTime() + failed.retryAfterMs),
        failure: failed.reason,
        behindSince: sql`coalesce(${pullCursors.behindSince}, ${at.toISOString()}::timestamptz)`,
      })
      .where(isPlace(taken)),
  );
}

function isPlace({ accountId, key }: Pick<Taken, "accountId" | "key">) {
  return and(eq(pullCursors.accountId, accountId), eq(pullCursors.key, key));
}
