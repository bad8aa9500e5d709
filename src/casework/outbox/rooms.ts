import { and, eq, inArray } from "drizzle-orm";
import { type CaseRecord, cases } from "../../../db/schema/cases.ts";
import { conversations } from "../../../db/schema/conversations.ts";
import { outbox } from "../../../db/schema/outbox.ts";
import { deputies } from "../../../db/schema/people.ts";
import { stations } from "../../../db/schema/places.ts";
import { isRehearsalNumber } from "../../domain/case/rehearsal.ts";
import { roomWordingOf } from "../../domain/wording/rooms/room-wording.ts";
import type { DeputyCase } from "../../domain/wording/sentences.ts";
import type { Turn } from "../turn/turn.ts";
import type { OutgoingKind } from "./content.ts";
import { tellRoom } from "./tell.ts";

/** The kinds of messages that may stand in a room; whatever else is addressed to one never leaves. */
export const ROOM_KINDS: ReadonlySet<string> = new Set<OutgoingKind>(["room-case", "room-digest", "room-answer"]);

/** The mark of a room of a station, as it is written down. */
export function roomOfStation(code: string): string {
  return `station:${code}`;
}

/** The mark of a room of a group, as it is written down. */
export function roomOfGroup(code: string): string {
  return `group:${code}`;
}

/**
 * Whether a room may read of a case at all: not of a sealed one, as accusations are, nor of a child's, of somebody's who stays unnamed, of
 * a rehearsal, nor of one that is over.
 */
export function isTellableInRooms(
  subject: Pick<CaseRecord, "sealed" | "minor" | "unnamed" | "number" | "closedAt">,
): boolean {
  const { sealed, minor, unnamed, number, closedAt } = subject;
  return !sealed && !minor && !unnamed && closedAt === null && !isRehearsalNumber(number);
}

/** Tells the rooms of a case's station, and of its deputy's groups, that it is there; nothing where the county lets rooms have the digest alone. */
export async function tellRoomsOfCase(
  turn: Turn,
  deputyId: string,
  subject: CaseRecord,
  { line, notBefore }: { readonly line: DeputyCase; readonly notBefore: Date | null },
): Promise<void> {
  if (turn.county.settings.rooms !== "cases" || !isTellableInRooms(subject)) return;
  const { tx, jurisdictionId } = turn;
  const [deputy] = await tx.select({ groups: deputies.groups }).from(deputies).where(eq(deputies.id, deputyId));
  const [station] =
    subject.stationId === null
      ? []
      : await tx.select({ code: stations.code }).from(stations).where(eq(stations.id, subject.stationId));
  const of = [
    ...(station === undefined ? [] : [roomOfStation(station.code)]),
    ...(deputy?.groups ?? []).map(roomOfGroup),
  ];
  if (of.length === 0) return;
  const rooms = await tx
    .select({ id: conversations.id, locale: conversations.locale })
    .from(conversations)
    .where(
      and(
        eq(conversations.jurisdictionId, jurisdictionId),
        eq(conversations.form, "room"),
        inArray(conversations.roomOf, of),
      ),
    );
  for (const { id, locale } of rooms) {
    const words = roomWordingOf(locale).roomCase({ line });
    tellRoom(turn, id, {
      kind: "room-case",
      subject: null,
      aboutCase: subject.id,
      words,
      ...(notBefore && { notBefore }),
    });
  }
}

/**
 * The rows that may leave into a room: of a kind for rooms, where the room is bound if it tells of a case, and of no case that may not be told
 * there any more. The others are withdrawn.
 *
 * @param rows waiting rows of a room's conversation
 */
export async function onlyForRooms<T extends typeof outbox.$inferSelect>(
  { tx, now }: Pick<Turn, "tx" | "now">,
  room: Pick<typeof conversations.$inferSelect, "roomOf">,
  rows: readonly T[],
): Promise<readonly T[]> {
  const ids = rows.flatMap(({ caseId }) => caseId ?? []);
  const subjects = ids.length === 0 ? [] : await tx.select().from(cases).where(inArray(cases.id, ids));
  const mayLeave = (row: T) => {
    if (!ROOM_KINDS.has(row.kind) || row.deputyId !== null) return false;
    if (row.kind === "room-answer") return row.caseId === null;
    if (room.roomOf === null) return false;
    const subject = subjects.find(({ id }) => id === row.caseId);
    return row.caseId === null ? row.kind === "room-digest" : subject !== undefined && isTellableInRooms(subject);
  };
  const [left, gone] = [rows.filter(mayLeave), rows.filter((row) => !mayLeave(row) && row.state === "waiting")];
  if (gone.length > 0) {
    const all = inArray(
      outbox.id,
      gone.map(({ id }) => id),
    );
    await tx.update(outbox).set({ state: "superseded", settledAt: now, reason: "not for a room" }).where(all);
  }
  return left;
}
