import type { Command } from "commander";
import { and, eq } from "drizzle-orm";
import { channelAccounts } from "../../../db/schema/county.ts";
import { readCounty } from "../../casework/county/settings.ts";
import { addressOf, checkAccount } from "../../casework/office/check-account.ts";
import { channelOf, platforms } from "../../channels/registry.ts";
import type { Config } from "../../config.ts";
import { createLog } from "../../log.ts";
import type { Installation } from "../../process/installation.ts";
import type { ExitStatus, Output } from "../../process/output.ts";
import { openRuntime } from "../../process/runtime.ts";
import type { CommandContext } from "../context.ts";

/** Adds `liaison channel check`. */
export function addChannelCheck(channel: Command, { output, ofCounty, withCounty }: CommandContext): void {
  ofCounty(channel.command("check <type> <account>"))
    .description("Tries an account: its token, the address that its platform was told, and one message to a tester.")
    .option("--to <id>", "the tester's id at the platform; without it nobody is written to")
    .option("--json", "as JSON")
    .action((type, account, { to = null, json = false, ...options }) =>
      withCounty(options, (installation, jurisdictionId, config) =>
        runChannelCheck(output, installation, config, jurisdictionId, { type, account, to, json }),
      ),
    );
}

/** Runs `liaison channel check TYPE ACCOUNT`: a line for each thing that was tried; fails where one is wrong. */
async function runChannelCheck(
  { out, err }: Output,
  installation: Installation,
  config: Config,
  jurisdictionId: string,
  wanted: { readonly type: string; readonly account: string; readonly to: string | null; readonly json: boolean },
): Promise<ExitStatus> {
  const channel = channelOf(wanted.type);
  if (channel === null || !platforms.includes(channel)) {
    err(`There is no channel ${wanted.type}; there is ${platforms.map(({ type }) => type).join(", ")}.`);
    return 2;
  }
  const { row, county } = await installation.database.inCounty(jurisdictionId, async (tx) => {
    const its = and(eq(channelAccounts.channel, wanted.type), eq(channelAccounts.name, wanted.account));
    const [found] = await tx.select({ id: channelAccounts.id }).from(channelAccounts).where(its);
    return { row: found, county: (await readCounty(tx)).name };
  });
  if (row === undefined) {
    err(`This county has no ${wanted.type} account ${wanted.account}: liaison channel list tells which there are.`);
    return 1;
  }
  const opened = await openRuntime(installation, config, createLog("silent"));
  try {
    const found = await opened.runtime.accounts.byId(jurisdictionId, row.id);
    if (found === null) throw new Error("an account that is stored could not be opened");
    const address = addressOf(channel, wanted.account, {
      publicUrl: config.publicUrl,
      receivesAt: config.edge?.url ?? undefined,
    });
    const lines = await checkAccount(found, { address, to: wanted.to, county });
    if (wanted.json) out(JSON.stringify({ address, lines }, null, 2));
    else
      for (const { what, verdict, code, detail } of lines) {
        out([what, verdict, code, detail].filter((part) => part !== "").join("  "));
      }
    return lines.some(({ verdict }) => verdict === "wrong") ? 1 : 0;
  } finally {
    await opened.close();
  }
}
