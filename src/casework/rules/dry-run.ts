import { sql } from "drizzle-orm";
import type { Database } from "../../../db/database.ts";
import { decideThen, type NamedThen, type PastMatter } from "../../domain/dry-run.ts";
import { type DryRunReport, gatherDryRun } from "../../domain/dry-run-report.ts";
import { compileRuleset } from "../../domain/rule-index.ts";
import type { Ruleset, RuleTarget } from "../../domain/ruleset.ts";
import { matterFrom, openThen, pastPages, receivedSince } from "./past.ts";
import { peopleThen } from "./people-then.ts";
import { publishedRules } from "./published.ts";

/**
 * Lets a draft decide the matters of the past, with the facts as they were then, and writes nothing: the database itself
 * refuses it. Memory does not grow with their number.
 *
 * @param options.since ISO day, the first that counts; all when left out
 * @param options.onProgress called with the matters done and how many there are
 */
export async function dryRun(
  database: Database,
  jurisdictionId: string,
  draft: Ruleset,
  options: {
    readonly timeZone: string;
    readonly since?: string;
    readonly onProgress?: (done: number, total: number) => void;
  },
): Promise<DryRunReport> {
  return database.inCounty(jurisdictionId, async (tx) => {
    await tx.execute(sql`set transaction read only`);
    const [published, people, [total]] = await Promise.all([
      publishedRules(tx, jurisdictionId),
      peopleThen(tx),
      tx.execute<{ count: number }>(sql`select count(*)::int as count from cases c where ${receivedSince(options)}`),
    ]);
    const ruling = { version: 0, rules: compileRuleset(draft) };
    const gathering = gatherDryRun(draft.rules.map((rule) => rule.id));
    const then = openThen();
    let done = 0;
    for await (const rows of pastPages(tx, options)) {
      for (const row of rows) {
        then.advance(row.receivedAt);
        const matter = matterFrom(row, then.ofPerson(row.conversation), options.timeZone);
        if (matter === null) gathering.leaveOut(1);
        else {
          const when = { on: matter.routing.on, at: row.receivedAt };
          const named = (target: RuleTarget): NamedThen =>
            recordedAnswer(matter, target) ?? people.named(target, when, then.ofDeputy);
          const [byDraft, byPublished] = decideThen([ruling, published], matter, named);
          if (byDraft !== undefined && byPublished !== undefined) gathering.take(matter, byDraft, byPublished);
        }
        then.open(row);
      }
      done += rows.length;
      options.onProgress?.(done, total?.count ?? done);
    }
    return gathering.report();
  });
}

/** Whom a target named then, when the decision asked the same: nothing is known better. */
function recordedAnswer({ routing }: PastMatter, target: RuleTarget): NamedThen | null {
  const asked = routing.target;
  if (asked == null || JSON.stringify(asked.target) !== JSON.stringify(target)) return null;
  return { deputies: asked.deputies, substitutes: [], name: asked.name };
}
