import type { Command } from "commander";
import { endChat, listChats } from "../../casework/bindings/end-chat.ts";
import { inviteRole } from "../../casework/deputy/invite-role.ts";
import { waitingHandovers } from "../../casework/handovers/waiting.ts";
import { dayIn } from "../../domain/calendar/deadline.ts";
import type { BoundAs } from "../../domain/dialog/state.ts";
import type { CommandContext } from "../context.ts";

/** A role in which people speak in chat, with the command of it, which is also the list where the codes stand. */
type Bound = { readonly role: BoundAs; readonly list: string };

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

/** Adds the command by which somebody of a unit, a station or a grid gets a code to bind their chat. */
export function addInviteCommand(
  command: Command,
  { role, list }: Bound,
  { output, ofCounty, withCounty }: CommandContext,
): void {
  ofCounty(command.command("invite <code>"))
    .description(`Prints a one-time code with which somebody of this ${list} binds a chat within 14 days.`)
    .action((ref, options) =>
      withCounty(options, async (installation, jurisdictionId, { timeZone }) => {
        const code = await inviteRole({ ...installation, timeZone }, jurisdictionId, { role, ref });
        if (code === null) {
          output.err(`There is no ${list} ${ref} in this county: import the ${list}s first, or correct the code.`);
          return 1;
        }
        output.out(code);
        return 0;
      }),
    );
}

/** Adds the commands that list who speaks in chat for a unit, a station or a grid, and end that one of them does. */
export function addChatsCommands(
  command: Command,
  { role, list }: Bound,
  { output, ofCounty, withCounty }: CommandContext,
): void {
  ofCounty(command.command("chats <code>"))
    .description(`Lists the chats in which somebody speaks for this ${list}, by an id and since when.`)
    .option("--json", "as JSON", false)
    .action((ref, { json, ...options }) =>
      withCounty(options, async ({ database }, jurisdictionId) => {
        const chats = await database.inCounty(jurisdictionId, (tx) => listChats(tx, { role, ref }));
        if (json) output.out(JSON.stringify(chats, null, 2));
        else for (const { id, since } of chats) output.out(`${id}  ${since}`);
        return 0;
      }),
    );
  ofCounty(command.command("end <code> <chat>"))
    .description(`Ends that a chat speaks for this ${list}; whoever writes there is heard as a resident from then on.`)
    .action((ref, id, options) =>
      withCounty(options, async ({ database, now }, jurisdictionId) => {
        const isId = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(id);
        const isEnded =
          isId && (await database.inCounty(jurisdictionId, (tx) => endChat(tx, { role, ref, id }, now())));
        if (!isEnded) output.err(`No chat ${id} speaks for ${list} ${ref}; "liaison ${list} chats ${ref}" lists them.`);
        return isEnded ? 0 : 1;
      }),
    );
}
