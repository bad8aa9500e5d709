import { writeFile } from "node:fs/promises";
import { resolve } from "node:path";
import type { Command } from "commander";
import { viewCase } from "../../casework/cases/case-view.ts";
import { type OfferedRule, suggestFrom } from "../../casework/rules/suggest.ts";
import { dryRunText } from "../../domain/rule-trials/dry-run-text.ts";
import type { Output } from "../../process/output.ts";
import type { CommandContext } from "./file.ts";

/** Adds `liaison rules suggest`, which suggests a rule from a case that was moved by hand. */
export function addRulesSuggest(
  rules: Command,
  output: Output,
  { folder, ofCounty, withCounty }: CommandContext,
): void {
  ofCounty(rules.command("suggest <number>"))
    .description(
      "Offers a rule for a case that was moved by hand, with similar matters and a dry run; changes nothing.",
    )
    .option("--out <file>", "writes the draft there, for liaison rules draft")
    .option("--json", "as JSON")
    .action((number, { out, json = false, ...options }) =>
      withCounty(options, async ({ database }, jurisdictionId, { timeZone }) => {
        const found = await database.inCounty(jurisdictionId, (tx) => viewCase(tx, number));
        const whole = found.ok ? found.view.number : number;
        const suggested = await suggestFrom(database, jurisdictionId, whole, { timeZone });
        if (!suggested.ok) {
          output.err(suggested.reason);
          return 1;
        }
        const { offer } = suggested;
        if (out !== undefined) await writeFile(resolve(folder, out), `${JSON.stringify(offer.draft, null, 2)}\n`);
        if (json) output.out(JSON.stringify(offer, null, 2));
        else for (const line of told(offer)) output.out(line);
        return 0;
      }),
    );
}

function told({ rule, alike, right, wrong, dryRun }: OfferedRule): string[] {
  return [
    JSON.stringify(rule, null, 2),
    "",
    `It takes ${right.length} moved by hand (${right.join(", ")}) and ${wrong.length} that others kept${wrong.length === 0 ? "" : ` (${wrong.slice(0, 5).join(", ")})`}.`,
    "",
    "Similar matters:",
    ...alike.map((one) => `  ${one.case}  ${one.who}  ${one.text}`),
    "",
    "Over the past, with this rule first:",
    ...dryRunText(dryRun),
  ];
}
