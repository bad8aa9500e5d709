import { randomBytes } from "node:crypto";
import { and, eq, gt, isNull } from "drizzle-orm";
import type { Transaction } from "../../../db/database.ts";
import { users } from "../../../db/schema/users.ts";
import type { Vault } from "../../../db/vault.ts";
import type { Role } from "../../domain/access/roles.ts";
import { noteStaffChange } from "../access/staff-changes.ts";
import { hashPassword, nameOf } from "../access/users.ts";
import { beginAttempt } from "./attempts.ts";
import { INVITATION_MS } from "./limits.ts";
import { type SignedIn, signInAnew } from "./open-session.ts";
import type { FromBrowser, SignInServices } from "./services.ts";

const CODE_BYTES = 24;

/** The result of looking an invitation up: for whom it is; or that there is none, or that too many wrong ones came. */
export type FoundInvitation =
  | { readonly ok: true; readonly name: string; readonly role: Role }
  | { readonly ok: false; readonly why: "none" }
  | { readonly ok: false; readonly why: "too-often"; readonly waitSeconds: number };

/** Gives somebody a new invitation, good for 72 hours; one that they had is good no more. @returns its code, which is kept nowhere */
export async function invite(tx: Transaction, vault: Vault, jurisdictionId: string, userId: string): Promise<string> {
  const code = randomBytes(CODE_BYTES).toString("base64url");
  const inviteIndex = indexOf(vault, jurisdictionId, code);
  const inviteUntil = new Date(Date.now() + INVITATION_MS);
  await tx.update(users).set({ inviteIndex, inviteUntil }).where(eq(users.id, userId));
  return code;
}

/** Finds for whom an invitation is. */
export async function findInvitation(
  services: SignInServices,
  from: FromBrowser,
  code: string,
): Promise<FoundInvitation> {
  const { database, vault } = services;
  const { jurisdictionId, address } = from;
  const attempt = await beginAttempt(services, { jurisdictionId, kind: "code", email: null, address });
  if (!attempt.ok) return { ok: false, why: "too-often", waitSeconds: attempt.waitSeconds };
  const user = await database.inCounty(jurisdictionId, (tx) => invited(tx, vault, jurisdictionId, code));
  if (user === null) return { ok: false, why: "none" };
  await attempt.right();
  return { ok: true, name: nameOf(user), role: user.role };
}

/** Takes an invitation: sets the password, and signs in. @returns as signing in does; `wrong` where there is no such invitation */
export async function takeInvitation(
  services: SignInServices,
  from: FromBrowser,
  { code, password }: { readonly code: string; readonly password: string },
): Promise<SignedIn> {
  const { database, vault } = services;
  const { jurisdictionId } = from;
  const found = await findInvitation(services, from, code);
  if (!found.ok) return found.why === "none" ? { ok: false, why: "wrong" } : found;
  const passwordHash = await hashPassword(password);
  const user = await database.inCounty(jurisdictionId, async (tx) => {
    const one = await invited(tx, vault, jurisdictionId, code, { isTaken: true });
    if (one === null) return null;
    await tx.update(users).set({ passwordHash, inviteIndex: null, inviteUntil: null }).where(eq(users.id, one.id));
    const by = { jurisdictionId, by: { id: one.id, name: nameOf(one) }, at: new Date() };
    await noteStaffChange(tx, by, { what: "joined", subjectId: one.id, name: nameOf(one) });
    return one;
  });
  return user === null ? { ok: false, why: "wrong" } : signInAnew(services, from, { email: user.email, password });
}

async function invited(
  tx: Transaction,
  vault: Vault,
  jurisdictionId: string,
  code: string,
  { isTaken = false } = {},
): Promise<typeof users.$inferSelect | null> {
  const asked = tx
    .select()
    .from(users)
    .where(
      and(
        eq(users.inviteIndex, indexOf(vault, jurisdictionId, code)),
        gt(users.inviteUntil, new Date()),
        isNull(users.endedAt),
      ),
    );
  const [user] = await (isTaken ? asked.for("update") : asked);
  return user ?? null;
}

function indexOf(vault: Vault, jurisdictionId: string, code: string): string {
  return vault.blindIndex(code, `invitation:${jurisdictionId}`);
}
