import { randomBytes, scrypt } from "node:crypto";
import { promisify } from "node:util";
import { v7 as newId } from "uuid";
import { z } from "zod";
import type { Database } from "../../../db/database.ts";
import { users } from "../../../db/schema/users.ts";
import type { Vault } from "../../../db/vault.ts";
import type { Role } from "../../domain/access/roles.ts";

const SALT_BYTES = 16;
const KEY_BYTES = 64;
/** As better-auth takes them: 32 MiB for each try; Node allows no more than that unless it is told. */
const COST = { N: 16_384, r: 16, p: 1, maxmem: 64 * 1024 * 1024 };
const PASSWORD = { least: 8, most: 256 };

const email = z.email().max(254);
const derive = promisify<string, string, number, typeof COST, Buffer>(scrypt);

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
  wanted: { readonly email: string; readonly role: Role; readonly password: string },
): Promise<{ readonly ok: true; readonly email: string } | { readonly ok: false; readonly reason: string }> {
  const address = email.safeParse(wanted.email.trim().toLowerCase());
  if (!address.success) return { ok: false, reason: "That is no e-mail address: give one like name@example.org." };
  const { length } = wanted.password;
  if (length < PASSWORD.least || length > PASSWORD.most) {
    return {
      ok: false,
      reason: `A password has ${PASSWORD.least} to ${PASSWORD.most} characters: give one on standard input.`,
    };
  }
  const purpose = `user:${jurisdictionId}`;
  const row = {
    id: newId(),
    jurisdictionId,
    emailIndex: services.vault.blindIndex(address.data, purpose),
    email: services.vault.seal(address.data, purpose),
    role: wanted.role,
    passwordHash: await hashPassword(wanted.password),
    createdAt: services.now(),
  };
  const added = await services.database.inCounty(jurisdictionId, (tx) =>
    tx.insert(users).values(row).onConflictDoNothing().returning({ id: users.id }),
  );
  if (added.length === 0) return { ok: false, reason: `There is a user ${address.data} already.` };
  return { ok: true, email: address.data };
}

async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(SALT_BYTES).toString("hex");
  const key = await derive(password.normalize("NFKC"), salt, KEY_BYTES, COST);
  return `${salt}:${key.toString("hex")}`;
}
