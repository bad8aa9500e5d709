import { isIP } from "node:net";
import { and, count, eq, gt, isNull, lt, min, sql } from "drizzle-orm";
import type { Database, Transaction } from "../../../db/database.ts";
import { signInFailures } from "../../../db/schema/sign-in.ts";
import type { Vault } from "../../../db/vault.ts";
import { addressKey, purposeOf } from "../access/users.ts";
import { PAUSE_MS, WRONG_CODES, WRONG_FROM_ADDRESS, WRONG_PASSWORDS } from "./limits.ts";

/** An attempt to give a password or a code, counted as wrong from its beginning until it is known to be right. */
export type Attempt =
  | { readonly ok: true; right(): Promise<void> }
  | { readonly ok: false; readonly waitSeconds: number };

/** The circumstances of an attempt: from where it comes, and at whose account. */
export type Attempted = {
  readonly jurisdictionId: string;
  readonly kind: "password" | "code";
  /** The address of the account, typed by whoever tries it, or `session:` and the id of one that is open; null where none is named. */
  readonly email: string | null;
  /** The network address from which it comes. */
  readonly address: string;
};

const MINUTE_MS = 60_000;
const KEPT_MS = 90 * 24 * 60 * 60_000;

/**
 * Begins an attempt, unless too many failed: ten wrong passwords or five wrong codes of an account in a quarter of an hour, twenty
 * of anything a minute from one address.
 *
 * It is counted before it is tried, so that many at once are no more than many one after the other; and an account that does not
 * exist is counted like one that does, so that nobody learns which there are.
 */
export async function beginAttempt(
  services: { readonly database: Database; readonly vault: Vault },
  { jurisdictionId, kind, email, address }: Attempted,
): Promise<Attempt> {
  const { database, vault } = services;
  const now = new Date();
  const emailIndex = email === null ? null : emailIndexOf(vault, jurisdictionId, email);
  const addressIndex = vault.blindIndex(networkOf(address), `address:${jurisdictionId}`);
  const counted = await database.inCounty(jurisdictionId, async (tx) => {
    for (const lock of [addressIndex, emailIndex ?? addressIndex].sort())
      await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${lock}, 0))`);
    const [before, fromHere] = [await ofAccount(tx, kind, emailIndex, now), await ofAddress(tx, addressIndex, now)];
    const isPaused = before.count >= (kind === "password" ? WRONG_PASSWORDS : WRONG_CODES);
    const waitMs = Math.max(
      isPaused ? left(before.oldest, PAUSE_MS, now) : 0,
      fromHere.count >= WRONG_FROM_ADDRESS ? left(fromHere.oldest, MINUTE_MS, now) : 0,
    );
    if (waitMs > 0) return { isTooOften: true, waitMs } as const;
    await tx.delete(signInFailures).where(lt(signInFailures.at, new Date(now.getTime() - KEPT_MS)));
    const sealed = vault.seal(address, addressPurpose(jurisdictionId));
    const [row] = await tx
      .insert(signInFailures)
      .values({ jurisdictionId, kind, emailIndex, addressIndex, address: sealed, at: now })
      .returning({ id: signInFailures.id });
    return { isTooOften: false, id: row?.id ?? 0 } as const;
  });
  if (counted.isTooOften) return { ok: false, waitSeconds: Math.ceil(counted.waitMs / 1000) };
  return {
    ok: true,
    right: () =>
      database.inCounty(jurisdictionId, async (tx) => {
        await tx.delete(signInFailures).where(eq(signInFailures.id, counted.id));
      }),
  };
}

/** Ends the counting of an account's failures: a session followed, or an operator let somebody in again (null). */
export async function clearFailures(
  tx: Transaction,
  emailIndex: string,
  cleared: { readonly by: string | null; readonly at: Date },
): Promise<void> {
  await tx
    .update(signInFailures)
    .set({ clearedBy: cleared.by, clearedAt: cleared.at })
    .where(and(eq(signInFailures.emailIndex, emailIndex), isNull(signInFailures.clearedAt)));
}

/** The failures that a session ended: how many, since when, from where; null for none. */
export async function failuresBefore(tx: Transaction, vault: Vault, jurisdictionId: string, sessionId: string) {
  const rows = await tx
    .select({ at: signInFailures.at, address: signInFailures.address })
    .from(signInFailures)
    .where(eq(signInFailures.clearedBy, sessionId))
    .orderBy(signInFailures.at);
  const [first, last] = [rows.at(0), rows.at(-1)];
  if (first === undefined || last === undefined) return null;
  const from = rows.map(({ address }) => vault.open(address, addressPurpose(jurisdictionId)));
  return { count: rows.length, since: first.at, last: last.at, from: [...new Set(from)].slice(0, 10) };
}

/** The accounts, by the keyed hash of their address, that take no password just now. */
export async function pausedAccounts(tx: Transaction, now: Date): Promise<ReadonlySet<string>> {
  const rows = await tx
    .select({ emailIndex: signInFailures.emailIndex, count: count() })
    .from(signInFailures)
    .where(and(isNull(signInFailures.clearedAt), eq(signInFailures.kind, "password"), since(now, PAUSE_MS)))
    .groupBy(signInFailures.emailIndex);
  return new Set(rows.flatMap((row) => (row.count >= WRONG_PASSWORDS ? (row.emailIndex ?? []) : [])));
}

/** The keyed hash by which an account is found. */
export function emailIndexOf(vault: Vault, jurisdictionId: string, email: string): string {
  return vault.blindIndex(addressKey(email), purposeOf(jurisdictionId));
}

type Counted = { readonly count: number; readonly oldest: Date | null };

async function ofAccount(
  tx: Transaction,
  kind: Attempted["kind"],
  emailIndex: string | null,
  now: Date,
): Promise<Counted> {
  if (emailIndex === null) return { count: 0, oldest: null };
  const [counted] = await tx
    .select({ count: count(), oldest: min(signInFailures.at) })
    .from(signInFailures)
    .where(
      and(
        eq(signInFailures.emailIndex, emailIndex),
        eq(signInFailures.kind, kind),
        isNull(signInFailures.clearedAt),
        since(now, PAUSE_MS),
      ),
    );
  return counted ?? { count: 0, oldest: null };
}

async function ofAddress(tx: Transaction, addressIndex: string, now: Date): Promise<Counted> {
  const [counted] = await tx
    .select({ count: count(), oldest: min(signInFailures.at) })
    .from(signInFailures)
    .where(and(eq(signInFailures.addressIndex, addressIndex), since(now, MINUTE_MS)));
  return counted ?? { count: 0, oldest: null };
}

function since(now: Date, ms: number) {
  return gt(signInFailures.at, new Date(now.getTime() - ms));
}

function left(oldest: Date | null, ms: number, now: Date): number {
  return Math.max(1, (oldest?.getTime() ?? now.getTime()) + ms - now.getTime());
}

/** The network that is counted as one sender: an address of IPv4; of IPv6 the half that one household or office has. */
function networkOf(address: string): string {
  if (isIP(address) !== 6) return address;
  const [bare = ""] = address.split("%");
  const written = new URL(`http://[${bare}]`).hostname.slice(1, -1);
  const [before = "", after] = written.split("::");
  const parts = (text: string | undefined) => (text === undefined || text === "" ? [] : text.split(":"));
  const [head, tail] = [parts(before), parts(after)];
  const zeros = new Array<string>(8 - head.length - tail.length).fill("0");
  return `${[...head, ...zeros, ...tail].slice(0, 4).join(":")}::/64`;
}

function addressPurpose(jurisdictionId: string): string {
  return `address:${jurisdictionId}`;
}
