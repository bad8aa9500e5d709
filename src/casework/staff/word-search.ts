import { type SQL, sql } from "drizzle-orm";
import type { Transaction } from "../../../db/database.ts";
import { cases } from "../../../db/schema/cases.ts";
import { ruleText } from "../../domain/rules/condition.ts";
import { pairsOf, wordsSearched } from "../../domain/text/words.ts";
import { monthWord, quotedWord } from "../cases/search-words.ts";
import type { Cursor } from "./cursor.ts";

/** A case that has the words, with its place in the list. */
export type Hit = { readonly id: string; readonly receivedAt: string };

/** The words of a search, folded; null where none of them has two signs. */
export function readWords(typed: string): readonly string[] | null {
  const words = wordsSearched(ruleText(typed));
  return words.some((word) => pairsOf(word).size > 0) ? words : null;
}

/** So many are looked at first, then twice as many each time, up to the most: each look goes through the index anew. */
const AT_ONCE = 200;
const MOST_AT_ONCE = 20_000;

/**
 * Finds the cases in whose working copies all words stand, newest first: this and last month, the ten before, then all
 * earlier, until there are enough.
 *
 * The search is named to the row policy: see `caseWords`. Rows are joined to `cases` with the reader's conditions, and each
 * text is looked at, for pairs from two places make no word.
 */
export async function findWords(
  tx: Transaction,
  words: readonly string[],
  wanted: { readonly condition: SQL; readonly today: string; readonly after: Cursor | null; readonly most: number },
): Promise<Hit[]> {
  const found: Hit[] = [];
  const pairs = new Set(words.flatMap((word) => [...pairsOf(word)]));
  const needsLook = words.some((word) => Array.from(word).length !== 2);
  const begin =
    wanted.after === null || wanted.after.value.slice(0, 10) > wanted.today
      ? wanted.today
      : wanted.after.value.slice(0, 10);
  let after = wanted.after;
  let atOnce = AT_ONCE;
  for (const months of windowsFrom(begin)) {
    for (;;) {
      await nameSearch(tx, queryOf(pairs, months));
      const most = needsLook ? atOnce : wanted.most - found.length;
      atOnce = Math.min(atOnce * 2, MOST_AT_ONCE);
      const rows = await hits(tx, wanted.condition, after, most);
      await nameSearch(tx, "'@all'");
      found.push(...(needsLook ? await having(tx, rows, words) : rows));
      const last = rows.at(-1);
      if (last !== undefined) after = { value: last.receivedAt, id: last.id };
      if (found.length >= wanted.most) return found.slice(0, wanted.most);
      if (rows.length < most) break;
    }
  }
  return found;
}

async function nameSearch(tx: Transaction, query: string): Promise<void> {
  await tx.execute(sql`select set_config('liaison.search', ${query}, true)`);
}

function queryOf(pairs: ReadonlySet<string>, months: readonly string[] | "earlier"): string {
  const all = [...pairs].map(quotedWord).join(" & ");
  if (months === "earlier") return all;
  return `${all} & (${months.map((month) => quotedWord(monthWord(month))).join(" | ")})`;
}

/** The last window has no months: what was found in those before is behind the cursor by then. */
function* windowsFrom(day: string): Generator<readonly string[] | "earlier"> {
  const year = Number(day.slice(0, 4));
  const month = Number(day.slice(5, 7)) - 1;
  const back = (months: number) => new Date(Date.UTC(year, month - months, 1)).toISOString().slice(0, 10);
  // The month is that of UTC, a day that of the county: the next one may have begun.
  yield [back(-1), back(0), back(1)];
  yield Array.from({ length: 10 }, (_, index) => back(2 + index));
  yield "earlier";
}

async function hits(tx: Transaction, condition: SQL, after: Cursor | null, most: number): Promise<Hit[]> {
  const isBehind =
    after === null ? sql`true` : sql`(w.received_at, w.case_id) < (${after.value}::timestamptz, ${after.id}::uuid)`;
  return tx.execute<Hit>(sql`
    select w.case_id as id, w.received_at::text as "receivedAt" from case_words w join ${cases} on ${cases.id} = w.case_id
    where ${isBehind} and ${condition} order by w.received_at desc, w.case_id desc limit ${most}`);
}

async function having(tx: Transaction, rows: readonly Hit[], words: readonly string[]): Promise<Hit[]> {
  if (rows.length === 0) return [];
  const said = await tx.execute<{ id: string; texts: string[] }>(sql`
    select m.case_id as id, array_agg(m.text) as texts from case_messages m
    where m.case_id = any(${sql.param(rows.map((row) => row.id))}::uuid[]) and m.party <> 'service' group by m.case_id`);
  const texts = new Map(said.map((row) => [row.id, row.texts.map(ruleText)]));
  return rows.filter(({ id }) => words.every((word) => texts.get(id)?.some((text) => text.includes(word)) === true));
}
