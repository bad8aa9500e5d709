import type { Command } from "commander";
import type { Database } from "../../db/database.ts";
import { addAccount, listAccounts } from "../casework/office/channel-accounts.ts";
import { addressOf } from "../casework/office/check-account.ts";
import { opensAccounts } from "../casework/runtime/accounts.ts";
import { channelOf, platforms } from "../channels/registry.ts";
import type { Installation } from "../process/installation.ts";
import type { ExitStatus, Output } from "../process/output.ts";
import { registerAccount } from "../process/register-account.ts";
import { WRONG_KEY } from "../process/secret.ts";
import { addChannelCheck } from "./accounts/check.ts";
import { addChannelOptions, gatherOptions, seenByOthers } from "./channel-options.ts";
import type { CommandContext } from "./context.ts";
import { secretReader } from "./secret-input.ts";

/** Adds `liaison channel add`, `check` and `list`. */
export function addChannelCommands(channel: Command, context: CommandContext): void {
  const { output, folder, readInput, areArgumentsSeen, ofCounty, withCounty } = context;
  addChannelOptions(ofCounty(channel.command("add <type>")))
    .description(
      "Adds an account, or changes one, and prints the address that the platform must be told, or at which residents write.",
    )
    .action(async (type, { account, county, ...given }) => {
      const gathered = await gatherOptions(given, secretReader(folder, readInput));
      await withCounty({ county }, async (installation, jurisdictionId, { publicUrl, apiBases, edge }) => {
        if (!gathered.ok) {
          for (const problem of gathered.problems) output.err(problem);
          return 2;
        }
        const { options, warnings, seen } = gathered;
        for (const warning of warnings) output.err(warning);
        const wanted = { type, name: account, options, publicUrl, apiBases, receivesAt: edge?.url ?? publicUrl };
        const status = await runChannelAdd(output, installation, jurisdictionId, wanted);
        if (areArgumentsSeen && seen.length > 0) output.err(seenByOthers(seen));
        return status;
      });
    });
  addChannelCheck(channel, context);
  ofCounty(channel.command("list"))
    .description("Lists the accounts, without their secrets.")
    .option("--json", "as JSON")
    .action(({ json = false, ...options }) =>
      withCounty(options, ({ database }, jurisdictionId) => runChannelList(output, database, jurisdictionId, { json })),
    );
}

/**
 * Runs `liaison channel add TYPE --account NAME …`; prints the address that the platform must be told, and on the error
 * output what is weak about the account.
 * @param wanted.options what the channel needs, by option name
 */
async function runChannelAdd(
  { out, err }: Output,
  installation: Pick<Installation, "database" | "vault" | "now">,
  jurisdictionId: string,
  wanted: {
    readonly type: string;
    readonly name: string;
    readonly options: Readonly<Record<string, string | undefined>>;
    readonly publicUrl: string;
    /** What platforms are told: the edge, where there is one. */
    readonly receivesAt: string;
    readonly apiBases: Readonly<Record<string, string>>;
  },
): Promise<ExitStatus> {
  const channel = channelOf(wanted.type);
  if (channel === null) {
    err(`There is no channel ${wanted.type}; there is ${platforms.map(({ type }) => type).join(", ")}.`);
    return 2;
  }
  if (!(await opensAccounts(installation.database, installation.vault))) {
    err(WRONG_KEY);
    return 1;
  }
  const added = await addAccount(installation, jurisdictionId, { channel, name: wanted.name, options: wanted.options });
  if (!added.ok) {
    for (const problem of added.problems) err(problem);
    return 2;
  }
  const address = addressOf(channel, wanted.name, wanted);
  const services = { ...installation, apiBases: wanted.apiBases, publicUrl: wanted.publicUrl };
  const untold = await registerAccount(services, channel, added.account, address);
  for (const weakness of channel.weaknesses?.(added.account) ?? []) err(`The account ${wanted.name}: ${weakness}`);
  for (const problem of untold) err(problem);
  out(address);
  return untold.length === 0 ? 0 : 1;
}

/** Runs `liaison channel list`: the accounts of a county, without their secrets. */
async function runChannelList(
  { out }: Output,
  database: Database,
  jurisdictionId: string,
  options: { readonly json: boolean },
): Promise<ExitStatus> {
  const accounts = await listAccounts(database, jurisdictionId);
  if (options.json) out(JSON.stringify(accounts, null, 2));
  else {
    for (const { channel, name, settings } of accounts) {
      out([channel, name, ...Object.entries(settings).map(([key, value]) => `${key}=${value}`)].join("  "));
    }
  }
  return 0;
}
