import { performance } from "node:perf_hooks";
import { and, asc, eq, inArray, type SQL, sql } from "drizzle-orm";
import { v7 as newId } from "uuid";
import type { Database, Transaction } from "../../../db/database.ts";
import { conversations } from "../../../db/schema/conversations.ts";
import { channelAccounts } from "../../../db/schema/county.ts";
import { outbox } from "../../../db/schema/outbox.ts";
import type { Vault } from "../../../db/vault.ts";
import type { Channel, ChannelAccount, Sender, SharedStore } from "../../channels/channel.ts";
import { DIRECT_REFUSED } from "../../domain/messages/delivery-ladder.ts";
import { inTime } from "../../with-timeout.ts";

/** The channel accounts of all counties, as a running service needs them. */
export type Accounts = {
  /** The account that a request's address names; null when there is none. */
  find(channelType: string, name: string): Promise<ChannelAccount | null>;
  /** An account of this county and what sends for it; null when there is none. */
  byId(jurisdictionId: string, id: string): Promise<FoundAccount | null>;
};

/** An account of a county, what sends for it, and how this process takes note at once of what the platform refuses it. */
export type FoundAccount = {
  readonly account: ChannelAccount;
  readonly sender: Sender;
  /** @param directRefusedUntil as written to the account's row by the transaction that goes on; null where it is not refused */
  readonly note: (directRefusedUntil: Date | null) => void;
};

/** An account as `channel list` shows it, without secrets. */
export type ListedAccount = {
  readonly channel: string;
  readonly name: string;
  readonly settings: Record<string, string>;
};

/** Whether the platform refuses an account its direct messages. */
export type AccountState = { readonly channel: string; readonly name: string; readonly isRefused: boolean };

type Row = typeof channelAccounts.$inferSelect;
type Known = { readonly row: Row; account: ChannelAccount; sender: Sender | null };

/** How long a picture of all accounts serves, and how soon a name that is missing from it may ask for a new one. */
const FRESH_MS = 2000;
const MISS_MS = 1000;
const KNOWN_TO_ALL_MS = 2 * FRESH_MS;
const RELOAD_LIMIT_MS = 500;

/**
 * Accounts over the database, behind one picture of all of them that is at most two seconds old: an account added beside
 * a running service works at once, and requests for names that do not exist cost one query a second, all together.
 * @param services.store gives the values that all processes share for one county
 */
export function createAccounts(services: {
  readonly database: Database;
  readonly vault: Vault;
  readonly channels: readonly Channel[];
  readonly apiBases: Readonly<Record<string, string>>;
  readonly store: (jurisdictionId: string) => SharedStore;
  readonly now: () => Date;
  readonly timeoutMs: number;
}): Accounts {
  const channels = new Map(services.channels.map((channel) => [channel.type, channel]));
  let known = new Map<string, Known>();
  let loadedAt = Number.NEGATIVE_INFINITY;
  let loading: Promise<void> | null = null;

  const load = async (): Promise<void> => {
    const rows = await services.database.inDirectory((tx) => tx.select().from(channelAccounts));
    const next = new Map<string, Known>();
    for (const row of rows) {
      const before = known.get(row.id);
      next.set(
        row.id,
        before && isSame(before.row, row)
          ? Object.assign(before, { account: withRefusal(before.account, row.directRefusedUntil) })
          : { row, account: unseal(services.vault, row), sender: null },
      );
    }
    known = next;
    loadedAt = performance.now();
  };

  const lookUp = async (matches: (row: Row) => boolean): Promise<Known | null> => {
    const search = () => [...known.values()].find(({ row }) => matches(row)) ?? null;
    const age = performance.now() - loadedAt;
    const found = search();
    if (age < (found === null ? MISS_MS : FRESH_MS)) return found;
    loading ??= load().finally(() => {
      loading = null;
    });
    // While the database is away the picture that is there serves on: what comes in is refused where it is stored.
    if (found !== null) {
      await inTime(RELOAD_LIMIT_MS, loading).catch(() => undefined);
      return search();
    }
    await loading;
    return search();
  };

  return {
    async find(channelType, name) {
      const found = await lookUp((row) => row.channel === channelType && row.name === name);
      return found?.account ?? null;
    },
    async byId(jurisdictionId, id) {
      const found = await lookUp((row) => row.id === id && row.jurisdictionId === jurisdictionId);
      const channel = found && channels.get(found.row.channel);
      if (!found || !channel) return null;
      found.sender ??= channel.connect(found.account, {
        apiBase: services.apiBases[channel.apiBaseVariable],
        store: services.store(jurisdictionId),
        now: services.now,
        timeoutMs: services.timeoutMs,
      });
      const note = (until: Date | null) => void Object.assign(found, { account: withRefusal(found.account, until) });
      return { account: found.account, sender: found.sender, note };
    },
  };
}

/**
 * Adds an account to a county, or gives one that it has new settings and secrets.
 * @returns the account, or plain sentences that name what is wrong
 */
export async function addAccount(
  services: { readonly database: Database; readonly vault: Vault; readonly now: () => Date },
  jurisdictionId: string,
  wanted: {
    readonly channel: Channel;
    readonly name: string;
    readonly options: Readonly<Record<string, string | undefined>>;
  },
): Promise<
  { readonly ok: true; readonly account: ChannelAccount } | { readonly ok: false; readonly problems: readonly string[] }
> {
  const { channel, name } = wanted;
  if (!/^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/.test(name)) {
    return {
      ok: false,
      problems: ["--account has 1 to 64 letters, digits, - and _, for it is part of the webhook's address."],
    };
  }
  const configured = channel.configure(wanted.options);
  if (!configured.ok) return configured;
  return services.database.inCounty(jurisdictionId, async (tx) => {
    const own = and(eq(channelAccounts.channel, channel.type), eq(channelAccounts.name, name));
    const [existing] = await tx.select({ id: channelAccounts.id }).from(channelAccounts).where(own);
    const id = existing?.id ?? newId();
    const { settings } = configured;
    const secrets = services.vault.seal(JSON.stringify(configured.secrets), secretsPurpose(id));
    const [written] = existing
      ? await tx
          .update(channelAccounts)
          .set({ settings, secrets, directRefusedUntil: null })
          .where(eq(channelAccounts.id, id))
          .returning()
      : await tx
          .insert(channelAccounts)
          .values({ id, jurisdictionId, channel: channel.type, name, settings, secrets, createdAt: services.now() })
          .onConflictDoNothing()
          .returning();
    if (written === undefined)
      return { ok: false, problems: [`Another county has the ${channel.type} account ${name}.`] };
    // New settings may mend what the platform refused.
    if (existing) await letGo(tx, id, services.now());
    return { ok: true, account: unseal(services.vault, written) };
  });
}

/**
 * What waits only because an account's direct messages were refused is tried again: when every process knows of the change,
 * for one that does not would put it aside for the person's next contact once more. Until then it keeps its order.
 */
export async function letGo(tx: Transaction, accountId: string, now: Date): Promise<void> {
  const notBefore = new Date(now.getTime() + KNOWN_TO_ALL_MS);
  const ofAccount = tx
    .select({ id: conversations.id })
    .from(conversations)
    .where(eq(conversations.accountId, accountId));
  await tx
    .update(outbox)
    .set({ awaitsContact: false, notBefore, tries: sql`greatest(${outbox.tries}, 1)` })
    .where(and(isHeldByRefusal(), inArray(outbox.conversationId, ofAccount)));
}

/** Whether a message waits for the person's next contact because the platform refuses the account direct messages. */
export function isHeldByRefusal(): SQL | undefined {
  return and(eq(outbox.state, "waiting"), eq(outbox.awaitsContact, true), eq(outbox.reason, DIRECT_REFUSED));
}

/** The accounts of one county, by channel and name. */
export async function listAccounts(database: Database, jurisdictionId: string): Promise<ListedAccount[]> {
  return database.inCounty(jurisdictionId, (tx) =>
    tx
      .select({ channel: channelAccounts.channel, name: channelAccounts.name, settings: channelAccounts.settings })
      .from(channelAccounts)
      .orderBy(asc(channelAccounts.channel), asc(channelAccounts.name)),
  );
}

/** How the platforms treat the accounts of one county. */
export async function accountStates(database: Database, jurisdictionId: string): Promise<AccountState[]> {
  const { channel, name, directRefusedUntil } = channelAccounts;
  return database.inCounty(jurisdictionId, (tx) =>
    tx
      .select({ channel, name, isRefused: sql<boolean>`${directRefusedUntil} is not null` })
      .from(channelAccounts)
      .orderBy(asc(channel), asc(name)),
  );
}

/** Whether this vault's key is the one that sealed what the accounts of all counties hold; true where there are none. */
export async function opensAccounts(database: Database, vault: Vault): Promise<boolean> {
  const rows = await database.inDirectory((tx) => tx.select().from(channelAccounts));
  try {
    for (const row of rows) unseal(vault, row);
    return true;
  } catch {
    return false;
  }
}

const secretsPurpose = (accountId: string) => `account:${accountId}`;

function unseal(vault: Vault, row: Row): ChannelAccount {
  const { id, jurisdictionId, channel, name, settings } = row;
  const secrets: Record<string, string> = JSON.parse(vault.open(row.secrets, secretsPurpose(id)));
  return withRefusal({ id, jurisdictionId, channel, name, settings, secrets }, row.directRefusedUntil);
}

/** The same account where nothing changes: what was read of its secrets is kept by it. */
function withRefusal(account: ChannelAccount, until: Date | null): ChannelAccount {
  const { directRefusedUntil: before, ...rest } = account;
  if (before?.getTime() === until?.getTime()) return account;
  return until === null ? rest : { ...rest, directRefusedUntil: until };
}

function isSame(a: Row, b: Row): boolean {
  return Buffer.compare(a.secrets, b.secrets) === 0 && JSON.stringify(a.settings) === JSON.stringify(b.settings);
}
