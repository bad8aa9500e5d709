import { type Command, Option } from "commander";
import { addUser, type WantedUser } from "../casework/access/users.ts";
import { endByCommand } from "../casework/staff/end-staff.ts";
import { listStaff } from "../casework/staff/staff.ts";
import { ROLES } from "../domain/access/roles.ts";
import type { Installation } from "../process/installation.ts";
import type { ExitStatus, Output } from "../process/output.ts";
import type { CommandContext } from "./context.ts";
import { passwordIn, secretReader } from "./secret-input.ts";

type Services = Pick<Installation, "database" | "vault" | "now">;

/** Adds `liaison user add`, `list` and `end`. */
export function addUserCommands(
  user: Command,
  { output, folder, ofCounty, withCounty, readInput }: CommandContext,
): void {
  ofCounty(user.command("add"))
    .description("Adds somebody of the office and prints the address; the password comes on standard input.")
    .requiredOption("--email <address>", "with which they sign in")
    .addOption(new Option("--role <role>", "what they may do").choices(ROLES).makeOptionMandatory())
    .option("--name <name>", "under which they stand in every ledger; the role and some digits when left out")
    .option("--station <code>", "a station that is theirs; may be given several times", listed)
    .option("--password-file <file>", "where the password stands, instead of standard input", "-")
    .action(async ({ email, role, name, station: stations, passwordFile, ...options }) => {
      const read = await secretReader(folder, readInput).read(passwordFile);
      await withCounty(options, async (installation, jurisdictionId) => {
        if (!read.ok && passwordFile !== "-") {
          output.err(`--password-file names ${read.reason}.`);
          return 2;
        }
        if (read.ok && read.warning !== null) output.err(`${read.warning}.`);
        const password = read.ok ? passwordIn(read.text) : "";
        return runUserAdd(output, installation, jurisdictionId, { email, role, name, stations, password });
      });
    });
  ofCounty(user.command("list"))
    .description("Lists the people of the office.")
    .option("--json", "as JSON")
    .action(({ json = false, ...options }) =>
      withCounty(options, (installation, jurisdictionId) =>
        runUserList(output, installation, jurisdictionId, { json }),
      ),
    );
  ofCounty(user.command("end <email>"))
    .description("Ends somebody's service and their sessions; the name stays in every ledger.")
    .action((email, options) =>
      withCounty(options, (installation, jurisdictionId) => runUserEnd(output, installation, jurisdictionId, email)),
    );
}

async function runUserAdd(
  { out, err }: Output,
  installation: Services,
  jurisdictionId: string,
  wanted: WantedUser & { readonly password: string },
): Promise<ExitStatus> {
  const added = await addUser(installation, jurisdictionId, wanted);
  if (!added.ok) {
    err(added.reason);
    return 2;
  }
  out(added.email);
  return 0;
}

async function runUserList(
  { out }: Output,
  { database, vault }: Services,
  jurisdictionId: string,
  options: { readonly json: boolean },
): Promise<ExitStatus> {
  const staff = await database.inCounty(jurisdictionId, (tx) => listStaff(tx, vault, jurisdictionId));
  if (options.json) out(JSON.stringify(staff, null, 2));
  else {
    for (const { email, role, name, stations, state, hasSecondFactor } of staff) {
      const factor = hasSecondFactor ? "second factor" : "no second factor";
      out([email, role, name, state, factor, ...stations.map((code) => `station ${code}`)].join("  "));
    }
  }
  return 0;
}

async function runUserEnd(
  { out, err }: Output,
  services: Services,
  jurisdictionId: string,
  email: string,
): Promise<ExitStatus> {
  const ended = await endByCommand(services, jurisdictionId, email);
  if (ended === null) {
    err("There is nobody with this address who could leave: see liaison user list.");
    return 2;
  }
  out(ended);
  return 0;
}

/** Commander gives an option that may stand several times what was gathered of it so far. */
function listed(value: string, before: readonly string[] = []): string[] {
  return [...before, value];
}
