import { and, asc, eq, sql } from "drizzle-orm";
import { v7 as newId } from "uuid";
import type { Database, Transaction } from "../../../db/database.ts";
import { pullCursors } from "../../../db/schema/conversations.ts";
import { channelAccounts } from "../../../db/schema/county.ts";
import type { Vault } from "../../../db/vault.ts";
import type { Channel, ChannelAccount } from "../../channels/channel.ts";
import { type ChangedBy, noteStaffChange } from "../access/staff-changes.ts";
import { releaseHeldByRefusal } from "../delivery/release.ts";
import { secretsPurpose, unseal } from "../runtime/accounts.ts";
import { isChatAccount } from "../runtime/chat-accounts.ts";

/** An account in a list, without secrets. */
export type ListedAccount = {
  readonly channel: string;
  readonly name: string;
  readonly settings: Record<string, string>;
};

/** The state of an account: whether the platform refuses its direct messages, and since when messages lie there that nobody could fetch. */
export type AccountState = {
  readonly channel: string;
  readonly name: string;
  readonly isRefused: boolean;
  readonly behindSince: Date | null;
};

type Wanted = {
  readonly channel: Channel;
  readonly name: string;
  readonly options: Readonly<Record<string, string | undefined>>;
};

/** An account that was written, or plain sentences that name what is wrong. */
type Written =
  | { readonly ok: true; readonly account: ChannelAccount }
  | { readonly ok: false; readonly problems: readonly string[] };

/**
 * Adds an account to a county, or gives one that it has new settings and secrets.
 * @returns the account, or plain sentences that name what is wrong
 */
export async function addAccount(
  services: { readonly database: Database; readonly vault: Vault; readonly now: () => Date },
  jurisdictionId: string,
  wanted: Wanted,
): Promise<Written> {
  const changed = { jurisdictionId, by: null, at: services.now() };
  return services.database.inCounty(jurisdictionId, (tx) => writeAccount(tx, services.vault, changed, wanted));
}

/** Writes an account with all its settings and secrets within a transaction of the county, and who did so, without a secret. */
export async function writeAccount(
  tx: Transaction,
  vault: Vault,
  changed: ChangedBy,
  { channel, name, options }: Wanted,
): Promise<Written> {
  if (!/^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/.test(name)) {
    return {
      ok: false,
      problems: ["--account has 1 to 64 letters, digits, - and _, for it is part of the webhook's address."],
    };
  }
  const configured = channel.configure(options);
  if (!configured.ok) return configured;
  const { jurisdictionId, at } = changed;
  const own = and(eq(channelAccounts.channel, channel.type), eq(channelAccounts.name, name));
  const [existing] = await tx.select().from(channelAccounts).where(own);
  const id = existing?.id ?? newId();
  const { settings } = configured;
  const secrets = vault.seal(JSON.stringify(configured.secrets), secretsPurpose(id));
  const [written] = existing
    ? await tx
        .update(channelAccounts)
        .set({ settings, secrets, directRefusedUntil: null })
        .where(eq(channelAccounts.id, id))
        .returning()
    : await tx
        .insert(channelAccounts)
        .values({ id, jurisdictionId, channel: channel.type, name, settings, secrets, createdAt: at })
        .onConflictDoNothing()
        .returning();
  if (written === undefined)
    return { ok: false, problems: [`Another county has the ${channel.type} account ${name}.`] };
  // New settings may mend what the platform refused.
  if (existing) await releaseHeldByRefusal(tx, id, at);
  const before = existing === undefined ? {} : secretsIn(vault, existing);
  const renewed = Object.keys(configured.secrets).filter((one) => before[one] !== configured.secrets[one]);
  await noteStaffChange(tx, changed, {
    what: existing === undefined ? "account-added" : "account-changed",
    subjectId: id,
    name: `${channel.type}/${name}`,
    before: existing === undefined ? null : { settings: existing.settings },
    after: { settings, secrets: renewed },
  });
  return { ok: true, account: unseal(vault, written) };
}

/** The secrets of an account; none where they cannot be read. */
export function secretsIn(vault: Vault, row: typeof channelAccounts.$inferSelect): Readonly<Record<string, string>> {
  try {
    return unseal(vault, row).secrets;
  } catch {
    return {};
  }
}

/** The accounts of one county at platforms, by channel and name. */
export async function listAccounts(database: Database, jurisdictionId: string): Promise<ListedAccount[]> {
  return database.inCounty(jurisdictionId, (tx) =>
    tx
      .select({ channel: channelAccounts.channel, name: channelAccounts.name, settings: channelAccounts.settings })
      .from(channelAccounts)
      .where(isChatAccount)
      .orderBy(asc(channelAccounts.channel), asc(channelAccounts.name)),
  );
}

/** The states of the accounts of one county at platforms. */
export async function accountStates(database: Database, jurisdictionId: string): Promise<AccountState[]> {
  const { id, channel, name, directRefusedUntil } = channelAccounts;
  const behind = sql<string | null>`(select min(p.behind_since) from ${pullCursors} p where p.account_id = ${id})`;
  const rows = await database.inCounty(jurisdictionId, (tx) =>
    tx
      .select({ channel, name, isRefused: sql<boolean>`${directRefusedUntil} is not null`, behind })
      .from(channelAccounts)
      .where(isChatAccount)
      .orderBy(asc(channel), asc(name)),
  );
  return rows.map(({ behind, ...row }) => ({ ...row, behindSince: behind === null ? null : new Date(behind) }));
}
