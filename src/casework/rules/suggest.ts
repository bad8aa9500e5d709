import { desc, eq, sql } from "drizzle-orm";
import type { Database, Transaction } from "../../../db/database.ts";
import { cases } from "../../../db/schema/cases.ts";
import { deputies, units } from "../../../db/schema/people.ts";
import { grids } from "../../../db/schema/places.ts";
import { rulesets } from "../../../db/schema/rulesets.ts";
import { REHEARSAL_PREFIX } from "../../domain/case/rehearsal.ts";
import type { DryRunReport } from "../../domain/rule-trials/dry-run-report.ts";
import { ruleText } from "../../domain/rules/condition.ts";
import { readRuleset } from "../../domain/rules/ruleset.ts";
import { type HeldMatter, mostAlike, suggestRule } from "../../domain/rules/suggestion.ts";
import { dryRun } from "./dry-run.ts";
import { createSegment } from "./segment.ts";

/** A rule that is offered after a correction, with the past cases that it would decide rightly and wrongly. */
export type OfferedRule = {
  /** The rule as it stands first in the draft. */
  readonly rule: unknown;
  /** The rule set that holds now with this rule in front of it: ready for `liaison rules draft`. */
  readonly draft: unknown;
  /** Past matters whose words are most like those of the case. */
  readonly alike: readonly { readonly case: string; readonly who: string; readonly text: string }[];
  /** Cases that were moved the same way and that the rule takes; and those that others kept and that it would take. */
  readonly right: readonly string[];
  readonly wrong: readonly string[];
  readonly dryRun: DryRunReport;
};

/** How many of the latest matters a suggestion looks at, and how many alike it shows. */
const LATEST = 5_000;
const ALIKE = 5;
/** How much of a text is shown. */
const EXCERPT = 60;

const segment = createSegment();

/**
 * Suggests a rule from a case that a person moved, by which the next one goes there by itself. Writes nothing.
 *
 * @param number of the case, whole
 * @returns a plain sentence when there is nothing to offer
 */
export async function suggestFrom(
  database: Database,
  jurisdictionId: string,
  number: string,
  options: { readonly timeZone: string; readonly onProgress?: (done: number, total: number) => void },
): Promise<{ readonly ok: true; readonly offer: OfferedRule } | { readonly ok: false; readonly reason: string }> {
  const found = await database.inCounty(jurisdictionId, (tx) => look(tx, number));
  if (typeof found === "string") return { ok: false, reason: found };
  const { moved, movedBy, past, published } = found;
  const suggestion = suggestRule(moved, past);
  if (suggestion === null) {
    return {
      ok: false,
      reason: `No word or topic of ${number} tells it from what others keep: a rule would take more wrong than right.`,
    };
  }
  const rule = {
    id: `moved-${number}`,
    when: suggestion.when,
    then: { assign: targetOf(moved.holder) },
    reason: `${movedBy}改派过同类诉求（${number}）`,
    owner: movedBy,
  };
  const draft = { ...published, rules: [rule, ...published.rules] };
  const read = readRuleset(draft);
  if (!read.ok) return { ok: false, reason: read.findings[0]?.text ?? "The draft cannot be read." };
  const { right, wrong } = suggestion;
  const alike = mostAlike(moved, past, ALIKE).map((one) => ({
    case: one.number,
    who: one.holder,
    text: one.text.slice(0, EXCERPT),
  }));
  return {
    ok: true,
    offer: { rule, draft, alike, right, wrong, dryRun: await dryRun(database, jurisdictionId, read.ruleset, options) },
  };
}

type Written = { readonly name: string; readonly rules: readonly unknown[]; readonly otherwise: unknown };
type Found = {
  readonly moved: HeldMatter;
  readonly movedBy: string;
  readonly past: readonly HeldMatter[];
  readonly published: Written;
};

async function look(tx: Transaction, number: string): Promise<Found | string> {
  const rows = await tx
    .select({
      number: cases.number,
      category: cases.category,
      township: grids.township,
      deputy: deputies.code,
      unit: units.code,
      movedBy: cases.movedBy,
      text: sql<string>`coalesce((
        select string_agg(m.text, chr(10) order by m.at, m.id) from case_messages m
        where m.case_id = ${cases.id} and m.party = 'resident' and m.kind not in ('answer', 'rating')), '')`,
    })
    .from(cases)
    .leftJoin(grids, eq(grids.id, cases.gridId))
    .leftJoin(deputies, eq(deputies.id, cases.deputyId))
    .leftJoin(units, eq(units.id, cases.unitId))
    .where(
      sql`not ${cases.sealed} and not starts_with(${cases.number}, ${REHEARSAL_PREFIX}) and (${cases.number} = ${number} or not ${cases.priority})`,
    )
    .orderBy(sql`${cases.number} = ${number} desc`, desc(cases.receivedAt))
    .limit(LATEST);
  const [first] = rows;
  if (first === undefined || first.number !== number) return `There is no case ${number} that may be looked at.`;
  if (first.movedBy === null) return `Case ${number} was not moved by hand: "liaison case move" does that.`;
  const past = rows.map((row): HeldMatter => {
    const text = ruleText(row.text);
    return {
      number: row.number,
      text,
      words: new Set(
        segment(text)
          .map((word) => word.trim())
          .filter((word) => word !== ""),
      ),
      category: row.category,
      township: row.township,
      holder: row.deputy ?? (row.unit === null ? "office" : `unit:${row.unit}`),
      isMoved: row.movedBy !== null,
    };
  });
  const [moved] = past;
  if (moved === undefined) return `There is no case ${number}.`;
  const [published] = await tx
    .select({ content: rulesets.content })
    .from(rulesets)
    .where(eq(rulesets.state, "published"));
  const none: Written = { name: "本县规则", rules: [], otherwise: { assign: { grid: true } } };
  return { moved, movedBy: first.movedBy, past, published: (published?.content as Written | undefined) ?? none };
}

function targetOf(holder: string): Record<string, unknown> {
  if (holder === "office") return { office: true };
  return holder.startsWith("unit:") ? { unit: holder.slice(5) } : { deputy: holder };
}
