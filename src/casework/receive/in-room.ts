import { eq } from "drizzle-orm";
import { cases } from "../../../db/schema/cases.ts";
import type { Conversation } from "../../../db/schema/conversations.ts";
import { roomCodeIn } from "../../domain/dialog/deputy/room-words.ts";
import type { Inbound } from "../../domain/messages/message.ts";
import { roomWordingOf } from "../../domain/wording/rooms/room-wording.ts";
import { casesOfDeputy } from "../cases/load.ts";
import { tell, tellRoom } from "../outbox/tell.ts";
import { warnOfDanger } from "../resident/emergency.ts";
import { bindRoomHere } from "../rooms/bind-room.ts";
import { isFirstToday, moveRoom, openRoom } from "../rooms/room.ts";
import type { Outcome } from "../turn/outcome.ts";
import type { Turn } from "../turn/turn.ts";
import { caseTold, hearAs } from "./reference.ts";

/** The kinds that somebody says or shows; the rest is the platform's word about the room. */
const SAID: ReadonlySet<Inbound["content"]["kind"]> = new Set([
  ...(["text", "press", "media", "location", "link", "edited", "unsupported"] as const),
]);

/**
 * Hears what a member of a room said to us there: it is that member's, with their own rights, and answered to them alone. Into the room goes one short
 * line, without names or what anybody said.
 *
 * @param hear hears the message as the member's own
 * @throws Error in a transaction that others share
 */
export async function receiveInRoom(
  turn: Turn,
  inbound: Inbound & { readonly room: NonNullable<Inbound["room"]> },
  hear: () => Promise<Outcome>,
): Promise<Outcome> {
  if (turn.isShared) throw new Error("what is said in a room is heard in a transaction of its own");
  const { content } = inbound;
  const room = await openRoom(turn, inbound.room);
  if (content.kind === "moved") await moveRoom(turn, room, content.to);
  if (!SAID.has(content.kind)) return { kind: "event" };
  const { deputyId } = turn.conversation;
  const say = roomWordingOf(room.locale);
  // In the chat of two nothing of a room can be quoted.
  const replyTo = turn.answering;
  turn.answering = null;
  const answer = (words: string) =>
    tellRoom(turn, room.id, { kind: "room-answer", subject: null, words, ...(replyTo !== null && { replyTo }) });
  const code = content.kind === "text" ? roomCodeIn(content.text) : null;
  if (code !== null && deputyId !== null) {
    const bound = await bindRoomHere(turn, room, code);
    answer(bound.is === "bound" ? say.roomBound(bound) : bound.is === "noted" ? say.codeNoted() : say.codeRefused());
    return { kind: "command" };
  }
  if (room.roomOf === null) return receiveUnbound(turn, room, inbound, answer);
  const quoted = inbound.replyTo === null ? null : await caseTold(turn, inbound.replyTo, room.id);
  if (deputyId === null) {
    warnOfDanger(turn, content);
    answer(say.bindFirst({ number: quoted }));
    return { kind: "refused" };
  }
  if (quoted === null) {
    const outcome = await hear();
    answer(say.toldAlone());
    return outcome;
  }
  const mine = (await casesOfDeputy(turn, deputyId)).find(({ number }) => number === quoted);
  if (mine === undefined) {
    answer(say.notYours({ number: quoted }));
    return { kind: "refused" };
  }
  const before = mine.state;
  const outcome = await hearAs(turn, quoted, hear);
  const [after] = await turn.tx.select({ state: cases.state }).from(cases).where(eq(cases.id, mine.id));
  const isChanged = after !== undefined && after.state !== before;
  const is = isChanged && (after.state === "answered" || after.state === "closed") ? after.state : "heard";
  answer(say.roomAnswer({ number: quoted, is }));
  return outcome;
}

/** A room that nobody has bound hears one polite sentence a day; a deputy hears alone that what they said there was not done. */
async function receiveUnbound(
  turn: Turn,
  room: Conversation,
  { content }: Inbound,
  answer: (words: string) => void,
): Promise<Outcome> {
  const say = roomWordingOf(room.locale);
  warnOfDanger(turn, content);
  if (await isFirstToday(turn, room)) answer(say.roomUnbound());
  if (turn.conversation.deputyId !== null)
    tell(turn, { kind: "courtesy", subject: null, words: roomWordingOf(turn.conversation.locale).notDoneHere() });
  return { kind: "refused" };
}
