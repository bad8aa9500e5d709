import type { Command } from "commander";
import type { Output } from "./output.ts";
import { addRulesCheck } from "./rules-check.ts";
import { addRulesDryRun } from "./rules-dry-run.ts";
import type { Giving } from "./rules-file.ts";
import { addRulesLife } from "./rules-lifecycle.ts";
import { addRulesList } from "./rules-list.ts";
import { addRulesSuggest } from "./rules-suggest.ts";

/** `liaison rules …`: each file adds the commands that belong together. */
export function addRulesCommands(rules: Command, output: Output, giving: Giving): void {
  addRulesLife(rules, output, giving);
  addRulesList(rules, output, giving);
  addRulesCheck(rules, output, giving);
  addRulesDryRun(rules, output, giving);
  addRulesSuggest(rules, output, giving);
}
