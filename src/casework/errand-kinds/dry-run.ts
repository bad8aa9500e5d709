import { sql } from "drizzle-orm";
import { z } from "zod";
import type { Database, Transaction } from "../../../db/database.ts";
import { addDays } from "../../domain/calendar/days.ts";
import { dayIn } from "../../domain/calendar/deadline.ts";
import { readContent } from "../../domain/rules/content.ts";
import { ordinaryIds } from "../cases/visible-to.ts";
import { DEFAULTS, readCounty } from "../county/settings.ts";
import { ErrandFailed, errandKind } from "../errands/kind.ts";
import { noteChecked } from "../rule-review/readiness.ts";
import { checkRules } from "../rules/check.ts";
import { type DryRunDifference, dryRun } from "../rules/dry-run.ts";
import { lockSteps } from "../rules/steps.ts";
import { showRuleset } from "../rules/versions.ts";

/** How far back a dry run looks when nothing is said. */
const PAST_DAYS = 90;
const MOST_KINDS = 1000;

/** The errand that runs a version on the past: each difference becomes a row, and the version is checked as well. */
export const DRY_RUN = errandKind({
  name: "dry-run",
  roles: ["office", "reviewer"],
  seenBy: ["office", "reviewer", "auditor"],
  shape: z.strictObject({ number: z.int().min(1), since: z.iso.date().optional() }),
  async refuse(tx, _caller, { number }) {
    return (await showRuleset(tx, number)) === null ? `There is no rule set ${number} in this county.` : null;
  },
  async run({ id, jurisdictionId, by, runtime, signal, progress }, asked) {
    const { database, now, timeZone } = runtime;
    const { number, since = addDays(dayIn(now(), timeZone), -PAST_DAYS) } = asked;
    const begun = now();
    const version = await database.inCounty(jurisdictionId, async (tx) => {
      await tx.execute(sql`delete from dry_run_differences where errand_id = ${id}::uuid`);
      // So that the events that are counted are those behind the content that is read.
      await lockSteps(tx, jurisdictionId);
      return showRuleset(tx, number);
    });
    const read = version === null ? null : readContent(version.content);
    if (!read?.ok) throw new ErrandFailed(`Rule set ${number} cannot be read.`);
    try {
      const report = await dryRun(database, jurisdictionId, read.ruleset, {
        ...{ timeZone, since, signal, only: ordinaryIds(by), onProgress: progress },
        onDifferences: (differences) => keep(database, { jurisdictionId, id, differences }),
      });
      const { ok, findings } = await checkRules({ database, now, timeZone }, jurisdictionId, version?.content);
      signal.throwIfAborted();
      const counted = await database.inCounty(jurisdictionId, async (tx) => {
        await noteChecked(tx, number, begun);
        const { settings } = await readCounty(tx);
        return { kinds: await kindsOf(tx, id), mostShare: settings.overloadShare ?? DEFAULTS.overloadShare };
      });
      // Which cases they are is asked for by whoever may see them: `kinds` and `differences` of the report name some.
      const { differences: _all, differencesLeftOut: _more, nobodyCases: _some, kinds: _sampled, ...counts } = report;
      return {
        answer: { number, since, events: version?.events.length ?? 0, ...counts, ...counted, check: { ok, findings } },
      };
    } catch (error) {
      if (signal.aborted) await forget(database, jurisdictionId, id);
      throw error;
    }
  },
});

async function keep(
  database: Database,
  told: {
    readonly jurisdictionId: string;
    readonly id: string;
    readonly differences: readonly DryRunDifference[];
  },
): Promise<void> {
  const { jurisdictionId, id, differences } = told;
  await database.inCounty(jurisdictionId, (tx) =>
    tx.execute(sql`
      insert into dry_run_differences (jurisdiction_id, errand_id, case_number, from_code, to_code, rule, from_rule, kind)
      select ${jurisdictionId}::uuid, ${id}::uuid, d."case", d."from", d."to", d.rule, d."fromRule", d.kind
      from jsonb_to_recordset(${JSON.stringify(differences)}::jsonb)
        as d("case" text, "from" text, "to" text, rule text, "fromRule" text, kind text)`),
  );
}

async function forget(database: Database, jurisdictionId: string, id: string): Promise<void> {
  await database.inCounty(jurisdictionId, (tx) =>
    tx.execute(sql`delete from dry_run_differences where errand_id = ${id}::uuid`),
  );
}

/** From whom and which rule to whom, by which rule, how often; the most frequent first. */
async function kindsOf(tx: Transaction, id: string) {
  return tx.execute<{
    kind: string;
    from: string;
    to: string;
    rule: string;
    fromRule: string | null;
    count: number;
  }>(sql`
    select kind, from_code as "from", to_code as "to", rule, from_rule as "fromRule", count(*)::int as count
    from dry_run_differences
    where errand_id = ${id}::uuid group by 1, 2, 3, 4, 5 order by count desc, 2, 3, 4, 5 limit ${MOST_KINDS}`);
}
