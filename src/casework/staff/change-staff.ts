import { and, desc, eq, inArray } from "drizzle-orm";
import type { Transaction } from "../../../db/database.ts";
import { deputies } from "../../../db/schema/people.ts";
import { secondFactors, staffChanges } from "../../../db/schema/sign-in.ts";
import { users } from "../../../db/schema/users.ts";
import type { Vault } from "../../../db/vault.ts";
import type { Role } from "../../domain/access/roles.ts";
import type { Caller } from "../access/caller.ts";
import { takeName } from "../access/caller-names.ts";
import { noteStaffChange } from "../access/staff-changes.ts";
import { insertUser, nameOf, nameProblem, stationIds, type WantedUser } from "../access/users.ts";
import { clearFailures, emailIndexOf } from "../sign-in/attempts.ts";
import { invite } from "../sign-in/invitations.ts";
import { endSessions } from "../sign-in/own-account.ts";
import { endUser } from "./end-staff.ts";
import { stationCodes } from "./staff.ts";

/** The reasons why the people of the office cannot be changed as wanted. */
export type StaffRefused =
  | { readonly ok: false; readonly because: "unknown" | "own" | "ended" }
  | { readonly ok: false; readonly because: "taken" | "content"; readonly about: string; readonly reason: string }
  | {
      readonly ok: false;
      readonly because: "version";
      readonly since: readonly { readonly type: string; readonly by: string; readonly at: string }[];
    };

/** The one who changes the people of the office, and in which transaction. */
export type Changing = { readonly tx: Transaction; readonly vault: Vault; readonly caller: Caller; readonly now: Date };

type Row = typeof users.$inferSelect;
type What = Parameters<typeof noteStaffChange>[2]["what"];

const VERSIONED: What[] = ["changed", "ended", "reset"];

/** Invites somebody. @returns their id, and the code of the invitation, which is kept nowhere */
export async function inviteStaff(
  changing: Changing,
  wanted: WantedUser & { readonly deputyCode: string | null },
): Promise<{ readonly ok: true; readonly id: string; readonly code: string } | StaffRefused> {
  const { tx, vault, caller, now } = changing;
  const { jurisdictionId } = caller;
  const deputy = await deputyId(tx, wanted.deputyCode);
  if (!deputy.ok) return deputy;
  const { role, stations = [] } = wanted;
  const invitedBy = caller.name;
  const row = { ...wanted, jurisdictionId, now, passwordHash: "", deputyId: deputy.id, invitedBy };
  const added = await insertUser(tx, vault, row);
  if (!added.ok) {
    const { about, reason } = added;
    return { ok: false, because: about === "taken" ? "taken" : "content", about, reason };
  }
  const { id, name } = added;
  await note(changing, { what: "invited", subjectId: id, name, after: { role, stations } });
  return { ok: true, id, code: await invite(tx, vault, jurisdictionId, id) };
}

/**
 * Invites again somebody whose invitation was not seen by whoever asked for it.
 * @returns no code where they have taken it meanwhile
 */
export async function inviteAgain(
  { tx, vault, caller }: Changing,
  which: { readonly email: string } | { readonly id: string },
): Promise<{ readonly ok: true; readonly id: string; readonly code: string | null } | StaffRefused> {
  const { jurisdictionId } = caller;
  const isThem =
    "id" in which ? eq(users.id, which.id) : eq(users.emailIndex, emailIndexOf(vault, jurisdictionId, which.email));
  const [user] = await tx.select().from(users).where(isThem).for("update");
  if (user === undefined) return { ok: false, because: "unknown" };
  const isOpen = user.passwordHash === "" && user.endedAt === null;
  return { ok: true, id: user.id, code: isOpen ? await invite(tx, vault, jurisdictionId, user.id) : null };
}

/** Changes name, role, stations or deputy of somebody; a new role or other stations end their sessions. */
export async function changeStaff(
  changing: Changing,
  which: { readonly id: string; readonly version: number },
  wanted: {
    readonly name?: string;
    readonly role?: Role;
    readonly stations?: readonly string[];
    readonly deputyCode?: string | null;
  },
): Promise<{ readonly ok: true } | StaffRefused> {
  const { tx, caller } = changing;
  const user = await locked(tx, which.id);
  if (user === null) return { ok: false, because: "unknown" };
  if (user.version !== which.version) {
    return { ok: false, because: "version", since: await changesSince(tx, user, which.version) };
  }
  if (user.endedAt !== null) return { ok: false, because: "ended" };
  const isOwn = user.id === caller.id;
  const { name, role, stations, deputyCode } = wanted;
  if (isOwn && (role ?? stations ?? deputyCode) !== undefined) return { ok: false, because: "own" };
  const found = stations === undefined ? null : await stationIds(tx, stations);
  if (found?.ok === false) return { ok: false, because: "content", about: found.about, reason: found.reason };
  const deputy = deputyCode === undefined ? null : await deputyId(tx, deputyCode);
  if (deputy?.ok === false) return deputy;
  const renamed = name === undefined || name === nameOf(user) ? null : await rename(tx, user, name);
  if (renamed?.ok === false) return renamed;
  const next = {
    name: name ?? user.name,
    role: role ?? user.role,
    stations: found === null ? user.stations : [...found.ids],
    deputyId: deputy === null ? user.deputyId : deputy.id,
  };
  await tx
    .update(users)
    .set({ ...next, version: user.version + 1 })
    .where(eq(users.id, user.id));
  const isOtherwise = next.role !== user.role || String(next.stations) !== String(user.stations);
  if (isOtherwise) await endSessions(tx, user.id);
  const [before, after] = [await told(tx, user), await told(tx, { ...user, ...next })];
  await note(changing, { what: "changed", subjectId: user.id, name: nameOf({ ...user, ...next }), before, after });
  return { ok: true };
}

/** Ends somebody's service, and their sessions at once. */
export function endStaff(changing: Changing, id: string): Promise<{ readonly ok: true } | StaffRefused> {
  return onOther(changing, id, "ended", async (user) => {
    await endUser(changing.tx, user, changing.now);
  });
}

/** Takes away password and second factor of somebody who lost one of them. @returns the code with which they set both anew */
export async function resetStaff(
  changing: Changing,
  id: string,
): Promise<{ readonly ok: true; readonly code: string } | StaffRefused> {
  const { tx, vault, caller } = changing;
  const done = await onOther(changing, id, "reset", async (user) => {
    await tx.delete(secondFactors).where(eq(secondFactors.userId, user.id));
    const blank = { passwordHash: "", hasSecondFactor: false, version: user.version + 1 };
    await tx.update(users).set(blank).where(eq(users.id, user.id));
    await endSessions(tx, user.id);
  });
  return done.ok ? { ok: true, code: await invite(tx, vault, caller.jurisdictionId, id) } : done;
}

/** Lets somebody sign in again before the pause after wrong passwords or codes is over. */
export function unlockStaff(changing: Changing, id: string): Promise<{ readonly ok: true } | StaffRefused> {
  return onOther(changing, id, "unlocked", async (user) => {
    const { tx } = changing;
    await clearFailures(tx, user.emailIndex, { by: null, at: new Date() });
    await tx.update(secondFactors).set({ failures: 0, lockedUntil: null }).where(eq(secondFactors.userId, user.id));
  });
}

/** Ends the sessions of somebody. */
export function endStaffSessions(changing: Changing, id: string): Promise<{ readonly ok: true } | StaffRefused> {
  return onOther(changing, id, "sessions-ended", (user) => endSessions(changing.tx, user.id));
}

async function onOther(
  changing: Changing,
  id: string,
  what: What,
  work: (user: Row) => Promise<void>,
): Promise<{ readonly ok: true } | StaffRefused> {
  const user = await locked(changing.tx, id);
  if (user === null) return { ok: false, because: "unknown" };
  if (user.id === changing.caller.id) return { ok: false, because: "own" };
  if (user.endedAt !== null) return { ok: false, because: "ended" };
  await work(user);
  await note(changing, { what, subjectId: user.id, name: nameOf(user) });
  return { ok: true };
}

async function locked(tx: Transaction, id: string): Promise<Row | null> {
  const [user] = await tx.select().from(users).where(eq(users.id, id)).for("update");
  return user ?? null;
}

async function rename(tx: Transaction, user: Row, name: string): Promise<{ readonly ok: true } | StaffRefused> {
  const wrong = nameProblem(name);
  if (wrong !== null) return { ok: false, because: "content", about: "name", reason: wrong };
  if (await takeName(tx, user.jurisdictionId, { name, callerId: user.id, kind: "person" })) return { ok: true };
  const reason = `There is somebody, or a token, called ${name} already.`;
  return { ok: false, because: "taken", about: "name", reason };
}

async function deputyId(
  tx: Transaction,
  code: string | null,
): Promise<{ readonly ok: true; readonly id: string | null } | StaffRefused> {
  if (code === null) return { ok: true, id: null };
  const [found] = await tx.select({ id: deputies.id }).from(deputies).where(eq(deputies.code, code));
  if (found !== undefined) return { ok: true, id: found.id };
  return { ok: false, because: "content", about: "deputyCode", reason: `There is no deputy ${code}.` };
}

async function told(tx: Transaction, user: Row): Promise<Record<string, unknown>> {
  const codes = await stationCodes(tx, user.stations);
  const isDeputy = user.deputyId !== null;
  return {
    name: nameOf(user),
    role: user.role,
    stations: user.stations.flatMap((id) => codes.get(id) ?? []),
    isDeputy,
  };
}

async function changesSince(tx: Transaction, user: Row, version: number) {
  const rows = await tx
    .select({ type: staffChanges.what, by: staffChanges.by, at: staffChanges.at })
    .from(staffChanges)
    .where(and(eq(staffChanges.subjectId, user.id), inArray(staffChanges.what, VERSIONED)))
    .orderBy(desc(staffChanges.seq))
    .limit(Math.max(1, Math.min(20, user.version - version)));
  return rows.map(({ type, by, at }) => ({ type, by, at: at.toISOString() }));
}

function note({ tx, caller, now }: Changing, change: Parameters<typeof noteStaffChange>[2]): Promise<void> {
  const { jurisdictionId, id, name } = caller;
  return noteStaffChange(tx, { jurisdictionId, by: { id, name }, at: now }, change);
}
