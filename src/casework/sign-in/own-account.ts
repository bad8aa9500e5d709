import { and, desc, eq, lt, ne } from "drizzle-orm";
import type { Transaction } from "../../../db/database.ts";
import { cases } from "../../../db/schema/cases.ts";
import { readings } from "../../../db/schema/console.ts";
import { sessions } from "../../../db/schema/sign-in.ts";
import { type Preferences, users } from "../../../db/schema/users.ts";
import type { Vault } from "../../../db/vault.ts";
import { noteStaffChange } from "../access/staff-changes.ts";
import { hashPassword } from "../access/users.ts";
import { sessionPurpose } from "./records.ts";
import { inScope } from "./scope.ts";
import { type NotTaken, type Own, withAttempt } from "./second-factor.ts";
import { headersOf, type SignInServices } from "./services.ts";

/** A session in the list of one's own. */
export type OwnSession = {
  readonly id: string;
  readonly device: string;
  readonly address: string;
  readonly since: Date;
  readonly lastUsedAt: Date;
};

/** The sessions of a person that are open, the newest first. */
export async function listSessions(
  tx: Transaction,
  vault: Vault,
  person: { readonly id: string; readonly jurisdictionId: string },
): Promise<OwnSession[]> {
  const { id, jurisdictionId } = person;
  const rows = await tx.select().from(sessions).where(eq(sessions.userId, id)).orderBy(desc(sessions.createdAt));
  return rows.map((row) => ({
    id: row.id,
    device: vault.open(row.device, sessionPurpose("userAgent", jurisdictionId)),
    address: vault.open(row.address, sessionPurpose("ipAddress", jurisdictionId)),
    since: row.createdAt,
    lastUsedAt: row.lastUsedAt,
  }));
}

/** Ends one session of a person. @returns whether it was there and theirs */
export async function endSession(tx: Transaction, userId: string, sessionId: string): Promise<boolean> {
  const mine = and(eq(sessions.id, sessionId), eq(sessions.userId, userId));
  return (await tx.delete(sessions).where(mine).returning({ id: sessions.id })).length > 0;
}

/** Ends all sessions of a person. @param but the one that goes on; none, when left out */
export async function endSessions(tx: Transaction, userId: string, but?: string): Promise<void> {
  const others = but === undefined ? undefined : ne(sessions.id, but);
  await tx.delete(sessions).where(and(eq(sessions.userId, userId), others));
}

/** Changes the caller's own password and ends their other sessions. */
export async function changePassword(
  services: SignInServices,
  own: Own,
  given: { readonly password: string; readonly newPassword: string },
): Promise<{ readonly ok: true } | NotTaken> {
  const { jurisdictionId, id, name } = own.caller;
  return withAttempt(services, own, "password", async () => {
    const auth = await services.auth();
    const body = { password: given.password.normalize("NFKC") };
    await inScope({ jurisdictionId }, () => auth.api.verifyPassword({ body, headers: headersOf(own.from) }));
    const passwordHash = await hashPassword(given.newPassword);
    await services.database.inCounty(jurisdictionId, async (tx) => {
      await tx.update(users).set({ passwordHash }).where(eq(users.id, id));
      await endSessions(tx, id, own.sessionId);
      const by = { jurisdictionId, by: { id, name }, at: new Date() };
      await noteStaffChange(tx, by, { what: "password-changed", subjectId: id, name });
    });
    return {};
  });
}

/** Changes what the caller has set for the console's page. @returns all that is set now */
export async function changePreferences(tx: Transaction, userId: string, wanted: Preferences): Promise<Preferences> {
  const [user] = await tx
    .select({ preferences: users.preferences })
    .from(users)
    .where(eq(users.id, userId))
    .for("update");
  const preferences = { ...user?.preferences, ...wanted };
  await tx.update(users).set({ preferences }).where(eq(users.id, userId));
  return preferences;
}

/** Lists what somebody has read of residents' words, the newest first. @param page.after only those before this one */
export function ownReadings(
  tx: Transaction,
  callerId: string,
  page: { readonly after: number | undefined; readonly limit: number },
) {
  const { seq, what, reason, note, at } = readings;
  return tx
    .select({ seq, what, reason, note, at, case: cases.number })
    .from(readings)
    .leftJoin(cases, eq(cases.id, readings.caseId))
    .where(and(eq(readings.callerId, callerId), page.after === undefined ? undefined : lt(seq, page.after)))
    .orderBy(desc(seq))
    .limit(page.limit);
}
