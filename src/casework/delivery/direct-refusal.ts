import { and, desc, eq, gt, isNull, lte } from "drizzle-orm";
import type { Transaction } from "../../../db/database.ts";
import { conversations } from "../../../db/schema/conversations.ts";
import { channelAccounts } from "../../../db/schema/county.ts";
import { outbox } from "../../../db/schema/outbox.ts";
import type { ChannelAccount } from "../../channels/channel.ts";
import type { FoundAccount } from "../runtime/accounts.ts";
import type { Runtime } from "../runtime/runtime.ts";
import { isHeldByRefusal, releaseHeldByRefusal } from "./release.ts";

/*
 * An account whose direct messages the platform refuses lastingly (errcode 48001, protocols.md 2.2: "use passive reply") has
 * one rung of the ladder less, until the platform lets one through again.
 */

/** The platform is asked again so often, by one message: an account that was verified meanwhile writes again by itself. */
const LOOK_AGAIN_MS = 3_600_000;

/** Whether this account's direct messages count as refused now. */
export function isDirectRefused({ directRefusedUntil }: ChannelAccount, now: Date): boolean {
  return directRefusedUntil !== undefined && directRefusedUntil > now;
}

/**
 * Records that the platform refuses an account its direct messages.
 *
 * A single refusal may be a mistake of the platform, and would keep a good account from sending for an hour; so the rung
 * counts as missing only after a second refusal, or where it did before.
 * @param isRepeated whether the same message was refused so before
 * @returns whether the rung counts as missing now
 */
export async function takeRefusal(
  runtime: Runtime,
  tx: Transaction,
  { account, note }: FoundAccount,
  isRepeated: boolean,
): Promise<boolean> {
  const before = await lockRefusal(tx, account.id);
  if (before === null && !isRepeated) return false;
  const until = new Date(runtime.now().getTime() + LOOK_AGAIN_MS);
  await tx.update(channelAccounts).set({ directRefusedUntil: until }).where(eq(channelAccounts.id, account.id));
  note(until);
  if (before === null) {
    runtime.log.error(
      { channel: account.channel, account: account.name },
      "the platform refuses this account direct messages: from now on people hear from it when they write",
    );
  }
  return true;
}

/**
 * Records that a direct message was accepted again: the rung counts as available, and what waited for people's next
 * contact may use it.
 */
export async function takeAsMended(runtime: Runtime, tx: Transaction, { account, note }: FoundAccount): Promise<void> {
  const before = await lockRefusal(tx, account.id);
  note(null);
  if (before === null) return;
  await tx.update(channelAccounts).set({ directRefusedUntil: null }).where(eq(channelAccounts.id, account.id));
  await releaseHeldByRefusal(tx, account.id, runtime.now());
  runtime.log.info(
    { channel: account.channel, account: account.name },
    "the platform takes this account's direct messages again",
  );
}

/**
 * Tries one waiting message of each account whose time of refusal is over; its result decides about the rest.
 * @returns the conversations that now have something to deliver
 */
export async function lookAgain(runtime: Runtime, jurisdictionId: string): Promise<string[]> {
  const now = runtime.now();
  return runtime.database.inCounty(jurisdictionId, async (tx) => {
    const refused = await tx
      .select({ id: channelAccounts.id })
      .from(channelAccounts)
      .where(and(eq(channelAccounts.jurisdictionId, jurisdictionId), lte(channelAccounts.directRefusedUntil, now)));
    const found: string[] = [];
    for (const { id } of refused) {
      const [row] = await tx
        .select({ conversationId: conversations.id })
        .from(outbox)
        .innerJoin(conversations, eq(conversations.id, outbox.conversationId))
        .where(
          and(
            eq(outbox.jurisdictionId, jurisdictionId),
            isHeldByRefusal(),
            eq(conversations.accountId, id),
            eq(conversations.following, true),
            (await isAlwaysOpen(runtime, jurisdictionId, id))
              ? isNull(conversations.directRefusedAt)
              : and(gt(conversations.windowUntil, now), gt(conversations.windowLeft, 1)),
          ),
        )
        .orderBy(desc(outbox.createdAt))
        .limit(1);
      if (row === undefined) continue;
      const own = eq(outbox.conversationId, row.conversationId);
      await tx.update(outbox).set({ awaitsContact: false }).where(and(isHeldByRefusal(), own));
      found.push(row.conversationId);
    }
    return found;
  });
}

/** Whether an account's people need not have written lately to be written to. */
async function isAlwaysOpen({ accounts }: Runtime, jurisdictionId: string, accountId: string): Promise<boolean> {
  const found = await accounts.byId(jurisdictionId, accountId);
  return found?.sender.abilities.window === "open";
}

/** Until when direct messages counted as refused; the row stays locked, so that one process says what changed. */
async function lockRefusal(tx: Transaction, accountId: string): Promise<Date | null> {
  const [row] = await tx
    .select({ until: channelAccounts.directRefusedUntil })
    .from(channelAccounts)
    .where(eq(channelAccounts.id, accountId))
    .for("no key update");
  return row?.until ?? null;
}
