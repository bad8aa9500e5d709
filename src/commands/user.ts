import { type Command, Option } from "commander";
import { addUser } from "../casework/access/users.ts";
import { ROLES, type Role } from "../domain/access/roles.ts";
import type { Installation } from "../process/installation.ts";
import type { ExitStatus, Output } from "../process/output.ts";
import type { CommandContext } from "./context.ts";
import { passwordIn, secretReader } from "./secret-input.ts";

/** Adds `liaison user add`. */
export function addUserCommands(
  user: Command,
  { output, folder, ofCounty, withCounty, readInput }: CommandContext,
): void {
  ofCounty(user.command("add"))
    .description("Adds somebody of the office and prints the address; the password comes on standard input.")
    .requiredOption("--email <address>", "with which they sign in")
    .addOption(new Option("--role <role>", "what they may do").choices(ROLES).makeOptionMandatory())
    .option("--password-file <file>", "where the password stands, instead of standard input", "-")
    .action(async ({ email, role, passwordFile, ...options }) => {
      const read = await secretReader(folder, readInput).read(passwordFile);
      await withCounty(options, async (installation, jurisdictionId) => {
        if (!read.ok && passwordFile !== "-") {
          output.err(`--password-file names ${read.reason}.`);
          return 2;
        }
        if (read.ok && read.warning !== null) output.err(`${read.warning}.`);
        const password = read.ok ? passwordIn(read.text) : "";
        return runUserAdd(output, installation, jurisdictionId, { email, role, password });
      });
    });
}

async function runUserAdd(
  { out, err }: Output,
  installation: Pick<Installation, "database" | "vault" | "now">,
  jurisdictionId: string,
  wanted: { readonly email: string; readonly role: Role; readonly password: string },
): Promise<ExitStatus> {
  const added = await addUser(installation, jurisdictionId, wanted);
  if (!added.ok) {
    err(added.reason);
    return 2;
  }
  out(added.email);
  return 0;
}
