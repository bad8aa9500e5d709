import { randomBytes, scrypt } from "node:crypto";
import { promisify } from "node:util";
import { inArray } from "drizzle-orm";
import { v7 as newId } from "uuid";
import { z } from "zod";
import type { Database, Transaction } from "../../../db/database.ts";
import { stations } from "../../../db/schema/places.ts";
import { users } from "../../../db/schema/users.ts";
import type { Vault } from "../../../db/vault.ts";
import type { Role } from "../../domain/access/roles.ts";
import { takeName } from "./caller-names.ts";
import { noteStaffChange } from "./staff-changes.ts";

const SALT_BYTES = 16;
const KEY_BYTES = 64;
/** As better-auth takes them: 32 MiB for each try; Node allows no more than that unless it is told. */
const COST = { N: 16_384, r: 16, p: 1, maxmem: 64 * 1024 * 1024 };
/** On the command line; whoever sets their own in the console gives at least ten. */
const PASSWORD = { least: 8, most: 256 };
/** Letters first, so that nobody is called a number or a sign. */
const NAME = /^\p{L}[\p{L}\p{M}\p{N} .·'_-]{0,63}$/u;

const email = z.email().max(254);
const derive = promisify<string, string, number, typeof COST, Buffer>(scrypt);

/** The description of somebody who is to be added. */
export type WantedUser = {
  readonly email: string;
  readonly role: Role;
  /** The role and some digits when left out. */
  readonly name?: string;
  /** The codes of their stations. */
  readonly stations?: readonly string[];
};

/** The reasons why somebody cannot be added or changed as wanted: a plain sentence, and what it is about. */
export type UserRefused = {
  readonly ok: false;
  readonly about: "email" | "name" | "password" | "stations" | "taken";
  readonly reason: string;
};

/**
 * Adds somebody of the office, who may do what their role allows.
 *
 * The address is kept sealed, of the password only a hash (scrypt, as better-auth makes and reads it).
 * @param wanted.password 8 to 256 characters
 * @returns the address as it is kept, or a plain sentence that says what is wrong
 */
export async function addUser(
  services: { readonly database: Database; readonly vault: Vault; readonly now: () => Date },
  jurisdictionId: string,
  wanted: WantedUser & { readonly password: string },
): Promise<{ readonly ok: true; readonly email: string } | UserRefused> {
  const wrong = passwordProblem(wanted.password);
  if (wrong !== null) return { ok: false, about: "password", reason: `${wrong}: give one on standard input.` };
  const passwordHash = await hashPassword(wanted.password);
  const now = services.now();
  return services.database.inCounty(jurisdictionId, async (tx) => {
    const added = await insertUser(tx, services.vault, { ...wanted, jurisdictionId, now, passwordHash });
    if (!added.ok) return added;
    const { id, name } = added;
    const after = { role: wanted.role, stations: wanted.stations ?? [] };
    await noteStaffChange(tx, { jurisdictionId, by: null, at: now }, { what: "added", subjectId: id, name, after });
    return { ok: true, email: added.email };
  });
}

/** Writes somebody of the office down. @returns a plain sentence instead, with nothing written, where it cannot be */
export async function insertUser(
  tx: Transaction,
  vault: Vault,
  wanted: WantedUser & {
    readonly jurisdictionId: string;
    readonly now: Date;
    /** Empty until an invitation is taken. */
    readonly passwordHash: string;
    readonly deputyId?: string | null;
    readonly invitedBy?: string;
  },
): Promise<{ readonly ok: true; readonly id: string; readonly name: string; readonly email: string } | UserRefused> {
  const { jurisdictionId, role, now, passwordHash } = wanted;
  const address = email.safeParse(addressKey(wanted.email));
  if (!address.success)
    return { ok: false, about: "email", reason: "That is no e-mail address: give one like name@example.org." };
  const id = newId();
  const name = wanted.name?.trim() ?? nameOf({ id, role, name: null });
  const wrongName = nameProblem(name);
  if (wrongName !== null) return { ok: false, about: "name", reason: wrongName };
  const found = await stationIds(tx, wanted.stations ?? []);
  if (!found.ok) return found;
  const purpose = purposeOf(jurisdictionId);
  const row = {
    id,
    jurisdictionId,
    emailIndex: vault.blindIndex(address.data, purpose),
    email: vault.seal(address.data, purpose),
    role,
    passwordHash,
    createdAt: now,
    name,
    stations: [...found.ids],
    deputyId: wanted.deputyId ?? null,
    invitedBy: wanted.invitedBy ?? null,
  };
  const taken = (what: string): UserRefused => ({ ok: false, about: "taken", reason: `There is ${what} already.` });
  const added = await tx.insert(users).values(row).onConflictDoNothing().returning({ id: users.id });
  if (added.length === 0) return taken(`a user ${address.data}`);
  if (await takeName(tx, jurisdictionId, { name, callerId: id, kind: "person" }))
    return { ok: true, id, name, email: address.data };
  await tx.delete(users).where(inArray(users.id, [id]));
  return taken(`somebody, or a token, called ${name}`);
}

/** The ids of stations by their codes. @returns a plain sentence instead where one is not known */
export async function stationIds(
  tx: Transaction,
  codes: readonly string[],
): Promise<{ readonly ok: true; readonly ids: readonly string[] } | UserRefused> {
  if (codes.length === 0) return { ok: true, ids: [] };
  const rows = await tx
    .select({ id: stations.id, code: stations.code })
    .from(stations)
    .where(inArray(stations.code, [...codes]));
  const unknown = codes.find((code) => !rows.some((row) => row.code === code));
  if (unknown !== undefined) return { ok: false, about: "stations", reason: `There is no station ${unknown}.` };
  return { ok: true, ids: rows.map(({ id }) => id) };
}

/** The name under which a person stands in every ledger; those who were added before people had names are called by their role. */
export function nameOf(user: { readonly id: string; readonly role: Role; readonly name: string | null }): string {
  return user.name ?? `${user.role}-${user.id.slice(-6)}`;
}

/** The purpose under which the vault seals and finds the addresses of a county's people. */
export function purposeOf(jurisdictionId: string): string {
  return `user:${jurisdictionId}`;
}

/** An address as it is compared: whoever types it in other letters means the same. */
export function addressKey(typed: string): string {
  return typed.trim().toLowerCase();
}

/** The fault of a name, as a sentence; null where it has none. */
export function nameProblem(name: string): string | null {
  if (NAME.test(name)) return null;
  return "A name has 1 to 64 letters, digits, spaces, dots, - and _, and begins with a letter.";
}

/** The fault of a password, as a sentence without its end; null where it has none. */
function passwordProblem({ length }: string): string | null {
  if (length >= PASSWORD.least && length <= PASSWORD.most) return null;
  return `A password has ${PASSWORD.least} to ${PASSWORD.most} characters`;
}

/** The hash of a password as it is kept: `salt:key`. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(SALT_BYTES).toString("hex");
  const key = await derive(password.normalize("NFKC"), salt, KEY_BYTES, COST);
  return `${salt}:${key.toString("hex")}`;
}
