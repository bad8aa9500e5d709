import { type SQL, sql } from "drizzle-orm";
import type { Transaction } from "../../../../db/database.ts";
import type { WrittenKind } from "./written.ts";

type Reference = { readonly table: string; readonly column: string };

/** References without a foreign key: ids that a new key on a table in use would have had to lock. */
const WITHOUT_KEY: Readonly<Partial<Record<WrittenKind, readonly Reference[]>>> = {
  deputies: [
    { table: "stations", column: "head_deputy_id" },
    { table: "absences", column: "substitute_id" },
  ],
};

/**
 * The rows among these that anything else in the county refers to, such as a case, an invitation or a planned succession: they
 * cannot be taken away.
 * @param passedOver ids of assignments that go together with the rows
 */
export async function inUse(
  tx: Transaction,
  kind: WrittenKind,
  ids: readonly string[],
  passedOver: readonly string[],
): Promise<Set<string>> {
  const references = [...(await keysTo(tx, kind)), ...(WITHOUT_KEY[kind] ?? [])];
  const used = new Set<string>();
  for (const { table, column } of references) {
    const at = sql.identifier(column);
    const others = table === "assignments" ? sql`and x.id <> all(${uuids(passedOver)})` : sql``;
    const rows = await tx.execute<{ id: string }>(
      sql`select distinct x.${at} as id from ${sql.identifier(table)} x where x.${at} = any(${uuids(ids)}) ${others}`,
    );
    for (const { id } of rows) used.add(id);
  }
  for (const id of await plannedAmong(tx, kind, ids)) used.add(id);
  return used;
}

/** The columns of all tables that refer to a table's rows by a foreign key. */
async function keysTo(tx: Transaction, kind: WrittenKind): Promise<Reference[]> {
  const rows = await tx.execute<Reference>(sql`
    select c.conrelid::regclass::text as table, a.attname::text as column
    from pg_constraint c join pg_attribute a on a.attrelid = c.conrelid and a.attnum = c.conkey[1]
    where c.contype = 'f' and c.confrelid = ${`public.${kind}`}::regclass and array_length(c.conkey, 1) = 1`);
  return [...rows];
}

/** The deputies, grids and stations whose codes stand in a succession that is still to come. */
async function plannedAmong(tx: Transaction, kind: WrittenKind, ids: readonly string[]): Promise<string[]> {
  const names: SQL | null =
    kind === "deputies"
      ? sql`r.step ->> 'from' = x.code or r.step ->> 'to' = x.code`
      : kind === "grids" || kind === "stations"
        ? sql`r.step -> 'places' ? x.code`
        : null;
  if (names === null) return [];
  const rows = await tx.execute<{ id: string }>(sql`
    select x.id from ${sql.identifier(kind)} x where x.id = any(${uuids(ids)}) and exists (
      select from successions n, jsonb_array_elements(n.rows) as r(step) where n.state = 'planned' and (${names}))`);
  return rows.map(({ id }) => id);
}

function uuids(ids: readonly string[]): SQL {
  return sql`${sql.param([...ids])}::uuid[]`;
}
