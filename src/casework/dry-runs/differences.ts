import { sql } from "drizzle-orm";
import type { Transaction } from "../../../db/database.ts";
import { cases } from "../../../db/schema/cases.ts";
import { readContent } from "../../domain/rules/content.ts";
import { type Span, spansOf, wordsOf } from "../../domain/rules/matched-words.ts";
import type { Caller } from "../access/caller.ts";
import { ordinaryTo } from "../cases/visible-to.ts";
import type { DryRunDifference } from "../rules/dry-run.ts";
import { type Mark, marksOn } from "./marks.ts";

/** The differences that are wanted; those of every case, kind, person and rule when left out. */
export type WantedDifferences = {
  readonly case?: string;
  readonly kind?: DryRunDifference["kind"];
  readonly from?: string;
  readonly to?: string;
  readonly rule?: string;
  /** Those that were taken from this rule, or that it would take. */
  readonly touches?: string;
  /** Behind this one, by its place in the list. */
  readonly after?: string;
  /** Chosen by chance, always the same ones for one person, in place of the first. */
  readonly isSample?: boolean;
  readonly limit: number;
};

/** A page of differences; `next` is the place of the last one, null at the end. */
export type DifferencePage = {
  readonly items: readonly DryRunDifference[];
  readonly next: string | null;
  readonly total: { readonly value: number; readonly isMore: boolean };
};

/** A difference as people judge it: the masked words of the case, where the rule's words stand in them, who judged what. */
export type ReadDifference = DryRunDifference & {
  readonly text: string;
  readonly matched: readonly Span[];
  readonly marks: readonly Pick<Mark, "verdict" | "by" | "isMine">[];
};

const MOST_COUNTED = 1000;
const MOST_SIGNS = 300;

/** A page of the cases that a dry run would have given to somebody else, those that exist for the caller now; counted to a thousand. */
export async function differencesOf(
  tx: Transaction,
  caller: Pick<Caller, "id">,
  errandId: string,
  { case: number, kind, from, to, rule, touches, after, isSample = false, limit }: WantedDifferences,
): Promise<DifferencePage> {
  const is = (column: string, value: string | undefined) =>
    value === undefined ? sql`true` : sql`${sql.raw(`d.${column}`)} = ${value}`;
  const touched = touches === undefined ? sql`true` : sql`(d.rule = ${touches} or d.from_rule = ${touches})`;
  // What was sealed since, is part of an accusation or is kept from the caller does not exist for them.
  const wanted = sql`
    from dry_run_differences d join ${cases} on ${cases.jurisdictionId} = d.jurisdiction_id and ${cases.number} = d.case_number
    where d.errand_id = ${errandId}::uuid and ${is("case_number", number)} and ${is("kind", kind)} and ${is("from_code", from)} and ${is("to_code", to)}
      and ${is("rule", rule)} and ${touched} and ${ordinaryTo(caller)}`;
  const order = isSample ? sql`md5(d.seq::text || ${caller.id}), d.seq` : sql`d.seq`;
  const [rows, [count]] = await Promise.all([
    tx.execute<DryRunDifference & { readonly seq: string }>(sql`
      select d.seq::text as seq, d.case_number as "case", d.from_code as "from", d.to_code as "to", d.rule,
        d.from_rule as "fromRule", d.kind ${wanted}
        and d.seq > ${after ?? "0"}::bigint order by ${order} limit ${limit + 1}`),
    tx.execute<{ value: number }>(
      sql`select count(*)::int as value from (select 1 ${wanted} limit ${MOST_COUNTED + 1}) found`,
    ),
  ]);
  const shown = rows.slice(0, limit);
  const value = count?.value ?? 0;
  return {
    items: shown.map(({ seq: _seq, ...one }) => one),
    next: rows.length > limit && !isSample ? (shown.at(-1)?.seq ?? null) : null,
    total: { value: Math.min(value, MOST_COUNTED), isMore: value > MOST_COUNTED },
  };
}

/** Adds to differences what people judge them by: the beginning of what was said, the words of the rule in it, and judgements so far. */
export async function readDifferences(
  tx: Transaction,
  caller: Pick<Caller, "id">,
  version: { readonly id: string; readonly content: unknown },
  items: readonly DryRunDifference[],
): Promise<ReadDifference[]> {
  const numbers = [...new Set(items.map((one) => one.case))];
  const [texts, marks] = await Promise.all([textsOf(tx, caller, numbers), marksOn(tx, caller, version.id, numbers)]);
  const read = readContent(version.content);
  const words = new Map(read.ok ? read.ruleset.rules.map(({ id, when }) => [id, wordsOf(when)]) : []);
  return items.map((one) => {
    const text = texts.get(one.case) ?? "";
    // A judgement of another change of the same case, by older content, is none of this one.
    const about = marks.filter((mark) => mark.case === one.case && mark.to === one.to && mark.rule === one.rule);
    return {
      ...one,
      text,
      matched: spansOf(text, words.get(one.rule) ?? []),
      marks: about.map(({ verdict, by, isMine }) => ({ verdict, by, isMine })),
    };
  });
}

/** The masked words of residents in these cases, cut, as far as they exist for the caller. */
async function textsOf(
  tx: Transaction,
  caller: Pick<Caller, "id">,
  numbers: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  if (numbers.length === 0) return new Map();
  const rows = await tx.execute<{ number: string; text: string | null }>(sql`
    select ${cases.number} as number, w.text from ${cases}
    left join lateral (
      select string_agg(m.text, chr(10) order by m.at, m.id) as text from case_messages m
      where m.case_id = ${cases.id} and m.party = 'resident' and m.kind not in ('answer', 'rating')
    ) w on true
    where ${cases.number} in (${sql.join(
      numbers.map((number) => sql`${number}`),
      sql`, `,
    )}) and ${ordinaryTo(caller)}`);
  return new Map(
    rows.map(({ number, text }) => [
      number,
      Array.from(text ?? "")
        .slice(0, MOST_SIGNS)
        .join(""),
    ]),
  );
}
