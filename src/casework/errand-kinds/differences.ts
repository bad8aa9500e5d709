import { sql } from "drizzle-orm";
import type { Transaction } from "../../../db/database.ts";
import { cases } from "../../../db/schema/cases.ts";
import type { Caller } from "../access/caller.ts";
import { ordinaryTo } from "../cases/visible-to.ts";
import type { DryRunDifference } from "../rules/dry-run.ts";

/** The differences that are wanted; those of every kind, person and rule when left out. */
export type WantedDifferences = {
  readonly kind?: DryRunDifference["kind"];
  readonly from?: string;
  readonly to?: string;
  readonly rule?: string;
  /** Behind this one, by its place in the list. */
  readonly after?: string;
  readonly limit: number;
};

/** A page of differences; `next` is the place of the last one, null at the end. */
export type DifferencePage = {
  readonly items: readonly DryRunDifference[];
  readonly next: string | null;
  readonly total: { readonly value: number; readonly isMore: boolean };
};

const MOST_COUNTED = 1000;

/** A page of the cases that a dry run would have given to somebody else, those that exist for the caller now; counted to a thousand. */
export async function differencesOf(
  tx: Transaction,
  caller: Pick<Caller, "id">,
  errandId: string,
  { kind, from, to, rule, after, limit }: WantedDifferences,
): Promise<DifferencePage> {
  const is = (column: string, value: string | undefined) =>
    value === undefined ? sql`true` : sql`${sql.raw(`d.${column}`)} = ${value}`;
  // What was sealed since, is part of an accusation or is kept from the caller does not exist for them.
  const wanted = sql`
    from dry_run_differences d join ${cases} on ${cases.jurisdictionId} = d.jurisdiction_id and ${cases.number} = d.case_number
    where d.errand_id = ${errandId}::uuid and ${is("kind", kind)} and ${is("from_code", from)} and ${is("to_code", to)}
      and ${is("rule", rule)} and ${ordinaryTo(caller)}`;
  const [rows, [count]] = await Promise.all([
    tx.execute<DryRunDifference & { readonly seq: string }>(sql`
      select d.seq::text as seq, d.case_number as "case", d.from_code as "from", d.to_code as "to", d.rule, d.kind ${wanted}
        and d.seq > ${after ?? "0"}::bigint order by d.seq limit ${limit + 1}`),
    tx.execute<{ value: number }>(
      sql`select count(*)::int as value from (select 1 ${wanted} limit ${MOST_COUNTED + 1}) found`,
    ),
  ]);
  const shown = rows.slice(0, limit);
  const value = count?.value ?? 0;
  return {
    items: shown.map(({ seq: _seq, ...one }) => one),
    next: rows.length > limit ? (shown.at(-1)?.seq ?? null) : null,
    total: { value: Math.min(value, MOST_COUNTED), isMore: value > MOST_COUNTED },
  };
}
