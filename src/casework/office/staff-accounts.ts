import { createHash } from "node:crypto";
import { and, asc, desc, eq, inArray, sql } from "drizzle-orm";
import type { Transaction } from "../../../db/database.ts";
import { cases } from "../../../db/schema/cases.ts";
import { channelAccounts } from "../../../db/schema/county.ts";
import { outbox } from "../../../db/schema/outbox.ts";
import { staffChanges } from "../../../db/schema/sign-in.ts";
import type { Vault } from "../../../db/vault.ts";
import type { Channel, ChannelAccount } from "../../channels/channel.ts";
import type { ChangedBy } from "../access/staff-changes.ts";
import { countsAsSealed } from "../cases/visible-to.ts";
import { isChatAccount } from "../runtime/chat-accounts.ts";
import { secretsIn, writeAccount } from "./channel-accounts.ts";

/** A channel account as an operator sees it: settings in the clear, of secrets only which there are and since when. */
export type StaffAccount = {
  readonly channel: string;
  readonly name: string;
  readonly etag: string;
  readonly settings: Readonly<Record<string, string>>;
  readonly secrets: readonly { readonly name: string; readonly setAt: string }[];
  readonly createdAt: string;
  /** Until when the platform counts as refusing it direct messages; null where it does not. */
  readonly refusedUntil: string | null;
  /** How many messages wait to leave by it, without those of sealed cases. */
  readonly undelivered: number;
};

/** The version of an account that is not there yet. */
const NO_ACCOUNT = "new";

type Row = typeof channelAccounts.$inferSelect;

/** The accounts of the county of a transaction at platforms, by channel and name, without a secret. */
export async function staffAccounts(tx: Transaction, vault: Vault): Promise<StaffAccount[]> {
  const rows = await tx
    .select()
    .from(channelAccounts)
    .where(isChatAccount)
    .orderBy(asc(channelAccounts.channel), asc(channelAccounts.name));
  const setAt = await secretsSetAt(
    tx,
    rows.map(({ id }) => id),
  );
  const open = await undeliveredBy(tx);
  return rows.map((row) => {
    const createdAt = row.createdAt.toISOString();
    const names = Object.keys(secretsIn(vault, row)).toSorted();
    return {
      ...{ channel: row.channel, name: row.name, settings: row.settings, createdAt },
      etag: versionOf(row),
      secrets: names.map((name) => ({ name, setAt: setAt.get(`${row.id} ${name}`) ?? createdAt })),
      refusedUntil: row.directRefusedUntil?.toISOString() ?? null,
      undelivered: open.get(row.id) ?? 0,
    };
  });
}

/** The reason for which an account was not written; nothing has changed then. */
export type AccountRefused =
  | { readonly ok: false; readonly why: "content"; readonly problems: readonly string[] }
  | { readonly ok: false; readonly why: "taken" }
  | {
      readonly ok: false;
      readonly why: "faster";
      readonly etag: string;
      readonly since: readonly { readonly type: string; readonly by: string; readonly at: string }[];
    };

/**
 * Writes an account with these settings; a secret that is left out stays as it is.
 * @param wanted.seen the version that was seen, `NO_ACCOUNT` for one that is not there
 */
export async function putAccount(
  tx: Transaction,
  vault: Vault,
  changed: ChangedBy,
  wanted: {
    readonly channel: Channel;
    readonly name: string;
    readonly seen: string;
    readonly settings: Readonly<Record<string, string>>;
    readonly secrets: Readonly<Record<string, string>>;
  },
): Promise<{ readonly ok: true; readonly account: ChannelAccount } | AccountRefused> {
  const { channel, name, seen, settings, secrets } = wanted;
  const [row] = await tx
    .select()
    .from(channelAccounts)
    .where(and(eq(channelAccounts.channel, channel.type), eq(channelAccounts.name, name)))
    .for("no key update");
  const etag = row === undefined ? NO_ACCOUNT : versionOf(row);
  if (etag !== seen) return { ok: false, why: "faster", etag, since: row === undefined ? [] : await since(tx, row.id) };
  const kept = row === undefined ? {} : secretsIn(vault, row);
  const options = { ...settings, ...kept, ...secrets };
  const done = await writeAccount(tx, vault, changed, { channel, name, options });
  if (done.ok) return done;
  const isTaken = done.problems.some((problem) => problem.startsWith("Another county"));
  return isTaken ? { ok: false, why: "taken" } : { ok: false, why: "content", problems: done.problems };
}

function versionOf({ settings, secrets, createdAt }: Row): string {
  const hash = createHash("sha256").update(JSON.stringify(settings)).update(secrets).update(createdAt.toISOString());
  return `a${hash.digest("hex").slice(0, 16)}`;
}

async function since(tx: Transaction, id: string) {
  const rows = await tx
    .select({ type: staffChanges.what, by: staffChanges.by, at: staffChanges.at })
    .from(staffChanges)
    .where(eq(staffChanges.subjectId, id))
    .orderBy(desc(staffChanges.seq))
    .limit(1);
  return rows.map(({ at, ...row }) => ({ ...row, at: at.toISOString() }));
}

/** When each secret was last written, by account and name. */
async function secretsSetAt(tx: Transaction, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  if (ids.length === 0) return new Map();
  const rows = await tx
    .select({ id: staffChanges.subjectId, after: staffChanges.after, at: staffChanges.at })
    .from(staffChanges)
    .where(
      and(inArray(staffChanges.subjectId, [...ids]), inArray(staffChanges.what, ["account-added", "account-changed"])),
    )
    .orderBy(asc(staffChanges.seq));
  return new Map(
    rows.flatMap(({ id, after, at }) => {
      const names = Array.isArray(after?.secrets) ? after.secrets : [];
      return names.map((name): [string, string] => [`${id} ${name}`, at.toISOString()]);
    }),
  );
}

/** What waits to leave by account, without what belongs to sealed cases. */
async function undeliveredBy(tx: Transaction): Promise<ReadonlyMap<string, number>> {
  const rows = await tx.execute<{ id: string; count: number }>(sql`
    select k.account_id as id, count(*)::int as count
    from ${outbox} join conversations k on k.id = ${outbox.conversationId} left join ${cases} on ${cases.id} = ${outbox.caseId}
    where ${outbox.state} in ('waiting', 'sending') and (${cases.id} is null or not ${countsAsSealed}) group by 1`);
  return new Map(rows.map(({ id, count }) => [id, count]));
}
