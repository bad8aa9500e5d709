import type { Command } from "commander";
import { runAuditVerify } from "./audit.ts";
import type { Ground } from "./ground.ts";
import type { ExitStatus, Output } from "./output.ts";
import { runIntervention, runStuck } from "./stuck.ts";

type OfCounty = { readonly county?: string };

/** How the program gives commands their ground. */
type Giving = {
  readonly output: Output;
  readonly ofCounty: (command: Command) => Command;
  readonly withGround: (work: (ground: Ground) => Promise<ExitStatus>) => Promise<void>;
  readonly withCounty: (
    options: OfCounty,
    work: (ground: Ground, jurisdictionId: string) => Promise<ExitStatus>,
  ) => Promise<void>;
};

/** Adds the commands with which an operator sees that nothing is lost: `stuck` and `audit`. */
export function addUpkeep(program: Command, { output, ofCounty, withGround, withCounty }: Giving): void {
  // The options of `stuck` stand before and behind the commands under it.
  const stuck = ofCounty(program.command("stuck"))
    .description("Lists what did not come to its end by itself.")
    .option("--json", "as JSON")
    .action(({ json = false, ...options }) =>
      withCounty(options, (ground, jurisdictionId) => runStuck(output, ground, jurisdictionId, { json })),
    );
  const intervention = (action: "retry" | "put-aside", command: Command) =>
    command.option("--by <name>", "who decides so; the user of the system when left out").action((id: string) => {
      const { county, reason, by } = command.optsWithGlobals();
      return withCounty({ county }, (ground, jurisdictionId) =>
        runIntervention(output, ground, jurisdictionId, { id, action, reason, by }),
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

  const audit = program.command("audit").description("The ledger of what happened to every case.");
  audit
    .command("verify")
    .description("Recomputes the hash chain and every case from its events, and names what is broken.")
    .option("--county <code>", "only this one; every county when left out")
    .option("--head <position:hash>", "as an earlier run printed it: nothing up to there may be gone")
    .option("--json", "as JSON")
    .action(({ json = false, ...options }) =>
      withGround((ground) => runAuditVerify(output, ground, { ...options, json })),
    );
}
