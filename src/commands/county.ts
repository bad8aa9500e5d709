import { resolve } from "node:path";
import type { Command } from "commander";
import { addCounty, type Naming } from "../casework/county/counties.ts";
import { nameHosts } from "../casework/county/hosts.ts";
import type { Installation } from "../process/installation.ts";
import type { ExitStatus, Output } from "../process/output.ts";
import type { CommandContext } from "./context.ts";

/** Adds `liaison county add`, `live`, `set`, `hosts` and `show`. */
export function addCountyCommands(county: Command, context: CommandContext): void {
  const { output, folder, ofCounty, withInstallation, withCounty } = context;
  county
    .command("add <code>")
    .description("Adds a county and prints its code.")
    .requiredOption("--name <name>", "as people see it")
    .option("--trial", "only who is listed receives anything, until the county goes live", false)
    .action((code, { name, trial }) =>
      withInstallation((installation) => runCountyAdd(output, installation, { code, name, isInTrial: trial })),
    );
  ofCounty(county.command("live"))
    .description("Ends the trial of a county: everybody receives; what was held back stays held.")
    .option("--by <name>", "who ends it, for the ledger", "command line")
    .action(({ by, ...options }) =>
      withCounty(options, async (installation, jurisdictionId) =>
        runCountyLive(output, installation, jurisdictionId, { by }),
      ),
    );
  ofCounty(county.command("set"))
    .description(
      "Changes what a county sets for itself, all or nothing, and prints what it was and is. Days that were promised stay.",
    )
    .option("--name <name>", "as people see it")
    .option("--working-days <days>", "within which a resident hears from somebody, 1 to 250, or default")
    .option(
      "--calendar <year=file>",
      "all days off and make-up days of a year, from a .csv or .xlsx in two columns: a day or FROM..TO, and off or work; YEAR=default takes them away",
      listed,
    )
    .option(
      "--holiday <days=what>",
      "one day or FROM..TO: off, work, or default for no entry, as 2027-02-05..2027-02-11=off",
      listed,
    )
    .option("--overload-share <share>", "of all messages, beyond which a check of the rules warns, 0 to 1, or default")
    .option("--category-threshold <share>", "the confidence below which a message has no category, 0 to 1, or default")
    .option("--rooms <what>", "what rooms of deputies are told: digest, each morning, or cases, each new one too")
    .option(
      "--partner-networks <networks>",
      "where other case systems may be reached without encryption, as 10.0.0.0/8,192.168.7.9, or default for nowhere",
    )
    .option(
      "--forward-files <yes>",
      "whether documents that residents send go on to deputies: yes, no or default for no",
    )
    .option(
      "--petition-office <text>",
      "the office of petitions (信访局) as residents are told of it: name|address|phone|hours, or default for none",
    )
    .option("--by <name>", "who changes it, for the ledger", "command line")
    .action(({ county: code, ...options }) =>
      withCounty({ county: code }, async (installation, jurisdictionId, { timeZone }) =>
        (await import("./county-set.ts")).runCountySet(output, { ...installation, timeZone }, jurisdictionId, {
          ...options,
          pathOf: (file) => resolve(folder, file),
        }),
      ),
    );
  ofCounty(county.command("hosts [names...]"))
    .description("Names the hosts under which the console is this county's, in place of those before; prints them.")
    .option("--by <name>", "who changes it, for the ledger", "command line")
    .action((names, { by, ...options }) =>
      withCounty(options, async (installation, jurisdictionId) => {
        const named = await nameHosts(installation, jurisdictionId, names, by);
        for (const line of named.ok ? named.hosts : []) output.out(line);
        if (!named.ok) output.err(named.reason);
        return named.ok ? 0 : 2;
      }),
    );
  ofCounty(county.command("show"))
    .description("Shows what a county sets for itself, how far its calendar reaches, and who changed what last.")
    .option("--json", "as JSON")
    .action(({ json = false, ...options }) =>
      withCounty(options, async (installation, jurisdictionId, { timeZone }) =>
        (await import("./county-show.ts")).runCountyShow(output, { ...installation, timeZone }, jurisdictionId, {
          json,
        }),
      ),
    );
}

/** Runs `liaison county add CODE --name N`; prints the code. */
async function runCountyAdd(
  { out, err }: Output,
  { database, now }: Pick<Installation, "database" | "now">,
  wanted: Naming,
): Promise<ExitStatus> {
  const added = await addCounty(database, wanted, now());
  if (!added.ok) {
    err(added.reason);
    return 1;
  }
  out(added.county.code);
  return 0;
}

/** Runs `liaison county live`: ends the trial of a county; what was held back in it stays held. */
async function runCountyLive(
  { out, err }: Output,
  { database, vault, now }: Pick<Installation, "database" | "vault" | "now">,
  jurisdictionId: string,
  { by }: { readonly by: string },
): Promise<ExitStatus> {
  const { changeTrial, shownTrial } = await import("../casework/settings/trial.ts");
  const { held, done } = await database.inCounty(jurisdictionId, async (tx) => {
    const { etag, held } = await shownTrial(tx, { jurisdictionId, vault, showsCodes: false });
    const count = held.toResidents + held.toDeputies;
    const change = { what: "end", seen: count, held: "keep" } as const;
    return { held: count, done: await changeTrial(tx, jurisdictionId, change, { seen: etag, by, now: now() }) };
  });
  if (done.ok) {
    out("The county is live: everybody receives what is meant for them from now on.");
    if (held > 0) out(`${held} messages that were held back stay held: the console shows them under Deliveries.`);
    return 0;
  }
  err(done.why === "is-so" ? "The county is not in trial." : "Somebody else changed the trial just now: try again.");
  return 1;
}

/** Commander gives an option that may stand several times what was gathered of it so far. */
function listed(value: string, before: readonly string[] = []): string[] {
  return [...before, value];
}
