import { openDatabase } from "../../../db/database.ts";
import { dryRun } from "../../../src/casework/rules/dry-run.ts";
import { readRuleset } from "../../../src/domain/rules/ruleset.ts";
import type { BenchInstallation } from "../county.ts";
import { ruleFile } from "../rule-file.ts";
import { serveBenchmark, setup } from "./parent.ts";

/** A dry run in a process of its own, so that its memory can be told. */
const { databaseUrl, jurisdictionId } = setup<BenchInstallation>();
const RULES = 99;
/** Numbers of houses that begin so: a tenth of all matters. */
const TENTH = "锦绣1";
const database = await openDatabase({ url: databaseUrl, maxConnections: 1, statementLimitMs: 600_000 });

serveBenchmark({ on: { run }, close: () => database.close() });

async function run(): Promise<{ messages: number; tookMs: number; peakBytes: number }> {
  const file = ruleFile(RULES);
  const first = {
    ...file.rules[0],
    id: "tenth",
    when: { in: [TENTH, { var: "text" }] },
    then: { assign: { office: true } },
  };
  const read = readRuleset({ ...file, rules: [first, ...file.rules] });
  if (!read.ok) throw new Error(read.findings[0]?.text);
  globalThis.gc?.();
  let peakBytes = 0;
  const begin = performance.now();
  const report = await dryRun(database, jurisdictionId, read.ruleset, {
    timeZone: "Asia/Shanghai",
    onProgress: () => {
      peakBytes = Math.max(peakBytes, process.memoryUsage.rss());
    },
  });
  if (report.moved < report.messages / 20) throw new Error(`only ${report.moved} matters were moved`);
  return { messages: report.messages, tookMs: performance.now() - begin, peakBytes };
}
