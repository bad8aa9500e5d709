import { type Command, InvalidArgumentError } from "commander";
import { checkRules, type RulesCheck } from "../../casework/rules/check.ts";
import { parseContent } from "../../domain/rules/content.ts";
import type { Installation } from "../../process/installation.ts";
import type { ExitStatus, Output } from "../../process/output.ts";
import { type CommandContext, readSetBytes } from "./file.ts";

/** Adds `liaison rules check`, which finds what is wrong with a rule set in this county. */
export function addRulesCheck(rules: Command, output: Output, { folder, ofCounty, withCounty }: CommandContext): void {
  ofCounty(rules.command("check <file>"))
    .description("Checks the rule set in a JSON file against the county and its last 90 days; changes nothing.")
    .option("--most-share <percent>", "of all matters for one deputy; 20 unless the county says otherwise", share)
    .option("--json", "as JSON")
    .action((file, { mostShare, json = false, ...options }) =>
      withCounty(options, (installation, jurisdictionId, { timeZone }) =>
        runRulesCheck(output, folder, { ...installation, timeZone }, jurisdictionId, { file, mostShare, json }),
      ),
    );
}

/** What was found, a line each or as JSON; 0 when that is nothing. */
async function runRulesCheck(
  output: Output,
  folder: string,
  services: Pick<Installation, "database" | "now"> & { readonly timeZone: string },
  jurisdictionId: string,
  { file, mostShare, json }: { readonly file: string; readonly mostShare?: number; readonly json: boolean },
): Promise<ExitStatus> {
  const bytes = await readSetBytes(output, folder, file);
  if (bytes === null) return 1;
  const parsed = parseContent(bytes);
  const { ok, findings }: RulesCheck = parsed.ok
    ? await checkRules(services, jurisdictionId, parsed.content, { mostShare })
    : { ok: false, findings: parsed.findings };
  if (json) output.out(JSON.stringify({ ok, findings }, null, 2));
  else {
    for (const { rule, kind, text } of findings) output.out([kind, rule ?? "-", text].join("  "));
    if (ok) output.out("Nothing is wrong with this rule set.");
  }
  return ok ? 0 : 1;
}

/** A share of all, 0 to 1, from a number of percent. */
function share(text: string): number {
  const percent = Number(text);
  if (/^\d{1,3}(\.\d+)?$/.test(text) && percent > 0 && percent <= 100) return percent / 100;
  throw new InvalidArgumentError("It must be a number of percent, above 0 and up to 100.");
}
