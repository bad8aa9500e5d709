import type { Deed, Phone, RoomView, ScreenLine } from "../face/platform.ts";
import { handOver } from "./hand-over.ts";
import { type Chat, chatWith, type Held, OWN_NAME, show, type World } from "./world.ts";

/** A quote as the platform's phones write it for those who have no quotes. */
function quoting(line: ScreenLine | undefined, text: string): string {
  if (line === undefined) return text;
  const name = line.by === "service" ? OWN_NAME : "群友";
  return `「${name}：${line.text}」\n- - - - - - - - - - - - - - -\n${text}`;
}

function messageOf(world: World, chat: Chat, from: string, fields: object) {
  const room = chat.kind === "room" ? { id: chat.id, title: chat.id } : null;
  return { id: world.nextId(), at: world.now().getTime(), from, room, toUs: true, text: "", ...fields };
}

/** The phone of a person in their chat with the account. */
export function pickUpPhone(world: World, held: Held, person: string): Phone {
  const chat = chatWith(held, person);
  const send = async (fields: object): Promise<Deed> => {
    chat.isOpen = true;
    return { accepted: await handOver(world, held, messageOf(world, chat, person, fields)) };
  };
  const file = (kind: string, bytes: Uint8Array, picture: boolean): Promise<Deed> => {
    const id = world.nextId();
    world.files.set(id, bytes);
    show(world, held, chat, { by: "person", text: "", picture: picture ? id : null });
    return send({ id, kind, fileName: `${id}.${picture ? "jpg" : "mp3"}` });
  };
  const befriend = () => send({ kind: "added" });
  return {
    say(text, answering) {
      show(world, held, chat, { by: "person", text, picture: null, quotes: answering?.text ?? null });
      return send({ kind: "text", text: quoting(answering, text) });
    },
    press: () => Promise.reject(new Error("there are no buttons here")),
    photo: (bytes) => file("image", bytes, true),
    voice: (bytes) => file("voice", bytes, false),
    place({ latitude, longitude, label }) {
      show(world, held, chat, { by: "person", text: label, picture: null });
      return send({ kind: "place", place: { latitude, longitude, label } });
    },
    open: befriend,
    async block() {
      chat.isOpen = false;
      return { accepted: true };
    },
    unblock: befriend,
    lines: () => chat.lines,
  };
}

/** A room in which the account is: the bridge hands over what names, quotes or commands it, and keeps nothing of the rest. */
export function enterRoom(world: World, held: Held, room: string, members: readonly string[]): RoomView {
  const id = `${room}@chatroom`;
  const chat: Chat = held.chats.get(id) ?? { kind: "room", id, members, isOpen: true, lines: [] };
  held.chats.set(id, chat);
  return {
    async say(person, text, { naming, quoting: line } = {}) {
      if (!chat.members.includes(person)) throw new Error(`${person} is not in the room ${room}.`);
      show(world, held, chat, { by: "person", text, picture: null, quotes: line?.text ?? null });
      const isToUs = naming === true || line?.by === "service" || /^(?:\/[a-z]|绑定群)/i.test(text);
      if (!isToUs) return { accepted: true };
      const message = messageOf(world, chat, person, { kind: "text", text: quoting(line, text) });
      return { accepted: await handOver(world, held, message) };
    },
    lines: () => chat.lines,
  };
}
