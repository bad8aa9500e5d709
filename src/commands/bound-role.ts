import type { Command } from "commander";
import { inviteRole } from "../casework/deputy/invite-role.ts";
import { waitingHandovers } from "../casework/handovers/waiting.ts";
import { dayIn } from "../domain/calendar/deadline.ts";
import type { CommandContext } from "./context.ts";

/** Adds the list of what waits because nobody of a unit can be told in chat, or because the unit is there no more. */
export function addWaitingCommand(command: Command, { output, ofCounty, withCounty }: CommandContext): void {
  ofCounty(command.command("waiting"))
    .description("Lists what was handed over to units that have nobody in chat, or have ended: somebody rings them up.")
    .option("--json", "as JSON", false)
    .action(({ json, ...options }) =>
      withCounty(options, async ({ database, now }, jurisdictionId, { timeZone }) => {
        const waiting = await database.inCounty(jurisdictionId, (tx) => waitingHandovers(tx, dayIn(now(), timeZone)));
        if (json) output.out(JSON.stringify(waiting, null, 2));
        else for (const one of waiting) output.out(`${one.case}  ${one.unit}  ${one.name}  ${one.why}  ${one.dueOn}`);
        return 0;
      }),
    );
}

/** Adds the command by which somebody of a unit or a station gets a code to bind their chat. */
export function addInviteCommand(
  command: Command,
  role: "unit" | "station",
  { output, ofCounty, withCounty }: CommandContext,
): void {
  ofCounty(command.command("invite <code>"))
    .description(`Prints a one-time code with which somebody of this ${role} binds a chat within 14 days.`)
    .action((ref, options) =>
      withCounty(options, async (installation, jurisdictionId, { timeZone }) => {
        const code = await inviteRole({ ...installation, timeZone }, jurisdictionId, { role, ref });
        if (code === null) {
          output.err(`There is no ${role} ${ref} in this county: import the ${role}s first, or correct the code.`);
          return 1;
        }
        output.out(code);
        return 0;
      }),
    );
}
