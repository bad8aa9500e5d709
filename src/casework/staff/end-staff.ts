import { and, eq, isNull } from "drizzle-orm";
import type { Database, Transaction } from "../../../db/database.ts";
import { users } from "../../../db/schema/users.ts";
import type { Vault } from "../../../db/vault.ts";
import { noteStaffChange } from "../access/staff-changes.ts";
import { nameOf } from "../access/users.ts";
import { emailIndexOf } from "../sign-in/attempts.ts";
import { endSessions } from "../sign-in/own-account.ts";

/** Ends somebody's service: they sign in no more, and are signed out at once. */
export async function endUser(
  tx: Transaction,
  user: { readonly id: string; readonly version: number },
  now: Date,
): Promise<void> {
  const gone = { endedAt: now, inviteIndex: null, inviteUntil: null, version: user.version + 1 };
  await tx.update(users).set(gone).where(eq(users.id, user.id));
  await endSessions(tx, user.id);
}

/** Ends somebody's service by command. @returns their name; null where nobody who is there has this address */
export function endByCommand(
  services: { readonly database: Database; readonly vault: Vault; readonly now: () => Date },
  jurisdictionId: string,
  email: string,
): Promise<string | null> {
  const { database, vault, now } = services;
  const emailIndex = emailIndexOf(vault, jurisdictionId, email);
  return database.inCounty(jurisdictionId, async (tx) => {
    const isThem = and(eq(users.emailIndex, emailIndex), isNull(users.endedAt));
    const [user] = await tx.select().from(users).where(isThem).for("update");
    if (user === undefined) return null;
    await endUser(tx, user, now());
    const change = { what: "ended", subjectId: user.id, name: nameOf(user) } as const;
    await noteStaffChange(tx, { jurisdictionId, by: null, at: now() }, change);
    return nameOf(user);
  });
}
