import { and, desc, eq, gt, isNull } from "drizzle-orm";
import { v7 as newId } from "uuid";
import type { Transaction } from "../../../db/database.ts";
import { type Conversation, conversations, roomCodes } from "../../../db/schema/conversations.ts";
import { channelAccounts } from "../../../db/schema/county.ts";
import { sectorGroups } from "../../../db/schema/people.ts";
import { stations } from "../../../db/schema/places.ts";
import type { Vault } from "../../../db/vault.ts";
import { roomOfGroup, roomOfStation } from "../outbox/rooms.ts";
import type { Turn } from "../turn/turn.ts";
import { titlePurpose } from "./room.ts";

const VALID_MS = 14 * 24 * 3_600_000;

/** The station or group whose deputies are in a room. */
export type RoomOf = { readonly kind: "station" | "group"; readonly code: string };

/** The end of a binding: done, waiting for the other side to say the code, or why not. */
export type RoomBinding = "bound" | "waiting" | "no-such" | "used";

type Services = { readonly vault: Vault; readonly now: Date };

function codeHashOf(vault: Vault, jurisdictionId: string, code: string): string {
  return vault.blindIndex(code, `room-code:${jurisdictionId}`);
}

/** Says for the office for which station or group the room is in which this code is said, or was said already. */
export async function bindRoomAs(
  { vault, now }: Services,
  tx: Transaction,
  jurisdictionId: string,
  { code, of }: { readonly code: string; readonly of: RoomOf },
): Promise<RoomBinding> {
  if ((await nameOf(tx, of)) === null) return "no-such";
  const roomOf = of.kind === "station" ? roomOfStation(of.code) : roomOfGroup(of.code);
  const codeHash = codeHashOf(vault, jurisdictionId, code);
  const [known] = await tx.select().from(roomCodes).where(eq(roomCodes.codeHash, codeHash)).for("update");
  if (known === undefined || (known.usedAt === null && known.expiresAt <= now)) {
    const fresh = { roomOf, conversationId: null, expiresAt: new Date(now.getTime() + VALID_MS) };
    if (known === undefined) await tx.insert(roomCodes).values({ id: newId(), jurisdictionId, codeHash, ...fresh });
    else await tx.update(roomCodes).set(fresh).where(eq(roomCodes.id, known.id));
    return "waiting";
  }
  if (known.usedAt !== null) return "used";
  await tx.update(roomCodes).set({ roomOf }).where(eq(roomCodes.id, known.id));
  if (known.conversationId === null) return "waiting";
  await bind(tx, { codeId: known.id, roomId: known.conversationId, roomOf }, now);
  return "bound";
}

/** Takes the code that a bound deputy says in a room. @returns the name of the station or group where it is bound now */
export async function bindRoomHere(
  turn: Turn,
  room: Conversation,
  code: string,
): Promise<{ readonly is: "bound"; readonly of: string } | { readonly is: "noted" | "refused" }> {
  const { tx, jurisdictionId, now, runtime } = turn;
  const codeHash = codeHashOf(runtime.vault, jurisdictionId, code);
  const [known] = await tx.select().from(roomCodes).where(eq(roomCodes.codeHash, codeHash)).for("update");
  if (known === undefined) {
    const expiresAt = new Date(now.getTime() + VALID_MS);
    await tx.insert(roomCodes).values({ id: newId(), jurisdictionId, codeHash, conversationId: room.id, expiresAt });
    return { is: "noted" };
  }
  if (known.usedAt !== null || known.expiresAt <= now) return { is: "refused" };
  if (known.roomOf === null) {
    await tx.update(roomCodes).set({ conversationId: room.id }).where(eq(roomCodes.id, known.id));
    return { is: "noted" };
  }
  const of = await nameOf(tx, roomOfIn(known.roomOf));
  if (of === null) return { is: "refused" };
  await bind(tx, { codeId: known.id, roomId: room.id, roomOf: known.roomOf }, now);
  return { is: "bound", of };
}

async function bind(
  tx: Transaction,
  { codeId, roomId, roomOf }: { readonly codeId: string; readonly roomId: string; readonly roomOf: string },
  now: Date,
): Promise<void> {
  await tx.update(roomCodes).set({ usedAt: now, conversationId: roomId }).where(eq(roomCodes.id, codeId));
  await tx.update(conversations).set({ roomOf, roomToldOn: null }).where(eq(conversations.id, roomId));
}

/** Ends that a room is anybody's: nothing is told there any more. @returns whether it was */
export async function releaseRoom(tx: Transaction, id: string): Promise<boolean> {
  const released = await tx
    .update(conversations)
    .set({ roomOf: null })
    .where(and(eq(conversations.id, id), eq(conversations.form, "room")))
    .returning({ id: conversations.id });
  return released.length > 0;
}

/** A room as the office lists it. */
export type ListedRoom = {
  readonly id: string;
  readonly title: string;
  readonly channel: string;
  readonly account: string;
  /** `station:S1` or `group:G1`; null where nobody has bound it. */
  readonly of: string | null;
  /** Whether a code was said there that the office has not said yet. */
  readonly isCodeSaid: boolean;
};

/** The rooms in which somebody has spoken to the county's accounts, newest first. */
export async function listRooms(
  tx: Transaction,
  vault: Vault,
  jurisdictionId: string,
  now: Date,
): Promise<ListedRoom[]> {
  const rows = await tx
    .select({
      ...{ id: conversations.id, title: conversations.roomTitle, of: conversations.roomOf },
      ...{ channel: channelAccounts.channel, account: channelAccounts.name },
    })
    .from(conversations)
    .innerJoin(channelAccounts, eq(channelAccounts.id, conversations.accountId))
    .where(and(eq(conversations.jurisdictionId, jurisdictionId), eq(conversations.form, "room")))
    .orderBy(desc(conversations.createdAt));
  const said = await tx
    .select({ roomId: roomCodes.conversationId })
    .from(roomCodes)
    .where(and(isNull(roomCodes.usedAt), gt(roomCodes.expiresAt, now)));
  return rows.map(({ title, ...room }) => ({
    ...room,
    title: title === null ? "" : vault.open(title, titlePurpose(jurisdictionId)),
    isCodeSaid: said.some(({ roomId }) => roomId === room.id),
  }));
}

/** Reads the mark of a room: of which station or group it is. */
export function roomOfIn(roomOf: string): RoomOf {
  const [kind, ...code] = roomOf.split(":");
  return { kind: kind === "group" ? "group" : "station", code: code.join(":") };
}

/** The name of a station or group; null where there is none. */
export async function nameOf(tx: Transaction, { kind, code }: RoomOf): Promise<string | null> {
  const table = kind === "station" ? stations : sectorGroups;
  const [found] = await tx.select({ name: table.name }).from(table).where(eq(table.code, code));
  return found?.name ?? null;
}
