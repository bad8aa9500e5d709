import { type SQL, sql } from "drizzle-orm";
import type { Transaction } from "../../../db/database.ts";
import { cases } from "../../../db/schema/cases.ts";
import type { Reader } from "../../domain/access/may-see.ts";
import { type CaseFilter, inList, type ListDay } from "./case-conditions.ts";
import { type CaseRow, caseRows } from "./case-rows.ts";
import { type Cursor, readCursor, writeCursor } from "./cursor.ts";
import { findWords, type Hit, readWords } from "./word-search.ts";

/** The order of a list of cases. */
export type CaseSort = "newest" | "due-first" | "last-spoken";

/** A question to the list of cases. */
export type CaseSearch = {
  readonly filter: CaseFilter;
  readonly q?: string | undefined;
  /** Of a search for words the newest come first, whatever is said here. */
  readonly sort: CaseSort;
  readonly after?: string | undefined;
  readonly limit: number;
};

/** A page of a list; `total` counts to 1,000 and stops. */
export type CasePageOfList = {
  readonly ok: true;
  readonly items: readonly CaseRow[];
  readonly next: string | null;
  readonly total: { readonly value: number; readonly isMore: boolean };
};

/** The reason for which a list was not made: the words are too short, or the cursor is none of this list. */
export type CannotSearch = { readonly ok: false; readonly why: "too-short" | "cursor" };

const COUNTED = 1_000;

/** Lists the cases that a reader may see and asks for, page by page. */
export async function searchCases(
  tx: Transaction,
  reader: Reader,
  search: CaseSearch,
  day: ListDay,
): Promise<CasePageOfList | CannotSearch> {
  const words = search.q === undefined || search.q === "" ? [] : readWords(search.q);
  if (words === null) return { ok: false, why: "too-short" };
  const sort = words.length > 0 ? "newest" : search.sort;
  const after = search.after === undefined ? null : readCursor(search.after, sort === "due-first" ? "day" : "moment");
  if (after === null && search.after !== undefined) return { ok: false, why: "cursor" };
  const condition = inList(reader, search.filter, day);
  const most = search.limit + 1;
  const { found, counted } =
    words.length > 0
      ? await foundByWords(tx, words, { condition, today: day.today, after, most })
      : {
          found: await listed(tx, condition, { sort, after, most }),
          counted: await countTo(tx, condition, words, { sort, day, most: COUNTED + 1 }),
        };
  const page = found.slice(0, search.limit);
  const last = page.at(-1);
  return {
    ok: true,
    items: await caseRows(
      tx,
      page.map(({ id }) => id),
      day.today,
    ),
    next: found.length > search.limit && last !== undefined ? writeCursor(last) : null,
    total: { value: Math.min(counted, COUNTED), isMore: counted > COUNTED },
  };
}

/** The cases that have the words, behind a place in the list, and how many there are at all: the first page is looked for once for both. */
async function foundByWords(
  tx: Transaction,
  words: readonly string[],
  wanted: Parameters<typeof findWords>[2],
): Promise<{ readonly found: readonly Cursor[]; readonly counted: number }> {
  const all = await findWords(tx, words, { ...wanted, after: null, most: COUNTED + 1 });
  const hits = wanted.after === null ? all.slice(0, wanted.most) : await findWords(tx, words, wanted);
  return { found: hits.map(({ id, receivedAt }) => ({ id, value: receivedAt })), counted: all.length };
}

/** Counts exactly what a list has. */
export async function countCases(
  tx: Transaction,
  reader: Reader,
  { filter, q }: Pick<CaseSearch, "filter" | "q">,
  day: ListDay,
): Promise<{ readonly ok: true; readonly value: number } | CannotSearch> {
  const words = q === undefined || q === "" ? [] : readWords(q);
  if (words === null) return { ok: false, why: "too-short" };
  const condition = inList(reader, filter, day);
  const value = await countTo(tx, condition, words, { sort: "newest", day, most: null });
  return { ok: true, value };
}

async function countTo(
  tx: Transaction,
  condition: SQL,
  words: readonly string[],
  { sort, day, most }: { readonly sort: CaseSort; readonly day: ListDay; readonly most: number | null },
): Promise<number> {
  if (words.length > 0) {
    const hits: Hit[] = await findWords(tx, words, {
      condition,
      today: day.today,
      after: null,
      most: most ?? Number.MAX_SAFE_INTEGER,
    });
    return hits.length;
  }
  const limited = most === null ? sql`` : sql`limit ${most}`;
  const [row] = await tx.execute<{ count: number }>(sql`
    select count(*)::int as count from (select from ${cases} where ${condition} and ${isIn(sort)} ${limited}) counted`);
  return row?.count ?? 0;
}

const ORDERS: Readonly<Record<CaseSort, { readonly column: SQL; readonly type: SQL; readonly isRising: boolean }>> = {
  newest: { column: sql`${cases.receivedAt}`, type: sql.raw("timestamptz"), isRising: false },
  "last-spoken": { column: sql`${cases.lastSpokenAt}`, type: sql.raw("timestamptz"), isRising: false },
  "due-first": { column: sql`${cases.dueOn}`, type: sql.raw("date"), isRising: true },
};

/** What is due is open. */
function isIn(sort: CaseSort): SQL {
  return sort === "due-first" ? sql`${cases.closedAt} is null` : sql`true`;
}

/** The ids of the next cases of a list, each with its place. */
export function listed(
  tx: Transaction,
  condition: SQL,
  { sort, after, most }: { readonly sort: CaseSort; readonly after: Cursor | null; readonly most: number },
): Promise<Cursor[]> {
  return tx.execute<Cursor>(listQuery(condition, { sort, after, most }));
}

/** The statement of a list: keyset pages over an index that begins with the county. */
export function listQuery(
  condition: SQL,
  { sort, after, most }: { readonly sort: CaseSort; readonly after: Cursor | null; readonly most: number },
): SQL {
  const { column, type, isRising } = ORDERS[sort];
  const behind = sql.raw(isRising ? ">" : "<");
  const place =
    after === null ? sql`true` : sql`(${column}, ${cases.id}) ${behind} (${after.value}::${type}, ${after.id}::uuid)`;
  const order = isRising ? sql`${column}, ${cases.id}` : sql`${column} desc, ${cases.id} desc`;
  return sql`select ${cases.id} as id, ${column}::text as value from ${cases}
    where ${condition} and ${isIn(sort)} and ${place} order by ${order} limit ${most}`;
}
