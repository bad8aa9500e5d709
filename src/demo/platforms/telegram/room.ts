import type { RoomView } from "../face/platform.ts";
import { postUpdate } from "./updates.ts";
import { type Bot, type Chat, lineOf, show, tellLine, type World } from "./world.ts";

/** A group in which a bot is, in the mode that is usual: it hears what commands, names or answers it, and nothing else. */
export function enterRoom(world: World, bot: Bot, room: string, members: readonly string[]): RoomView {
  const known = [...bot.chats.values()].find((one) => one.room === room);
  const chat: Chat = known ?? {
    ...{ person: String(-1_000_000 - world.nextId()), isOpen: true, isBlocked: false, messages: [], room },
  };
  bot.chats.set(chat.person, chat);
  const place = { id: Number(chat.person), type: "supergroup", title: room };
  return {
    async say(person, words, { naming, quoting } = {}) {
      if (!members.includes(person)) throw new Error(`${person} is not in the group ${room}.`);
      const name = `@${bot.username}`;
      const text = naming === true ? `${name} ${words}` : words;
      const answers = quoting === undefined ? null : Number(quoting.id);
      const line = show(world, bot, chat, {
        ...{ by: "person", state: "sending", text, picture: null, keyboard: [], answers },
      });
      const answered = chat.messages.find(({ id }) => id === answers);
      const reply = answered && {
        reply_to_message: {
          ...{ message_id: answered.id, chat: place, text: answered.text },
          from: answered.by === "service" ? { id: bot.id, is_bot: true } : { id: 1, is_bot: false },
        },
      };
      const isToUs = naming === true || text.startsWith("/") || answered?.by === "service";
      const entities = naming === true ? { entities: [{ type: "mention", offset: 0, length: name.length }] } : {};
      const date = Math.floor(world.now().getTime() / 1000);
      const from = { id: Number(person), is_bot: false, first_name: "Ann" };
      const message = { message_id: line.id, from, chat: place, date, text, ...entities, ...reply };
      const accepted = !isToUs || (await postUpdate(world, bot, person, { update_id: world.nextId(), message }));
      line.state = accepted ? "arrived" : "failed";
      tellLine(world, bot, chat, line);
      return { accepted };
    },
    lines: () => chat.messages.map((message) => lineOf(chat, message)),
  };
}
