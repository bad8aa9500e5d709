import { type CustomAdapter, createAdapterFactory } from "better-auth/adapters";
import {
  and,
  asc,
  count,
  desc,
  eq,
  getTableColumns,
  gt,
  gte,
  inArray,
  isNull,
  lt,
  lte,
  ne,
  type SQL,
  sql,
} from "drizzle-orm";
import type { PgColumn } from "drizzle-orm/pg-core";
import type { Database } from "../../../db/database.ts";
import { secondFactors } from "../../../db/schema/sign-in.ts";
import { users } from "../../../db/schema/users.ts";
import type { Vault } from "../../../db/vault.ts";
import { type Fields, type Kept, keptRecords } from "./records.ts";
import { inScopesCounty, scopeNow } from "./scope.ts";

/** The adapter by which better-auth asks our tables, each time within the county of the running call. */
export function authAdapter(services: { readonly database: Database; readonly vault: Vault }) {
  return createAdapterFactory({
    config: { adapterId: "liaison", supportsNumericIds: false, supportsUUIDs: true, transaction: false },
    adapter: () => overTables(services),
  });
}

type CleanedWhere = Parameters<CustomAdapter["delete"]>[0]["where"][number];

const COMPARED = { eq, ne, lt, lte, gt, gte } as const;

function overTables({ database, vault }: { readonly database: Database; readonly vault: Vault }): CustomAdapter {
  const records = keptRecords(vault);
  const keptAs = (model: string): Kept => {
    const kept = records[model];
    if (kept === undefined) throw new Error(`Sign-in keeps no ${model}.`);
    return kept;
  };
  const rowsOf = (model: string, where: readonly CleanedWhere[] = [], how: Chosen = {}) =>
    inScopesCounty(database, async (tx, county) => {
      const kept = keptAs(model);
      const order = how.sortBy === undefined ? [] : [sorted(kept, how.sortBy)];
      const asked = tx
        .select()
        .from(kept.table)
        .where(conditions(kept, where, county));
      const rows = await asked.orderBy(...order).limit(how.limit ?? 100);
      return rows.map((row) => kept.toFields(row, county));
    });
  const change = (model: string, where: readonly CleanedWhere[], fields: Fields, counters: Fields = {}) =>
    inScopesCounty(database, async (tx, county) => {
      const kept = keptAs(model);
      const row = { ...kept.toRow(fields, county), ...counters };
      const chosen = conditions(kept, where, county);
      const changed =
        Object.keys(row).length === 0
          ? await tx.select().from(kept.table).where(chosen)
          : await tx.update(kept.table).set(row).where(chosen).returning();
      return (changed as Fields[]).map((one) => kept.toFields(one, county));
    });
  const remove = (model: string, where: readonly CleanedWhere[]) =>
    inScopesCounty(database, async (tx, county) => {
      const kept = keptAs(model);
      if (kept.table === users) throw new Error("People are never deleted.");
      const removed = await tx
        .delete(kept.table)
        .where(conditions(kept, where, county))
        .returning();
      return (removed as Fields[]).map((row) => kept.toFields(row, county));
    });
  return {
    create: ({ model, data }) =>
      inScopesCounty(database, async (tx, county) => {
        const kept = keptAs(model);
        if (kept.table === users) throw new Error("People are added by the office alone.");
        const row = { ...kept.toRow(data, county), jurisdictionId: county };
        const [made] = await tx.insert(kept.table).values(row).returning();
        return kept.toFields(made as Fields, county) as typeof data;
      }),
    update: async <T>({ model, where, update }: Given & { update: T }) =>
      ((await change(model, where, update as Fields))[0] ?? null) as T | null,
    updateMany: async ({ model, where, update }) => (await change(model, where, update)).length,
    findOne: async <T>({ model, where }: Given) => ((await rowsOf(model, where, { limit: 1 }))[0] ?? null) as T | null,
    findMany: async <T>({ model, where, limit, sortBy }: { model: string; where?: CleanedWhere[] } & Chosen) =>
      (await rowsOf(model, where, { limit, sortBy })) as T[],
    delete: async ({ model, where }) => void (await remove(model, where)),
    deleteMany: async ({ model, where }) => (await remove(model, where)).length,
    consumeOne: async <T>({ model, where }: Given) => ((await remove(model, where))[0] ?? null) as T | null,
    incrementOne: async <T>({ model, where, increment, set = {} }: Given & Increment) => {
      const kept = keptAs(model);
      const counters = Object.entries(increment).map(([field, by]) => {
        const { column } = kept.find(field, by, scopeNow().jurisdictionId) ?? { column: kept.id };
        return [keyOf(kept, column), sql`${column} + ${by}`] as const;
      });
      return ((await change(model, where, set, Object.fromEntries(counters)))[0] ?? null) as T | null;
    },
    count: ({ model, where = [] }) =>
      inScopesCounty(database, async (tx, county) => {
        const kept = keptAs(model);
        const [counted] = await tx
          .select({ n: count() })
          .from(kept.table)
          .where(conditions(kept, where, county));
        return counted?.n ?? 0;
      }),
  };
}

type Given = { readonly model: string; readonly where: CleanedWhere[] };
type Increment = { readonly increment: Record<string, number>; readonly set?: Record<string, unknown> };
type Chosen = {
  readonly limit?: number;
  readonly sortBy?: { readonly field: string; readonly direction: "asc" | "desc" };
};

function conditions(kept: Kept, where: readonly CleanedWhere[], county: string): SQL | undefined {
  const asked = where.map(({ field, operator, value, connector }) => {
    if (connector === "OR" && where.length > 1) throw new Error("Sign-in asks with OR, which is not understood.");
    if (operator === "in") {
      const found = (value as unknown[]).map((one) => kept.find(field, one, county));
      const column = found[0]?.column;
      return column === undefined
        ? sql`false`
        : inArray(
            column,
            found.flatMap((one) => one?.value ?? []),
          );
    }
    const compare = COMPARED[operator as keyof typeof COMPARED];
    if (compare === undefined) throw new Error(`Sign-in asks with ${operator}, which is not understood.`);
    const found = kept.find(field, value, county);
    if (found === null) return undefined;
    return found.value === null ? isNull(found.column) : compare(found.column, found.value);
  });
  return and(...asked, ...always(kept));
}

/** Whoever left is not there; of two second factors the call is about one. */
function always(kept: Kept): SQL[] {
  if (kept.table === users) return [isNull(users.endedAt)];
  if (kept.table === secondFactors) return [eq(secondFactors.isProved, scopeNow().isEnrolling !== true)];
  return [];
}

function sorted(kept: Kept, { field, direction }: NonNullable<Chosen["sortBy"]>): SQL {
  const column = kept.find(field, "", "")?.column ?? kept.id;
  return direction === "asc" ? asc(column) : desc(column);
}

function keyOf(kept: Kept, column: PgColumn): string {
  return Object.entries(getTableColumns(kept.table)).find(([, one]) => one === column)?.[0] ?? column.name;
}
