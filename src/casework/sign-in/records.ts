import { getTableColumns } from "drizzle-orm";
import type { PgColumn, PgTable } from "drizzle-orm/pg-core";
import { secondFactors, sessions, verifications } from "../../../db/schema/sign-in.ts";
import { users } from "../../../db/schema/users.ts";
import type { Vault } from "../../../db/vault.ts";
import { nameOf, purposeOf } from "../access/users.ts";

/** A record as better-auth knows it, field by field; or a row as the database does. */
export type Fields = Record<string, unknown>;

/** The way in which one kind of better-auth's records is kept: in which table, what of it sealed, and by which columns it is found. */
export type Kept = {
  readonly table: PgTable;
  readonly id: PgColumn;
  /** The columns to write for those fields that are given; fields that are not kept are left out. */
  toRow(fields: Fields, county: string): Fields;
  toFields(row: Fields, county: string): Fields;
  /** The column by which a field is found, and the value to look for. @returns null where every row has that value */
  find(field: string, value: unknown, county: string): { readonly column: PgColumn; readonly value: unknown } | null;
};

const CREDENTIAL = "credential";

/** Describes the way in which each of better-auth's records is kept, by the names that it gives them. Addresses and secrets are sealed, and found by keyed hash. */
export function keptRecords(vault: Vault): Readonly<Record<string, Kept>> {
  const sealedAs = (kind: string, field: string, county: string) => `${kind}-${field}:${county}`;
  return {
    user: {
      table: users,
      id: users.id,
      toRow: ({ twoFactorEnabled }) => (twoFactorEnabled === undefined ? {} : { hasSecondFactor: twoFactorEnabled }),
      toFields: (row, county) => {
        const user = row as typeof users.$inferSelect;
        return {
          id: user.id,
          name: nameOf(user),
          email: vault.open(user.email, purposeOf(county)),
          emailVerified: true,
          image: null,
          twoFactorEnabled: user.hasSecondFactor,
          createdAt: user.createdAt,
          updatedAt: user.createdAt,
        };
      },
      find: (field, value, county) =>
        field === "email"
          ? { column: users.emailIndex, value: vault.blindIndex(String(value), purposeOf(county)) }
          : { column: column(users, field), value },
    },
    // Nobody signs in but with a password of this service: an account is the same row as its person.
    account: {
      table: users,
      id: users.id,
      toRow: ({ password }) => (password === undefined ? {} : { passwordHash: password }),
      toFields: (row) => {
        const { id, passwordHash, createdAt } = row as typeof users.$inferSelect;
        const password = passwordHash === "" ? null : passwordHash;
        const whose = { id, accountId: id, userId: id, providerId: CREDENTIAL };
        return { ...whose, password, createdAt, updatedAt: createdAt };
      },
      find: (field, value) => (field === "providerId" ? null : { column: users.id, value }),
    },
    session: sealing(vault, {
      table: sessions,
      id: sessions.id,
      sealed: { token: "token", ipAddress: "address", userAgent: "device" },
      indexed: { token: "tokenIndex" },
      also: ({ createdAt }) => (createdAt === undefined ? {} : { lastUsedAt: createdAt }),
      purpose: (field, county) => sealedAs("session", field, county),
    }),
    verification: sealing(vault, {
      table: verifications,
      id: verifications.id,
      sealed: { identifier: "identifier", value: "value" },
      indexed: { identifier: "identifierIndex" },
      purpose: (field, county) => sealedAs("verification", field, county),
    }),
    twoFactor: sealing(vault, {
      table: secondFactors,
      id: secondFactors.id,
      sealed: { secret: "secret", backupCodes: "backupCodes" },
      indexed: { backupCodes: "backupIndex" },
      renamed: { verified: "isProved", failedVerificationCount: "failures" },
      purpose: (field, county) => sealedAs("second-factor", field, county),
    }),
  };
}

/** The purpose under which a session's column is sealed, for whoever lists sessions. */
export function sessionPurpose(field: "ipAddress" | "userAgent" | "token", county: string): string {
  return `session-${field}:${county}`;
}

type Sealing = {
  readonly table: PgTable;
  readonly id: PgColumn;
  /** Columns by field. */
  readonly sealed: Readonly<Record<string, string>>;
  readonly indexed: Readonly<Record<string, string>>;
  readonly renamed?: Readonly<Record<string, string>>;
  readonly also?: (fields: Fields) => Fields;
  purpose(field: string, county: string): string;
};

function sealing(vault: Vault, { table, id, sealed, indexed, renamed = {}, also, purpose }: Sealing): Kept {
  const columns = getTableColumns(table);
  return {
    table,
    id,
    toRow(fields, county) {
      const row: Fields = {};
      for (const [field, value] of Object.entries(fields)) {
        const index = indexed[field];
        if (index !== undefined) row[index] = vault.blindIndex(String(value), purpose(field, county));
        const kept = sealed[field];
        if (kept !== undefined) row[kept] = vault.seal(String(value ?? ""), purpose(field, county));
        else if ((renamed[field] ?? field) in columns) row[renamed[field] ?? field] = value;
      }
      return { ...row, ...also?.(fields) };
    },
    toFields(row, county) {
      const fields: Fields = { ...row };
      for (const [field, name] of Object.entries(renamed)) fields[field] = row[name];
      for (const [field, name] of Object.entries(sealed))
        fields[field] = vault.open(row[name] as Uint8Array, purpose(field, county));
      return fields;
    },
    find(field, value, county) {
      const index = indexed[field];
      if (index === undefined) return { column: column(table, renamed[field] ?? field), value };
      return { column: column(table, index), value: vault.blindIndex(String(value), purpose(field, county)) };
    },
  };
}

function column(table: PgTable, name: string): PgColumn {
  const found = getTableColumns(table)[name];
  if (found === undefined) throw new Error(`Nothing is found by ${name} here.`);
  return found;
}
