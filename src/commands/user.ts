import { type Command, Option } from "commander";
import { ROLES, type Role } from "../casework/access/api-tokens.ts";
import { addUser } from "../casework/access/users.ts";
import type { Installation } from "../process/installation.ts";
import type { ExitStatus, Output } from "../process/output.ts";
import type { CommandContext } from "./context.ts";

/** Adds `liaison user add`. */
export function addUserCommands(user: Command, { output, ofCounty, withCounty, readInput }: CommandContext): void {
  ofCounty(user.command("add"))
    .description("Adds somebody of the office and prints the address; the password comes on standard input.")
    .requiredOption("--email <address>", "with which they sign in")
    .addOption(new Option("--role <role>", "what they may do").choices(ROLES).makeOptionMandatory())
    .action(({ email, role, ...options }) =>
      withCounty(options, async (installation, jurisdictionId) => {
        const password = (await readInput()).replace(/\r?\n$/, "");
        return runUserAdd(output, installation, jurisdictionId, { email, role, password });
      }),
    );
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
