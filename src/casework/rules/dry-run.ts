import { type SQL, sql } from "drizzle-orm";
import type { Database, Transaction } from "../../../db/database.ts";
import {
  type AskedThen,
  askThen,
  isSameTarget,
  type PastMatter,
  type Ruled,
  ruledThen,
} from "../../domain/rule-trials/dry-run.ts";
import { type DryRunReport, gatherDryRun } from "../../domain/rule-trials/dry-run-report.ts";
import { compileRuleset } from "../../domain/rules/compile.ts";
import type { Ruleset, RuleTarget } from "../../domain/rules/ruleset.ts";
import { countedOf, factsThen, matterFrom, openThen, pastPages, receivedSince } from "./past-matters.ts";
import { peopleThen } from "./past-people.ts";
import { publishedRules } from "./published.ts";

/** A matter that a draft would give to somebody else than happened, or than the rules in force, or to nobody. */
export type DryRunDifference = {
  readonly case: string;
  readonly from: string;
  readonly to: string;
  readonly rule: string;
  /** The rule, or the way, by which whoever it would be taken from got it, or would get it; null where that was not kept. */
  readonly fromRule: string | null;
  readonly kind: "past" | "published" | "nobody";
};

type DryRunOptions = {
  readonly timeZone: string;
  /** ISO day, the first that counts; all when left out. */
  readonly since?: string;
  /** A query of the ids of the cases that count; all of them when left out. */
  readonly only?: SQL;
  /** Called with the matters done and how many there are. */
  readonly onProgress?: (done: number, total: number) => void;
  /** Called with those of each page, and waited for. */
  readonly onDifferences?: (differences: readonly DryRunDifference[]) => Promise<void>;
  /** Ends it at the next page, with the signal's reason. */
  readonly signal?: AbortSignal;
};

/**
 * Runs a draft on the matters of the past, with the facts as they were then, and writes nothing: the database itself
 * refuses it. Memory does not grow with their number.
 */
export async function dryRun(
  database: Database,
  jurisdictionId: string,
  draft: Ruleset,
  options: DryRunOptions,
): Promise<DryRunReport> {
  return database.inCounty(jurisdictionId, (tx) => dryRunIn(tx, jurisdictionId, draft, options));
}

/** Runs a draft on the past in the transaction of its county, which writes nothing from then on. */
export async function dryRunIn(
  tx: Transaction,
  jurisdictionId: string,
  draft: Ruleset,
  options: DryRunOptions,
): Promise<DryRunReport> {
  await tx.execute(sql`set transaction read only`);
  const [published, people, [total]] = await Promise.all([
    publishedRules(tx, jurisdictionId),
    peopleThen(tx),
    tx.execute<{ count: number }>(sql`select count(*)::int as count from cases c
        where ${receivedSince(options)} and ${countedOf(options.only)}`),
  ]);
  const ruling = { version: 0, rules: compileRuleset(draft) };
  const gathering = gatherDryRun(draft.rules.map((rule) => rule.id));
  const then = openThen();
  let done = 0;
  for await (const rows of pastPages(tx, options)) {
    options.signal?.throwIfAborted();
    const asks = rows.map((row) => {
      then.advance(row.receivedAt);
      const matter = !row.isThere ? null : matterFrom(row, then.ofPerson(row.conversation), options.timeZone);
      const asked = matter === null ? null : askBoth(matter, row.receivedAt);
      then.open(row);
      return { id: row.id, asked, isThere: row.isThere };
    });
    const page = asks.filter(({ isThere }) => isThere);
    const moved = page.flatMap(({ id, asked }) => (asked !== null && isElse(asked) ? [id] : []));
    const facts = await factsThen(tx, moved);
    const differences: DryRunDifference[] = [];
    for (const { id, asked } of page) {
      if (asked === null) gathering.leaveOut(1);
      else {
        const { matter, byDraft, byPublished } = asked;
        const routing = facts.get(id) ?? null;
        const verdict = ruledThen(byDraft, matter, routing);
        const isSame = isSameTarget(byDraft.target, byPublished.target);
        const now = isSame ? verdict : ruledThen(byPublished, matter, routing);
        gathering.take(matter, verdict, now);
        differences.push(...differencesOf(matter, verdict, now));
      }
    }
    if (differences.length > 0) await options.onDifferences?.(differences);
    done += page.length;
    options.onProgress?.(done, total?.count ?? done);
  }
  return gathering.report();

  /** What both sets would have said, with the people as they were at that moment. */
  function askBoth(matter: PastMatter, at: number): AskedBoth {
    const named = (target: RuleTarget) => people.named(target, { on: matter.on, at }, then.ofDeputy);
    const byDraft = askThen(ruling, matter, named);
    return { matter, byDraft, byPublished: askThen(published, matter, named) };
  }
}

type AskedBoth = { readonly matter: PastMatter; readonly byDraft: AskedThen; readonly byPublished: AskedThen };

/** Whether somebody else is named than was then, so that it has to be decided again. */
function isElse({ byDraft, byPublished }: AskedBoth): boolean {
  return byDraft.named !== null || byPublished.named !== null;
}

function differencesOf({ case: number, decided }: PastMatter, draft: Ruled, published: Ruled): DryRunDifference[] {
  const { to, rule, isNobody } = draft;
  const past = { from: decided.to, fromRule: decided.rule };
  const kinds = [
    ...(decided.to === to ? [] : [{ kind: "past", ...past } as const]),
    ...(published.to === to ? [] : [{ kind: "published", from: published.to, fromRule: published.rule } as const]),
    ...(isNobody ? [{ kind: "nobody", ...past } as const] : []),
  ];
  return kinds.map((one) => ({ case: number, to, rule, ...one }));
}

/** Whether more matters than `most` were received since a day, YYYY-MM-DD. */
export async function isMoreThan(
  tx: Transaction,
  most: number,
  options: { readonly timeZone: string; readonly since?: string },
): Promise<boolean> {
  const rows = await tx.execute(
    sql`select 1 from cases c where ${receivedSince(options)} order by c.received_at desc offset ${most} limit 1`,
  );
  return rows.length > 0;
}
