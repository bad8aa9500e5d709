import { createHash, randomBytes, timingSafeEqual } from "node:crypto";
import { and, asc, eq, isNull, type SQL } from "drizzle-orm";
import { v7 as newId, parse } from "uuid";
import type { Database, Transaction } from "../../../db/database.ts";
import { apiTokens } from "../../../db/schema/users.ts";
import type { Role } from "../../domain/access/roles.ts";
import type { Caller } from "./caller.ts";
import { takeName } from "./caller-names.ts";
import { type ChangedBy, noteStaffChange } from "./staff-changes.ts";

/** A token in a list, without its secret, which is kept nowhere. */
export type ListedToken = {
  readonly id: string;
  readonly name: string;
  readonly role: Role;
  /** Whether sealed cases exist for it. */
  readonly sealed: boolean;
  readonly createdAt: Date;
  readonly expiresAt: Date | null;
  readonly lastUsedAt: Date | null;
  readonly revokedAt: Date | null;
};

/** The description of a token that is to be made. */
type WantedToken = {
  readonly role: Role;
  /** The role and some digits when left out. */
  readonly name?: string;
  readonly expiresAt: Date | null;
  /** Whether sealed cases are to exist for it, which they do for role office alone. */
  readonly sealed?: boolean;
  readonly now: Date;
};

type Row = typeof apiTokens.$inferSelect;

/** So that people and scanners of source code know one when they see it. */
const PREFIX = "liaison_";
const ID_BYTES = 16;
const SECRET_BYTES = 32;
const WRITTEN = /^liaison_[A-Za-z0-9_-]{86}$/;
const NAME = /^[\p{L}\p{N}][\p{L}\p{N}._-]{0,63}$/u;
const USED_MS = 60_000;

/**
 * Makes a token of one county.
 *
 * The token names its county and row and holds 32 random bytes, of which the database keeps only the SHA-256: so it is
 * looked up like everything else, inside its county. A fast hash is enough for bytes that nobody can guess.
 * @returns the token, which cannot be shown again, or a plain sentence that says what is wrong
 */
export async function addToken(
  services: { readonly database: Database; readonly now: () => Date },
  jurisdictionId: string,
  wanted: Omit<WantedToken, "now">,
): Promise<{ readonly ok: true; readonly token: string } | { readonly ok: false; readonly reason: string }> {
  const { database, now } = services;
  return database.inCounty(jurisdictionId, (tx) =>
    insertToken(tx, { jurisdictionId, by: null, at: now() }, { ...wanted, now: now() }),
  );
}

/** Makes a token within a transaction, and writes down who made it; see `addToken`. */
export async function insertToken(
  tx: Transaction,
  changed: ChangedBy,
  wanted: WantedToken,
): Promise<{ readonly ok: true; readonly token: string } | { readonly ok: false; readonly reason: string }> {
  const { jurisdictionId } = changed;
  const id = newId();
  const name = wanted.name ?? `${wanted.role}-${id.slice(-6)}`;
  if (!NAME.test(name)) {
    return {
      ok: false,
      reason: "A token's name has 1 to 64 letters, digits, dots, - and _, and begins with a letter.",
    };
  }
  const { role, expiresAt, sealed = false } = wanted;
  if (sealed && role !== "office") return { ok: false, reason: "Sealed cases exist for role office alone." };
  const secret = randomBytes(SECRET_BYTES);
  const row = { id, jurisdictionId, name, role, sealed, hash: hashOf(secret), createdAt: wanted.now, expiresAt };
  const added = await tx.insert(apiTokens).values(row).onConflictDoNothing().returning({ id: apiTokens.id });
  if (added.length === 0) return { ok: false, reason: `There is a token ${name} already.` };
  if (!(await takeName(tx, jurisdictionId, { name, callerId: id, kind: "token" }))) {
    await tx.delete(apiTokens).where(eq(apiTokens.id, id));
    return { ok: false, reason: `There is somebody called ${name} already.` };
  }
  const after = { role, expiresAt: expiresAt?.toISOString() ?? null, ...(sealed && { sealed }) };
  await noteStaffChange(tx, changed, { what: "token-made", subjectId: id, name, after });
  const bytes = Buffer.concat([parse(jurisdictionId), parse(id), secret]);
  return { ok: true, token: PREFIX + bytes.toString("base64url") };
}

/** The tokens of a county, oldest first. */
export function listTokens(database: Database, jurisdictionId: string): Promise<ListedToken[]> {
  return database.inCounty(jurisdictionId, readTokens);
}

/** The tokens of the transaction's county, oldest first. */
export async function readTokens(tx: Transaction): Promise<ListedToken[]> {
  const { id, name, role, sealed, createdAt, expiresAt, lastUsedAt, revokedAt } = apiTokens;
  return tx
    .select({ id, name, role, sealed, createdAt, expiresAt, lastUsedAt, revokedAt })
    .from(apiTokens)
    .orderBy(asc(apiTokens.createdAt), asc(apiTokens.id));
}

/**
 * Revokes a token; running processes know within ten seconds.
 * @returns whether there was a token of this name that had not been revoked
 */
export function revokeToken(database: Database, jurisdictionId: string, name: string, now: Date): Promise<boolean> {
  return database.inCounty(jurisdictionId, (tx) =>
    revokeWithin(tx, { jurisdictionId, by: null, at: now }, eq(apiTokens.name, name)),
  );
}

/** Revokes a token by its id, and writes down who did; see `revokeToken`. */
export function revokeTokenById(tx: Transaction, changed: ChangedBy, id: string): Promise<boolean> {
  return revokeWithin(tx, changed, eq(apiTokens.id, id));
}

async function revokeWithin(tx: Transaction, changed: ChangedBy, which: SQL): Promise<boolean> {
  const revoked = await tx
    .update(apiTokens)
    .set({ revokedAt: changed.at })
    .where(and(which, isNull(apiTokens.revokedAt)))
    .returning({ id: apiTokens.id, name: apiTokens.name });
  for (const { id, name } of revoked)
    await noteStaffChange(tx, changed, { what: "token-revoked", subjectId: id, name });
  return revoked.length > 0;
}

/**
 * Checks a token: its caller, or null where it is none of this service's, revoked or expired. A text that is no token
 * in form costs no query.
 *
 * Notes when it was last used, to the minute.
 * @throws when the database does not answer
 */
export async function checkToken(database: Database, token: string, now: Date): Promise<Caller | null> {
  if (!WRITTEN.test(token)) return null;
  const bytes = Buffer.from(token.slice(PREFIX.length), "base64url");
  // Postgres reads ids without their dashes too.
  const county = bytes.toString("hex", 0, ID_BYTES);
  const id = bytes.toString("hex", ID_BYTES, 2 * ID_BYTES);
  const hash = hashOf(bytes.subarray(2 * ID_BYTES));
  return database.inCounty(county, async (tx) => {
    const [row] = await tx.select().from(apiTokens).where(eq(apiTokens.id, id));
    const isRight = timingSafeEqual(row?.hash ?? hashOf(hash), hash);
    if (row === undefined || !isRight || hasEnded(row, now)) return null;
    if (row.lastUsedAt === null || now.getTime() - row.lastUsedAt.getTime() >= USED_MS) {
      await tx.update(apiTokens).set({ lastUsedAt: now }).where(eq(apiTokens.id, row.id));
    }
    const { jurisdictionId, role, name } = row;
    const caller = { id: row.id, jurisdictionId, role, name, stations: [], deputyId: null, confirmedAt: null };
    return { kind: "token", ...caller, ...(!row.sealed && { isWithoutSealed: true as const }) };
  });
}

function hasEnded({ revokedAt, expiresAt }: Row, now: Date): boolean {
  return revokedAt !== null || (expiresAt !== null && expiresAt <= now);
}

function hashOf(bytes: Uint8Array): Buffer {
  return createHash("sha256").update(bytes).digest();
}
