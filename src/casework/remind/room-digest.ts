import { and, eq, inArray, isNotNull, ne, or, sql } from "drizzle-orm";
import type { Transaction } from "../../../db/database.ts";
import { cases } from "../../../db/schema/cases.ts";
import { conversations } from "../../../db/schema/conversations.ts";
import { deputies } from "../../../db/schema/people.ts";
import { stations } from "../../../db/schema/places.ts";
import { dayIn } from "../../domain/calendar/deadline.ts";
import { roomWordingOf } from "../../domain/wording/rooms/room-wording.ts";
import type { RoomLine } from "../../domain/wording/rooms/sentences.ts";
import { isTellableInRooms } from "../outbox/rooms.ts";
import { tellRoom } from "../outbox/tell.ts";
import { nameOf, type RoomOf, roomOfIn } from "../rooms/bind-room.ts";
import { isFirstToday } from "../rooms/room.ts";
import type { Runtime } from "../runtime/runtime.ts";
import { openTurn } from "../turn/open-turn.ts";
import { finishTurn } from "../turn/turn.ts";
import { dueOfDeputies } from "./due-cases.ts";

const SHOWN = 10;
/** What is due later is no matter of a morning. */
const AHEAD_MS = 60 * 86_400_000;

/**
 * Tells each bound room once a day how many cases its deputies have open, with numbers and days, and nothing of what anybody said; a
 * room without any is left in peace.
 *
 * @returns the conversations that now have something to deliver
 */
export async function sendRoomDigests(runtime: Runtime, jurisdictionId: string, timeZone: string): Promise<string[]> {
  const { database } = runtime;
  const today = dayIn(runtime.now(), timeZone);
  const rooms = await database.inCounty(jurisdictionId, (tx) => roomsToTell(tx, jurisdictionId, today));
  const told: string[] = [];
  for (const { id, roomOf } of rooms) {
    await database.inCounty(jurisdictionId, async (tx) => {
      const turn = await openTurn(runtime, tx, id);
      if (turn === null || turn.conversation.roomOf !== roomOf || turn.county.settings.rooms === "cases") return;
      const of = roomOfIn(roomOf);
      const [name, lines] = [await nameOf(tx, of), await linesOf(tx, of, runtime.now(), timeZone)];
      if (name === null || lines.length === 0 || !(await isFirstToday(turn, turn.conversation))) return;
      const shown = lines.slice(0, SHOWN);
      const words = roomWordingOf(turn.conversation.locale).roomMorning({
        ...{ of: name, lines: shown, more: lines.length - shown.length },
        late: lines.filter(({ isLate }) => isLate).length,
      });
      turn.conversation.roomToldOn = today;
      tellRoom(turn, id, { kind: "room-digest", subject: null, words });
      await finishTurn(turn);
      told.push(...turn.toDeliver);
    });
  }
  return told;
}

async function roomsToTell(tx: Transaction, jurisdictionId: string, today: string) {
  const { id, roomOf } = conversations;
  const rows = await tx
    .select({ id, roomOf })
    .from(conversations)
    .where(
      and(
        eq(conversations.jurisdictionId, jurisdictionId),
        eq(conversations.form, "room"),
        isNotNull(roomOf),
        or(sql`${conversations.roomToldOn} is null`, ne(conversations.roomToldOn, today)),
      ),
    );
  return rows.flatMap((row) => (row.roomOf === null ? [] : [{ id: row.id, roomOf: row.roomOf }]));
}

async function linesOf(tx: Transaction, of: RoomOf, now: Date, timeZone: string): Promise<RoomLine[]> {
  const due = await dueOfDeputies(tx, new Date(now.getTime() + AHEAD_MS), await whichOf(tx, of));
  const lines = new Map<string, RoomLine>();
  for (const { subject, dueAt } of due) {
    if (!isTellableInRooms(subject) || lines.has(subject.id)) continue;
    lines.set(subject.id, { number: subject.number, dueOn: dayIn(dueAt, timeZone), isLate: dueAt < now });
  }
  return [...lines.values()];
}

/** The condition that a case is of a station, or its deputy in a group. */
async function whichOf(tx: Transaction, { kind, code }: RoomOf) {
  if (kind === "station") {
    const [station] = await tx.select({ id: stations.id }).from(stations).where(eq(stations.code, code));
    return station === undefined ? sql`false` : eq(cases.stationId, station.id);
  }
  const members = await tx.select({ id: deputies.id }).from(deputies).where(sql`${code} = any(${deputies.groups})`);
  const ids = members.map(({ id }) => id);
  return ids.length === 0 ? sql`false` : inArray(cases.deputyId, ids);
}
