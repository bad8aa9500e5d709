import { asc, desc, eq, inArray } from "drizzle-orm";
import type { Transaction } from "../../../db/database.ts";
import { deputies } from "../../../db/schema/people.ts";
import { stations } from "../../../db/schema/places.ts";
import { sessions } from "../../../db/schema/sign-in.ts";
import { users } from "../../../db/schema/users.ts";
import type { Vault } from "../../../db/vault.ts";
import type { Role } from "../../domain/access/roles.ts";
import { nameOf, purposeOf } from "../access/users.ts";
import { pausedAccounts } from "../sign-in/attempts.ts";

/** A person who works for the office, as operators and auditors see them. */
export type StaffMember = {
  readonly id: string;
  readonly version: number;
  readonly name: string;
  readonly email: string;
  readonly role: Role;
  /** Codes. */
  readonly stations: readonly string[];
  readonly deputyCode: string | null;
  readonly state: "invited" | "active" | "locked" | "ended";
  readonly hasSecondFactor: boolean;
  readonly invitedBy: string | null;
  readonly createdAt: Date;
  readonly lastSeenAt: Date | null;
  readonly endedAt: Date | null;
};

type Row = typeof users.$inferSelect;

/** The people of the office, oldest first, those who left too. @param only one of them; all when left out */
export async function listStaff(
  tx: Transaction,
  vault: Vault,
  jurisdictionId: string,
  only?: string,
): Promise<StaffMember[]> {
  const rows = await tx
    .select()
    .from(users)
    .where(only === undefined ? undefined : eq(users.id, only))
    .orderBy(asc(users.createdAt), asc(users.id));
  const [paused, codes, deputyCodes, seen] = [
    await pausedAccounts(tx, new Date()),
    await stationCodes(
      tx,
      rows.flatMap((row) => row.stations),
    ),
    await codesOfDeputies(
      tx,
      rows.flatMap((row) => row.deputyId ?? []),
    ),
    await lastSeen(tx),
  ];
  return rows.map((row) => ({
    id: row.id,
    version: row.version,
    name: nameOf(row),
    email: vault.open(row.email, purposeOf(jurisdictionId)),
    role: row.role,
    stations: row.stations.flatMap((id) => codes.get(id) ?? []),
    deputyCode: row.deputyId === null ? null : (deputyCodes.get(row.deputyId) ?? null),
    state: stateOf(row, paused.has(row.emailIndex)),
    hasSecondFactor: row.hasSecondFactor,
    invitedBy: row.invitedBy,
    createdAt: row.createdAt,
    lastSeenAt: seen.get(row.id) ?? null,
    endedAt: row.endedAt,
  }));
}

/** The codes of stations by their ids. */
export async function stationCodes(tx: Transaction, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  if (ids.length === 0) return new Map();
  const rows = await tx
    .select({ id: stations.id, code: stations.code })
    .from(stations)
    .where(inArray(stations.id, [...ids]));
  return new Map(rows.map(({ id, code }) => [id, code]));
}

function stateOf({ endedAt, passwordHash }: Row, isPaused: boolean): StaffMember["state"] {
  if (endedAt !== null) return "ended";
  if (passwordHash === "") return "invited";
  return isPaused ? "locked" : "active";
}

async function codesOfDeputies(tx: Transaction, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  if (ids.length === 0) return new Map();
  const rows = await tx
    .select({ id: deputies.id, code: deputies.code })
    .from(deputies)
    .where(inArray(deputies.id, [...ids]));
  return new Map(rows.map(({ id, code }) => [id, code]));
}

async function lastSeen(tx: Transaction): Promise<ReadonlyMap<string, Date>> {
  const rows = await tx
    .selectDistinctOn([sessions.userId], { userId: sessions.userId, at: sessions.lastUsedAt })
    .from(sessions)
    .orderBy(sessions.userId, desc(sessions.lastUsedAt));
  return new Map(rows.map(({ userId, at }) => [userId, at]));
}
