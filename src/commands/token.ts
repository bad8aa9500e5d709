import { type Command, InvalidArgumentError, Option } from "commander";
import type { Database } from "../../db/database.ts";
import { addToken, listTokens, revokeToken } from "../casework/access/api-tokens.ts";
import { ROLES, type Role } from "../domain/access/roles.ts";
import type { Installation } from "../process/installation.ts";
import type { ExitStatus, Output } from "../process/output.ts";
import type { CommandContext } from "./context.ts";

const DAY_MS = 86_400_000;

/** Adds `liaison token add`, `list` and `revoke`. */
export function addTokenCommands(token: Command, { output, ofCounty, withCounty }: CommandContext): void {
  ofCounty(token.command("add"))
    .description("Makes a token and prints it; it cannot be shown again.")
    .addOption(new Option("--role <role>", "what it may do").choices(ROLES).makeOptionMandatory())
    .option("--name <name>", "by which it is listed and revoked")
    .addOption(new Option("--days <days>", "after which it ends; never when left out").argParser(wholeDays))
    .option("--sealed", "lets a program of role office read sealed cases, each time on record")
    .action(({ role, name, days, sealed, ...options }) =>
      withCounty(options, (installation, jurisdictionId) =>
        runTokenAdd(output, installation, jurisdictionId, { role, name, days, sealed }),
      ),
    );
  ofCounty(token.command("list"))
    .description("Lists the tokens, without what is secret about them.")
    .option("--json", "as JSON")
    .action(({ json = false, ...options }) =>
      withCounty(options, ({ database }, jurisdictionId) => runTokenList(output, database, jurisdictionId, { json })),
    );
  ofCounty(token.command("revoke <name>"))
    .description("Ends a token within ten seconds.")
    .action((name, options) =>
      withCounty(options, (installation, jurisdictionId) => runTokenRevoke(output, installation, jurisdictionId, name)),
    );
}

function wholeDays(text: string): number {
  if (/^[1-9]\d{0,3}$/.test(text)) return Number(text);
  throw new InvalidArgumentError("It is a whole number of days from 1 to 9999.");
}

/**
 * `liaison token add`: prints the token, which is shown this once.
 * @param wanted.days after which it ends; never when left out
 */
async function runTokenAdd(
  { out, err }: Output,
  installation: Pick<Installation, "database" | "now">,
  jurisdictionId: string,
  wanted: { readonly role: Role; readonly name?: string; readonly days?: number; readonly sealed?: boolean },
): Promise<ExitStatus> {
  const { role, name, days, sealed } = wanted;
  const expiresAt = days === undefined ? null : new Date(installation.now().getTime() + days * DAY_MS);
  const added = await addToken(installation, jurisdictionId, { role, name, expiresAt, sealed });
  if (!added.ok) {
    err(added.reason);
    return 2;
  }
  out(added.token);
  return 0;
}

/** `liaison token list`: whose tokens there are, never the tokens. */
async function runTokenList(
  { out }: Output,
  database: Database,
  jurisdictionId: string,
  options: { readonly json: boolean },
): Promise<ExitStatus> {
  const tokens = await listTokens(database, jurisdictionId);
  const day = (moment: Date | null, otherwise: string) => moment?.toISOString() ?? otherwise;
  if (options.json) out(JSON.stringify(tokens, null, 2));
  else {
    for (const { name, role, sealed, createdAt, lastUsedAt, expiresAt, revokedAt } of tokens) {
      const end = revokedAt === null ? `expires ${day(expiresAt, "never")}` : `revoked ${day(revokedAt, "")}`;
      out(
        [
          name,
          sealed ? `${role}, sealed` : role,
          `created ${day(createdAt, "")}`,
          `used ${day(lastUsedAt, "never")}`,
          end,
        ].join("  "),
      );
    }
  }
  return 0;
}

/** `liaison token revoke NAME`: ends a token within ten seconds. */
async function runTokenRevoke(
  { out, err }: Output,
  { database, now }: Pick<Installation, "database" | "now">,
  jurisdictionId: string,
  name: string,
): Promise<ExitStatus> {
  if (!(await revokeToken(database, jurisdictionId, name, now()))) {
    err(`There is no token ${name} that could be revoked: see liaison token list.`);
    return 2;
  }
  out(name);
  return 0;
}
