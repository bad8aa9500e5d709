import { writeFile } from "node:fs/promises";
import { resolve } from "node:path";
import { SingleBar } from "cli-progress";
import type { Command } from "commander";
import { dryRunWorkbook } from "../../casework/dry-runs/dry-run-excel.ts";
import { dryRun } from "../../casework/rules/dry-run.ts";
import type { Config } from "../../config.ts";
import { isDay } from "../../domain/calendar/days.ts";
import { dryRunText } from "../../domain/rule-trials/dry-run-text.ts";
import { readContent } from "../../domain/rules/content.ts";
import type { Installation } from "../../process/installation.ts";
import type { ExitStatus, Output } from "../../process/output.ts";
import { type CommandContext, readSetFile, sayFindings } from "./file.ts";

type Options = { readonly file: string; readonly since?: string; readonly json: boolean; readonly excel?: string };

/** Adds `liaison rules dry-run`, which shows how a rule set would have decided the past. */
export function addRulesDryRun(rules: Command, output: Output, { folder, ofCounty, withCounty }: CommandContext): void {
  ofCounty(rules.command("dry-run <file>"))
    .description("Shows who would have got the matters of the past by the rule set in a JSON file; changes nothing.")
    .option("--since <day>", "only matters from this day on, such as 2026-01-01")
    .option("--json", "as JSON")
    .option("--excel <file>", "also as a workbook")
    .action((file, { since, json = false, excel, ...options }) =>
      withCounty(options, (installation, jurisdictionId, config) =>
        runDryRun(output, folder, { ...installation, timeZone: config.timeZone }, jurisdictionId, {
          file,
          since,
          json,
          excel,
        }),
      ),
    );
}

async function runDryRun(
  output: Output,
  folder: string,
  { database, timeZone }: Pick<Installation, "database"> & Pick<Config, "timeZone">,
  jurisdictionId: string,
  { file, since, json, excel }: Options,
): Promise<ExitStatus> {
  if (since !== undefined && !isDay(since)) {
    output.err(`${since} is no day: write it as 2026-01-01.`);
    return 2;
  }
  const content = await readSetFile(output, folder, file);
  if (content === null) return 1;
  const read = readContent(content.content);
  if (!read.ok) {
    sayFindings(output, read.findings);
    return 1;
  }
  const bar = progressBar();
  const options = { timeZone, since, onProgress: bar.show };
  const report = await dryRun(database, jurisdictionId, read.ruleset, options).finally(bar.stop);
  if (excel !== undefined) await writeFile(resolve(folder, excel), await dryRunWorkbook(report));
  if (json) output.out(JSON.stringify(report, null, 2));
  else for (const line of dryRunText(report)) output.out(line);
  return 0;
}

function progressBar(): { show(done: number, total: number): void; stop(): void } {
  if (!process.stderr.isTTY) return { show: () => undefined, stop: () => undefined };
  const format = "{bar} {value}/{total} matters, {eta_formatted} left";
  const bar = new SingleBar({ format, stream: process.stderr, hideCursor: true, clearOnComplete: true });
  bar.start(1, 0);
  return {
    show(done, total) {
      bar.setTotal(total);
      bar.update(done);
    },
    stop: () => bar.stop(),
  };
}
