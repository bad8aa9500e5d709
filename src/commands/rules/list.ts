import type { Command } from "commander";
import type { Database } from "../../../db/database.ts";
import { listRulesets, type RulesetSummary, type RulesetView, showRuleset } from "../../casework/rules/versions.ts";
import { type RuleTarget, readRuleset } from "../../domain/rules/ruleset.ts";
import type { ExitStatus, Output } from "../../process/output.ts";
import { type CommandContext, versionNumber } from "./file.ts";

/** Adds `liaison rules list` and `show`: the versions of a county's rule set, and the content of one. */
export function addRulesList(rules: Command, output: Output, { ofCounty, withCounty }: CommandContext): void {
  ofCounty(rules.command("list"))
    .description("Lists the versions of the rule set, newest first.")
    .option("--json", "as JSON")
    .action(({ json = false, ...options }) =>
      withCounty(options, ({ database }, jurisdictionId) => runList(output, database, jurisdictionId, { json })),
    );
  ofCounty(rules.command("show"))
    .argument("<number>", "of the version", versionNumber)
    .description("Shows one version with its rules, in their order, and what happened to it.")
    .option("--json", "as JSON")
    .action((number, { json = false, ...options }) =>
      withCounty(options, ({ database }, jurisdictionId) =>
        runShow(output, database, jurisdictionId, number, { json }),
      ),
    );
}

async function runList(
  { out }: Output,
  database: Database,
  jurisdictionId: string,
  options: { readonly json: boolean },
): Promise<ExitStatus> {
  const found = await database.inCounty(jurisdictionId, listRulesets);
  if (options.json) out(JSON.stringify(found, null, 2));
  else for (const one of found) out(line(one));
  return 0;
}

async function runShow(
  { out, err }: Output,
  database: Database,
  jurisdictionId: string,
  number: number,
  options: { readonly json: boolean },
): Promise<ExitStatus> {
  const found = await database.inCounty(jurisdictionId, (tx) => showRuleset(tx, number));
  if (found === null) {
    err(`There is no rule set ${number} in this county; "liaison rules list" lists them.`);
    return 1;
  }
  if (options.json) out(JSON.stringify(found, null, 2));
  else for (const one of told(found)) out(one);
  return 0;
}

function line({ number, state, name, author, reviewer, takesBack }: RulesetSummary): string {
  const origin = takesBack === null ? [] : [`brings back ${takesBack}`];
  const reviewed = reviewer === null ? [] : [`reviewed by ${reviewer}`];
  return [number, state, name, `by ${author}`, ...reviewed, ...origin].join("  ");
}

function told(view: RulesetView): string[] {
  const read = readRuleset(view.content);
  const happened = view.events.map(({ at, type, by, note }) =>
    [at.toISOString(), `${type} by ${by}`, ...(note === null ? [] : [note])].join("  "),
  );
  if (!read.ok) return [line(view), ...happened, JSON.stringify(view.content, null, 2)];
  const rules = read.ruleset.rules.map(({ id, target, reason, owner, expires }, index) => {
    const until = expires === null ? owner : `${owner}, until ${expires}`;
    return `${index + 1}. ${id}  to ${spell(target)}  ${reason} (${until})`;
  });
  return [line(view), ...happened, ...rules, `otherwise  to ${spell(read.ruleset.otherwise)}`];
}

function spell(target: RuleTarget): string {
  return "code" in target && target.code !== null ? `${target.kind} ${target.code}` : target.kind;
}
