import { type SQL, sql } from "drizzle-orm";
import type { Transaction } from "../../../db/database.ts";
import type { Reader } from "../../domain/access/may-see.ts";

/** The wanted part of a list: narrowed by words, township and station, from behind a cursor on. */
export type ListWanted = {
  readonly q?: string | undefined;
  readonly township?: string | undefined;
  readonly station?: string | undefined;
  /** The sort value and code or id of the last row of the page before. */
  readonly after: readonly [string, string] | null;
  readonly limit: number;
};

/** A page of a list, with how many there are in all. */
export type Listed<T> = { readonly items: readonly T[]; readonly hasMore: boolean; readonly total: number };

/** The version of a row `x`: another one after any change of it, whoever made it. */
export function versionOf(row: SQL): SQL<string> {
  return sql<string>`('v' || left(md5(${row}::text), 16))`;
}

/** The condition that something of a station exists for a reader: everybody's but for a station, which has its own. @param stationId its column */
export function ofReader(reader: Reader, stationId: SQL): SQL {
  return reader.role === "station" ? sql`${stationId} = any(${sql.param([...reader.stations])}::uuid[])` : sql`true`;
}

/** The conditions of a list by words, township and station, on the columns that a kind has. */
export function narrowed(
  { q, township, station }: ListWanted,
  columns: { readonly code?: SQL; readonly name: SQL; readonly township?: SQL; readonly station?: SQL },
): SQL[] {
  const begins = columns.code === undefined ? sql`false` : sql`starts_with(lower(${columns.code}), lower(${q ?? ""}))`;
  return [
    ...(q === undefined || q === "" ? [] : [sql`(strpos(${columns.name}, ${q}) > 0 or ${begins})`]),
    ...(township === undefined || columns.township === undefined ? [] : [sql`${columns.township} = ${township}`]),
    ...(station === undefined || columns.station === undefined ? [] : [sql`${columns.station} = ${station}`]),
  ];
}

/** Reads a page of a list. @param list.order the sort value and what makes it unique */
export async function readPage<T extends Readonly<Record<string, unknown>>>(
  tx: Transaction,
  list: {
    readonly columns: SQL;
    readonly from: SQL;
    readonly where: readonly SQL[];
    readonly order: readonly [SQL, SQL];
  },
  { after, limit }: Pick<ListWanted, "after" | "limit">,
): Promise<Listed<T>> {
  const [sort, id] = list.order;
  const where = sql.join([sql`true`, ...list.where], sql` and `);
  const behind = after === null ? sql`true` : sql`(${sort}, ${id}) > (${after[0]}, ${after[1]})`;
  const rows = await tx.execute<T>(
    sql`select ${list.columns} ${list.from} where ${where} and ${behind} order by ${sort}, ${id} limit ${limit + 1}`,
  );
  const [counted] = await tx.execute<{ value: number }>(sql`select count(*)::int as value ${list.from} where ${where}`);
  return { items: rows.slice(0, limit) as unknown as T[], hasMore: rows.length > limit, total: counted?.value ?? 0 };
}
