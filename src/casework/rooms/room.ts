import { and, eq } from "drizzle-orm";
import { v7 as newId } from "uuid";
import { type Conversation, conversations } from "../../../db/schema/conversations.ts";
import { outbox } from "../../../db/schema/outbox.ts";
import type { Room } from "../../domain/messages/message.ts";
import { addressAnew, peerPurpose } from "../turn/conversation.ts";
import type { Turn } from "../turn/turn.ts";

const MAX_TITLE = 60;

/** The purpose for which the titles of rooms are sealed; see `vault.ts`. */
export function titlePurpose(jurisdictionId: string): string {
  return `room-title:${jurisdictionId}`;
}

/**
 * The conversation of a room in which somebody said something to us, locked; it is there from the first time. What could not be said
 * there before may be tried again.
 */
export async function openRoom(turn: Turn, { id: roomId, title }: Room): Promise<Conversation> {
  const { tx, jurisdictionId, account, now, runtime } = turn;
  const { vault } = runtime;
  const peer = vault.blindIndex(roomId, account.id);
  const named = vault.seal(title.slice(0, MAX_TITLE), titlePurpose(jurisdictionId));
  const there = and(eq(conversations.accountId, account.id), eq(conversations.peer, peer));
  await tx
    .insert(conversations)
    .values({
      ...{ id: newId(), jurisdictionId, accountId: account.id, peer, form: "room", roomTitle: named, createdAt: now },
      peerSealed: vault.seal(roomId, peerPurpose(jurisdictionId)),
    })
    .onConflictDoNothing();
  const [room] = await tx.select().from(conversations).where(there).for("no key update");
  if (room === undefined || room.form !== "room") throw new Error("a room has the address of a person");
  const before = room.roomTitle === null ? "" : vault.open(room.roomTitle, titlePurpose(jurisdictionId));
  const change = {
    ...(before !== title.slice(0, MAX_TITLE) && title !== "" && { roomTitle: named }),
    ...((!room.following || room.directRefusedAt !== null) && { following: true, directRefusedAt: null }),
  };
  if (Object.keys(change).length > 0) await tx.update(conversations).set(change).where(eq(conversations.id, room.id));
  if ("following" in change) await letGo(turn, room.id);
  return { ...room, ...change };
}

async function letGo({ tx, toDeliver }: Turn, roomId: string): Promise<void> {
  await tx
    .update(outbox)
    .set({ awaitsContact: false, tries: 0 })
    .where(and(eq(outbox.conversationId, roomId), eq(outbox.state, "waiting")));
  toDeliver.add(roomId);
}

/** Gives a room the address that it has at its platform from now on. */
export async function moveRoom(turn: Turn, room: Conversation, to: string): Promise<void> {
  const anew = await addressAnew(turn.tx, turn.runtime.vault, room, to);
  if (anew === null)
    turn.runtime.log.warn({ account: turn.account.name }, "a room moved to an address that is another's");
  else await turn.tx.update(conversations).set(anew).where(eq(conversations.id, room.id));
}

/** Whether a room may be told now what it is told once a day; from then on it may not. */
export async function isFirstToday({ tx, today }: Turn, room: Conversation): Promise<boolean> {
  if (room.roomToldOn === today) return false;
  await tx.update(conversations).set({ roomToldOn: today }).where(eq(conversations.id, room.id));
  return true;
}
