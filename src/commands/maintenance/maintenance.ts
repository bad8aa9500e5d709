import type { Command } from "commander";
import type { CommandContext } from "../context.ts";
import { runAuditHead, runAuditVerify } from "./audit.ts";
import { runIntervention, runStuck } from "./stuck.ts";

/** Adds `liaison stuck`: messages and deliveries that need a decision by a person, and the commands that decide. */
export function addStuck(stuck: Command, { output, ofCounty, withCounty }: CommandContext): void {
  // These options stand before and behind the commands under it.
  ofCounty(stuck)
    .option("--json", "as JSON")
    .action(({ json = false, ...options }) =>
      withCounty(options, (installation, jurisdictionId) => runStuck(output, installation, jurisdictionId, { json })),
    );
  const intervention = (action: "retry" | "put-aside", command: Command) =>
    command.option("--by <name>", "who decides so; the user of the system when left out").action((id: string) => {
      const { county, reason, by } = command.optsWithGlobals();
      return withCounty({ county }, (installation, jurisdictionId) =>
        runIntervention(output, installation, jurisdictionId, { id, action, reason, by }),
      );
    });
  intervention("retry", stuck.command("retry <id>"))
    .description("Tries a message or a delivery again; what waits behind it goes on when it succeeds.")
    .option("--reason <why>", "kept with it");
  intervention("put-aside", stuck.command("put-aside <id>"))
    .description(
      "Leaves a message unheard or unsent for good, so that what waits behind it goes on; nothing is deleted.",
    )
    .requiredOption("--reason <why>", "kept with it");
}

/** Adds `liaison audit`, which verifies the ledger. */
export function addAudit(audit: Command, { output, withInstallation }: CommandContext): void {
  audit
    .command("verify")
    .description("Recomputes the hash chain and every case from its events, and names what is broken.")
    .option("--county <code>", "only this one; every county when left out")
    .option("--head <position:hash>", "as an earlier run or audit head printed it: nothing up to there may be gone")
    .option("--json", "as JSON")
    .action(({ json = false, ...options }) =>
      withInstallation((installation) => runAuditVerify(output, installation, { ...options, json })),
    );
  audit
    .command("head")
    .description("Prints the newest signed head of the ledger, to be kept where nobody of this machine can change it.")
    .option("--county <code>", "only this one; every county when left out")
    .option("--json", "as JSON")
    .action(({ json = false, ...options }) =>
      withInstallation((installation) => runAuditHead(output, installation, { ...options, json })),
    );
}
