import type { Command } from "commander";
import type { Output } from "../../process/output.ts";
import { addRulesCheck } from "./check.ts";
import { addRulesDryRun } from "./dry-run.ts";
import type { Giving } from "./file.ts";
import { addRulesLife } from "./lifecycle.ts";
import { addRulesList } from "./list.ts";
import { addRulesSuggest } from "./suggest.ts";

/** `liaison rules …`: each file adds the commands that belong together. */
export function addRulesCommands(rules: Command, output: Output, giving: Giving): void {
  addRulesLife(rules, output, giving);
  addRulesList(rules, output, giving);
  addRulesCheck(rules, output, giving);
  addRulesDryRun(rules, output, giving);
  addRulesSuggest(rules, output, giving);
}
