import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { type Command, InvalidArgumentError } from "commander";
import { checkRules, type RulesCheck } from "../casework/rules/check.ts";
import { MOST_BYTES } from "../domain/ruleset.ts";
import type { Ground } from "./ground.ts";
import type { ExitStatus, Output } from "./output.ts";

/** How a command that belongs to a county is declared and run. */
type ByCounty = {
  /** The folder that relative paths begin in. */
  readonly folder: string;
  ofCounty(command: Command): Command;
  withCounty(
    options: { readonly county?: string },
    work: (ground: Ground, jurisdictionId: string, config: { readonly timeZone: string }) => Promise<ExitStatus>,
  ): Promise<void>;
};

/** `liaison rules check FILE`. */
export function addRulesCheck(rules: Command, output: Output, { folder, ofCounty, withCounty }: ByCounty): void {
  ofCounty(rules.command("check <file>"))
    .description("Checks the rule set in a JSON file against the county and its last 90 days; changes nothing.")
    .option(
      "--most-share <percent>",
      "of all matters that one deputy may get; 20 unless the county says otherwise",
      share,
    )
    .option("--json", "as JSON")
    .action((file, { mostShare, json = false, ...options }) =>
      withCounty(options, (ground, jurisdictionId, { timeZone }) =>
        runRulesCheck(output, { ...ground, timeZone }, jurisdictionId, {
          file: resolve(folder, file),
          mostShare,
          json,
        }),
      ),
    );
}

/** What was found, a line each or as JSON; 0 when that is nothing. */
export async function runRulesCheck(
  { out, err }: Output,
  services: Pick<Ground, "database" | "now"> & { readonly timeZone: string },
  jurisdictionId: string,
  { file, mostShare, json }: { readonly file: string; readonly mostShare?: number; readonly json: boolean },
): Promise<ExitStatus> {
  let bytes: Uint8Array;
  try {
    bytes = await readFile(file);
  } catch (error) {
    err(`The file cannot be read: ${error instanceof Error ? error.message : String(error)}.`);
    return 1;
  }
  const parsed = parse(bytes);
  const { ok, findings }: RulesCheck = parsed.ok
    ? await checkRules(services, jurisdictionId, parsed.content, { mostShare })
    : { ok: false, findings: [{ rule: null, kind: "invalid", text: parsed.text }] };
  if (json) out(JSON.stringify({ ok, findings }, null, 2));
  else {
    for (const { rule, kind, text } of findings) out([kind, rule ?? "-", text].join("  "));
    if (ok) out("Nothing is wrong with this rule set.");
  }
  return ok ? 0 : 1;
}

function parse(bytes: Uint8Array): { readonly ok: true; readonly content: unknown } | { ok: false; text: string } {
  if (bytes.byteLength > MOST_BYTES) return { ok: false, text: `the set: has more than ${MOST_BYTES} bytes` };
  try {
    return { ok: true, content: JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes)) };
  } catch (error) {
    return {
      ok: false,
      text: `the set: is no JSON in UTF-8: ${error instanceof Error ? error.message : String(error)}`,
    };
  }
}

/** A share of all, 0 to 1, from a number of percent. */
function share(text: string): number {
  const percent = Number(text);
  if (/^\d{1,3}(\.\d+)?$/.test(text) && percent > 0 && percent <= 100) return percent / 100;
  throw new InvalidArgumentError("It must be a number of percent from 1 to 100.");
}
