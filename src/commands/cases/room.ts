import type { Command } from "commander";
import { bindRoomAs, listRooms, type RoomOf, releaseRoom } from "../../casework/rooms/bind-room.ts";
import { roomCode } from "../../domain/dialog/deputy/room-words.ts";
import type { CommandContext } from "../context.ts";

const SAID = {
  bound: "The room is bound: nothing more is to be done.",
  waiting: "Noted for 14 days: a bound deputy says 绑定群 CODE in the room, and it is bound.",
} as const;

/** Adds the commands that list the rooms of deputies, bind one to a station or group, and end that it is. */
export function addRoomCommands(room: Command, { output, ofCounty, withCounty }: CommandContext): void {
  const { out, err } = output;
  ofCounty(room.command("list"))
    .description("Lists the rooms in which somebody spoke to the county's accounts, with the station or group of each.")
    .option("--json", "as JSON", false)
    .action(({ json, ...options }) =>
      withCounty(options, async ({ database, vault, now }, jurisdictionId) => {
        const rooms = await database.inCounty(jurisdictionId, (tx) => listRooms(tx, vault, jurisdictionId, now()));
        if (json) out(JSON.stringify(rooms, null, 2));
        else
          for (const { id, title, channel, account, of, isCodeSaid } of rooms)
            out(
              [id, `${channel}/${account}`, title, of ?? (isCodeSaid ? "a code was said there" : "not bound")].join(
                "  ",
              ),
            );
        return 0;
      }),
    );
  ofCounty(room.command("bind <code>"))
    .description(
      "Binds the room in which a bound deputy says 绑定群 CODE, before or after this, to a station or a group.",
    )
    .option("--station <code>", "the station whose deputies are in it")
    .option("--group <code>", "the group whose deputies are in it")
    .action((typed, { station, group, ...options }) =>
      withCounty(options, async ({ database, vault, now }, jurisdictionId) => {
        const code = roomCode(typed);
        if (code === null) {
          err("A code has 4 to 12 letters and digits.");
          return 2;
        }
        if ((station === undefined) === (group === undefined)) {
          err("Say either --station or --group.");
          return 2;
        }
        const of: RoomOf = station === undefined ? { kind: "group", code: group } : { kind: "station", code: station };
        const end = await database.inCounty(jurisdictionId, (tx) =>
          bindRoomAs({ vault, now: now() }, tx, jurisdictionId, { code, of }),
        );
        if (end === "bound" || end === "waiting") {
          out(SAID[end].replace("CODE", code));
          return 0;
        }
        err(
          end === "used"
            ? "That code was used already: take another one."
            : `There is no ${of.kind} ${of.code} in this county.`,
        );
        return 1;
      }),
    );
  ofCounty(room.command("release <id>"))
    .description("Ends that a room is a station's or group's: nothing is told there any more.")
    .action((id, options) =>
      withCounty(options, async ({ database }, jurisdictionId) => {
        const isId = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(id);
        const isReleased = isId && (await database.inCounty(jurisdictionId, (tx) => releaseRoom(tx, id)));
        if (!isReleased) err(`There is no room ${id}; "liaison room list" lists them.`);
        return isReleased ? 0 : 1;
      }),
    );
}
