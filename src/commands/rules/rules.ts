import type { Command } from "commander";
import type { Output } from "../../process/output.ts";
import { addRulesCheck } from "./check.ts";
import { addRulesDryRun } from "./dry-run.ts";
import type { CommandContext } from "./file.ts";
import { addRulesLife } from "./lifecycle.ts";
import { addRulesList } from "./list.ts";
import { addRulesSuggest } from "./suggest.ts";

/** Adds `liaison rules …`, whose commands lie in the files beside. */
export function addRulesCommands(rules: Command, output: Output, commandContext: CommandContext): void {
  addRulesLife(rules, output, commandContext);
  addRulesList(rules, output, commandContext);
  addRulesCheck(rules, output, commandContext);
  addRulesDryRun(rules, output, commandContext);
  addRulesSuggest(rules, output, commandContext);
}
