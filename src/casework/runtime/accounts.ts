import { performance } from "node:perf_hooks";
import type { Database } from "../../../db/database.ts";
import { channelAccounts } from "../../../db/schema/county.ts";
import type { Vault } from "../../../db/vault.ts";
import type {
  Abilities,
  Channel,
  ChannelAccount,
  Connection,
  Hand,
  Mailbox,
  Pulled,
  Sender,
  SenderServices,
  SharedStore,
} from "../../channels/channel.ts";
import type { MediaReference } from "../../domain/messages/message.ts";
import { withTimeout } from "../../with-timeout.ts";

/** The channel accounts of all counties, each with its sender. */
export type Accounts = {
  /** The account that a request's address names; null when there is none. */
  find(channelType: string, name: string): Promise<ChannelAccount | null>;
  /** The accounts of this name on all platforms: an address that names no platform may mean each of them. */
  named(name: string): Promise<readonly ChannelAccount[]>;
  /** An account of this county and what sends for it; null when there is none. */
  byId(jurisdictionId: string, id: string): Promise<FoundAccount | null>;
};

/**
 * An account of a county with its sender, the names of its platform, and a function by which this process notes at once that the platform
 * refuses its direct messages.
 */
export type FoundAccount = {
  readonly account: ChannelAccount;
  readonly sender: Sender;
  /** What people call its platform, by locale. */
  readonly names: Channel["names"];
  /** @param directRefusedUntil as written to the account's row by the transaction that goes on; null where it is not refused */
  readonly note: (directRefusedUntil: Date | null) => void;
  /** Fetches what lies ready; left out where the platform brings everything by itself. */
  readonly pull?: (from: PullFrom) => Promise<Pulled>;
  /** Opens the connection by which its messages come; left out where it has none. */
  readonly live?: (hand: Hand) => Promise<Connection>;
};

type PullFrom = Parameters<NonNullable<Channel["pull"]>>[2];

type Row = typeof channelAccounts.$inferSelect;

/** A sender is opened when it is first asked for, and with it the services that it was given. */
type Known = {
  readonly row: Row;
  account: ChannelAccount;
  open: { readonly sender: Sender; readonly given: SenderServices } | null;
  /** What this process noted of its refusal, and when, until it is read of the database too. */
  noted: { readonly until: Date | null; readonly at: number } | null;
};

/**
 * The lifetime of a snapshot of all accounts, in milliseconds, and the shortest time until a missing name asks for a
 * new one.
 */
export const FRESH_MS = 2000;

const MISS_MS = 1000;

const RELOAD_LIMIT_MS = 500;

/**
 * A note is written by a transaction that goes on. What was read before that ends does not know of it, and must not undo it; a
 * transaction that has not ended after so many milliseconds was undone itself.
 */
const NOTED_MS = 10_000;

/**
 * Creates the accounts over the database, behind one snapshot of all of them that is at most two seconds old: an
 * account added beside a running service works at once, and requests for names that do not exist cost one query a
 * second, all together.
 * @param services.store gives the values that all processes share for one county
 */
export function createAccounts(services: {
  readonly database: Database;
  readonly vault: Vault;
  readonly channels: readonly Channel[];
  readonly apiBases: Readonly<Record<string, string>>;
  readonly store: (jurisdictionId: string) => SharedStore;
  /** Where accounts of channels of our own put what is to be read; left out where there are none. */
  readonly mailbox?: (account: ChannelAccount) => Mailbox;
  /** The address at which the world sees this service; empty where nothing asks for it. */
  readonly publicUrl?: string;
  readonly now: () => Date;
  readonly timeoutMs: number;
  /** How a request to a platform is made; `fetch` of Node when left out. */
  readonly fetch?: typeof fetch;
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
          ? Object.assign(before, { account: withRefusal(before.account, refusalOf(before, row)) })
          : { row, account: unseal(services.vault, row), open: null, noted: null },
      );
    }
    known = next;
    loadedAt = performance.now();
  };

  const lookUp = async (matches: (row: Row) => boolean, missMs = MISS_MS): Promise<Known | null> => {
    const search = () => [...known.values()].find(({ row }) => matches(row)) ?? null;
    const age = performance.now() - loadedAt;
    const found = search();
    if (age < (found === null ? missMs : FRESH_MS)) return found;
    loading ??= load().finally(() => {
      loading = null;
    });
    // While the database is away the snapshot that is there serves on: what comes in is refused where it is stored.
    if (found !== null) {
      await withTimeout(RELOAD_LIMIT_MS, loading).catch(() => undefined);
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
    async named(name) {
      await lookUp((row) => row.name === name);
      return [...known.values()].flatMap(({ row, account }) => (row.name === name ? [account] : []));
    },
    async byId(jurisdictionId, id) {
      // Ids come from our own rows, never from a request: one that is not known yet was added just now.
      const found = await lookUp((row) => row.id === id && row.jurisdictionId === jurisdictionId, 0);
      const channel = found && channels.get(found.row.channel);
      if (!found || !channel) return null;
      found.open ??= openWith(channel, found.account, services);
      const { sender, given } = found.open;
      const note = (until: Date | null): void => {
        found.account = withRefusal(found.account, until);
        found.noted = { until, at: performance.now() };
      };
      const { account } = found;
      const pull = channel.pull?.bind(channel, account, given);
      const staysConnected = channel.staysConnected?.(account) ?? true;
      const live = staysConnected ? channel.live?.bind(channel, account, given) : undefined;
      return { account, sender, names: channel.names, note, ...(pull && { pull }), ...(live && { live }) };
    },
  };
}

function openWith(
  channel: Channel,
  account: ChannelAccount,
  services: Parameters<typeof createAccounts>[0],
): NonNullable<Known["open"]> {
  const given: SenderServices = {
    apiBase: services.apiBases[channel.apiBaseVariable],
    publicUrl: services.publicUrl ?? "",
    store: services.store(account.jurisdictionId),
    ...(services.mailbox === undefined ? {} : { mailbox: services.mailbox(account) }),
    now: services.now,
    timeoutMs: services.timeoutMs,
    ...(services.fetch === undefined ? {} : { fetch: services.fetch }),
  };
  return { sender: channel.connect(account, given), given };
}

/** Whether this vault's key is the one that sealed the secrets of all accounts; true where there are none. */
export async function opensAccounts(database: Database, vault: Vault): Promise<boolean> {
  const rows = await database.inDirectory((tx) => tx.select().from(channelAccounts));
  try {
    for (const row of rows) unseal(vault, row);
    return true;
  } catch {
    return false;
  }
}

/** The accounts of all counties, with their secrets. */
export async function everyAccount(database: Database, vault: Vault): Promise<ChannelAccount[]> {
  const rows = await database.inDirectory((tx) => tx.select().from(channelAccounts));
  return rows.map((row) => unseal(vault, row));
}

/** The weaknesses of the accounts of all counties, in their channels' words. */
export async function weakAccounts(
  database: Database,
  vault: Vault,
  channelOf: (type: string) => Channel | null,
): Promise<{ readonly channel: string; readonly account: string; readonly weakness: string }[]> {
  return (await everyAccount(database, vault)).flatMap((one) => {
    const { channel, name: account } = one;
    const weaknesses = channelOf(channel)?.weaknesses?.(one) ?? [];
    return weaknesses.map((weakness) => ({ channel, account, weakness }));
  });
}

/** The purpose for which an account's secrets are sealed; see `vault.ts`. */
export const secretsPurpose = (accountId: string) => `account:${accountId}`;

/** Opens the secrets of an account. */
export function unseal(vault: Vault, row: Row): ChannelAccount {
  const { id, jurisdictionId, channel, name, settings } = row;
  const secrets: Record<string, string> = JSON.parse(vault.open(row.secrets, secretsPurpose(id)));
  return withRefusal({ id, jurisdictionId, channel, name, settings, secrets }, row.directRefusedUntil);
}

/** Until when an account is refused, by what was read of it just now, or by what was noted and cannot be read yet. */
function refusalOf(before: Known, { directRefusedUntil: read }: Row): Date | null {
  const { noted } = before;
  const isOver = noted === null || noted.until?.getTime() === read?.getTime();
  if (!isOver && performance.now() - noted.at < NOTED_MS) return noted.until;
  before.noted = null;
  return read;
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

/**
 * Whether this account reaches people only in the answers to what they send: it has no other way, or its direct messages
 * are refused.
 */
export function answersOnly({ directRefusedUntil }: ChannelAccount, { rungs }: Abilities): boolean {
  return (rungs.includes("passive") && !rungs.includes("direct")) || directRefusedUntil !== undefined;
}

/** Whether an account can be sent files of a form, of whatever size. */
export function takes({ rungs, media }: Abilities, form: MediaReference["form"]): boolean {
  return rungs.includes("direct") && media[form] !== undefined;
}
