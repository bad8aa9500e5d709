import type { Command } from "commander";
import type { RefusedRequest } from "../../edge-protocol.ts";
import { edgeAccounts } from "../../process/edge-accounts.ts";
import { askEdge, type EdgeClient } from "../../process/edge-client.ts";
import type { ExitStatus } from "../../process/output.ts";
import type { CommandContext } from "../context.ts";

/** The largest secret that Cloudflare takes. */
const LARGEST_SECRET_BYTES = 5 * 1024;

/** Adds `liaison edge accounts`, `state`, `refused` and `retry`. */
export function addEdgeCommands(edge: Command, context: CommandContext): void {
  const { output, withInstallation, withCounty } = context;
  const { out, err } = output;
  edge
    .command("accounts")
    .description(
      "Prints what the edge needs of the accounts, for its secret ACCOUNTS: never anything with which one could send.",
    )
    .option("--county <code>", "of one county alone, for a secret of its own such as ACCOUNTS_QINGHE")
    .action(async ({ county }) => {
      const print = (given: object): ExitStatus => {
        const text = JSON.stringify(given);
        out(text);
        if (Buffer.byteLength(text) <= LARGEST_SECRET_BYTES) return 0;
        err(
          "This is more than the 5 KB that one secret holds: print it by --county, each into a secret such as ACCOUNTS_QINGHE.",
        );
        return 1;
      };
      if (county === undefined) {
        await withInstallation(async (installation, { apiBases, publicUrl }) =>
          print(await edgeAccounts({ ...installation, apiBases, publicUrl })),
        );
      } else {
        await withCounty({ county }, async (installation, jurisdictionId, { apiBases, publicUrl }) =>
          print(await edgeAccounts({ ...installation, apiBases, publicUrl }, jurisdictionId)),
        );
      }
    });
  edge
    .command("state")
    .description("Lists how much waits at the edge, since when, and why.")
    .option("--json", "as JSON", false)
    .action(({ json }) =>
      withEdge(context, async (client) => {
        const doors = await client.state();
        if (json) out(JSON.stringify(doors, null, 2));
        for (const { channel, account, waiting, since, refused, failure } of json ? [] : doors) {
          const rest = [since && `since ${since}`, `${refused} refused`, failure].filter((part) => part !== null);
          out([channel, account, `${waiting} waiting`, ...rest].join("  "));
        }
        return 0;
      }),
    );
  edge
    .command("refused")
    .description("Lists what the service refused of the edge: it stays there for 14 days.")
    .option("--json", "as JSON", false)
    .action(({ json }) =>
      withEdge(context, async (client) => {
        const refused = await client.refused();
        if (json) out(JSON.stringify(refused, null, 2));
        else for (const one of refused) out(line(one));
        return 0;
      }),
    );
  edge
    .command("retry [ids...]")
    .description("Puts what was refused back into its place in the line, all of it or some by their ids.")
    .action((ids: string[]) =>
      withEdge(context, async (client) => {
        const count = await client.retry(ids.length === 0 ? undefined : ids);
        out(`${count} back in the line.`);
        return count >= ids.length ? 0 : 1;
      }),
    );
}

function withEdge(
  { output, withConfig }: CommandContext,
  work: (client: EdgeClient) => Promise<ExitStatus>,
): Promise<void> {
  return withConfig(async ({ edge }) => {
    if (edge?.url != null) return work(askEdge({ secret: edge.secret, url: edge.url }));
    output.err("Nobody has said where the edge is: set EDGE_URL and EDGE_SECRET.");
    return 2;
  });
}

function line({ channel, account, id, receivedAt, refusedAt, reason, bytes }: RefusedRequest): string {
  return [id, channel, account, `received ${receivedAt}`, `refused ${refusedAt}`, `${bytes} bytes`, reason].join("  ");
}
