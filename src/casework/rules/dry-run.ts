import { sql } from "drizzle-orm";
import type { Database } from "../../../db/database.ts";
import { type AskedThen, askThen, isSameTarget, type PastMatter, ruledThen } from "../../domain/rule-trials/dry-run.ts";
import { type DryRunReport, gatherDryRun } from "../../domain/rule-trials/dry-run-report.ts";
import { compileRuleset } from "../../domain/rules/compile.ts";
import type { Ruleset, RuleTarget } from "../../domain/rules/ruleset.ts";
import { factsThen, matterFrom, openThen, pastPages, receivedSince } from "./past-matters.ts";
import { peopleThen } from "./past-people.ts";
import { publishedRules } from "./published.ts";

/**
 * Runs a draft on the matters of the past, with the facts as they were then, and writes nothing: the database itself
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
      const page = rows.map((row) => {
        then.advance(row.receivedAt);
        const matter = matterFrom(row, then.ofPerson(row.conversation), options.timeZone);
        const asked = matter === null ? null : askBoth(matter, row.receivedAt);
        then.open(row);
        return { id: row.id, asked };
      });
      const moved = page.flatMap(({ id, asked }) => (asked !== null && isElse(asked) ? [id] : []));
      const facts = await factsThen(tx, moved);
      for (const { id, asked } of page) {
        if (asked === null) gathering.leaveOut(1);
        else {
          const { matter, byDraft, byPublished } = asked;
          const routing = facts.get(id) ?? null;
          const verdict = ruledThen(byDraft, matter, routing);
          const isSame = isSameTarget(byDraft.target, byPublished.target);
          gathering.take(matter, verdict, isSame ? verdict : ruledThen(byPublished, matter, routing));
        }
      }
      done += rows.length;
      options.onProgress?.(done, total?.count ?? done);
    }
    return gathering.report();

    /** What both sets would have said, with the people as they were at that moment. */
    function askBoth(matter: PastMatter, at: number): AskedBoth {
      const named = (target: RuleTarget) => people.named(target, { on: matter.on, at }, then.ofDeputy);
      const byDraft = askThen(ruling, matter, named);
      return { matter, byDraft, byPublished: askThen(published, matter, named) };
    }
  });
}

type AskedBoth = { readonly matter: PastMatter; readonly byDraft: AskedThen; readonly byPublished: AskedThen };

/** Whether somebody else is named than was then, so that it has to be decided again. */
function isElse({ byDraft, byPublished }: AskedBoth): boolean {
  return byDraft.named !== null || byPublished.named !== null;
}
