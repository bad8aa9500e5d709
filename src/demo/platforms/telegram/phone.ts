import type { Deed, Phone } from "../face/platform.ts";
import { postUpdate } from "./updates.ts";
import { type Bot, type ChatMessage, chatOf, lineOf, show, tellLine, type World } from "./world.ts";

/** The way from GCJ-02, as the phones page gives places, back to the satellites' datum in which Telegram sends them. */
export type ToSatellites = (longitude: number, latitude: number) => readonly [longitude: number, latitude: number];

/** The phone of a person in their private chat with a bot. */
export function pickUpPhone(world: World, bot: Bot, person: string, toSatellites: ToSatellites): Phone {
  const chat = chatOf(bot, person);
  const from = { id: Number(person), is_bot: false, first_name: "Ann" };
  const place = { id: Number(person), type: "private", first_name: "Ann" };
  const seconds = () => Math.floor(world.now().getTime() / 1000);

  const send = async (
    shown: Pick<ChatMessage, "text" | "picture">,
    fields: object,
    answers: number | null = null,
  ): Promise<Deed> => {
    if (chat.isBlocked) throw new Error(`${person} has blocked the bot: nothing can be sent.`);
    chat.isOpen = true;
    const line = show(world, bot, chat, { ...shown, by: "person", state: "sending", keyboard: [], answers });
    const answered = chat.messages.find(({ id }) => id === answers);
    const reply = answered && {
      reply_to_message: {
        message_id: answered.id,
        from: answered.by === "person" ? from : { id: bot.id, is_bot: true },
        chat: place,
        text: answered.text,
      },
    };
    const message = { message_id: line.id, from, chat: place, date: seconds(), ...reply, ...fields };
    const accepted = await postUpdate(world, bot, person, { update_id: world.nextId(), message });
    line.state = accepted ? "arrived" : "failed";
    tellLine(world, bot, chat, line);
    return { accepted };
  };
  const keep = (bytes: Uint8Array, contentType: string) => {
    const id = `file_${world.nextId()}`;
    world.files.set(id, { bytes, contentType });
    return id;
  };
  const member = async (before: string, after: string): Promise<Deed> => {
    const change = { old_chat_member: { status: before }, new_chat_member: { status: after } };
    const update = { update_id: world.nextId(), my_chat_member: { chat: place, from, date: seconds(), ...change } };
    return { accepted: await postUpdate(world, bot, person, update) };
  };

  return {
    say: (text, answering) =>
      send({ text, picture: null }, { text }, answering === undefined ? null : Number(answering.id)),
    async press(line, key, times = 1) {
      const message = chat.messages.find(({ id }) => String(id) === line.id);
      if (message === undefined) throw new Error(`There is no line ${line.id} on this phone.`);
      const card = {
        ...{ message_id: message.id, chat: place, from: { id: bot.id, is_bot: true }, text: message.text },
        reply_markup: { inline_keyboard: message.keyboard },
      };
      const ends = await Promise.all(
        Array.from({ length: times }, () => {
          const query = { id: String(world.nextId()), from, message: card, data: key, chat_instance: "1" };
          return postUpdate(world, bot, person, { update_id: world.nextId(), callback_query: query });
        }),
      );
      return { accepted: ends.every(Boolean) };
    },
    photo(bytes) {
      const id = keep(bytes, "image/jpeg");
      const photo = [
        { file_id: `${id}_small`, width: 90, height: 90 },
        { file_id: id, width: 1280, height: 960 },
      ];
      return send({ text: "", picture: id }, { photo });
    },
    voice(bytes) {
      const id = keep(bytes, "audio/ogg");
      return send({ text: "", picture: null }, { voice: { file_id: id, duration: 3, mime_type: "audio/ogg" } });
    },
    file(bytes, name) {
      const id = keep(bytes, "application/octet-stream");
      return send({ text: "", picture: null }, { document: { file_id: id, file_name: name } });
    },
    place({ latitude, longitude, label }) {
      const [x, y] = toSatellites(longitude, latitude);
      const location = { latitude: y, longitude: x };
      return send({ text: label, picture: null }, { location, venue: { location, title: label, address: "" } });
    },
    open(scene) {
      const payload = scene === null ? "" : ` ${Buffer.from(scene).toString("base64url")}`;
      chat.isBlocked = false;
      return send({ text: `/start${payload}`, picture: null }, { text: `/start${payload}` });
    },
    block() {
      chat.isBlocked = true;
      return member("member", "kicked");
    },
    unblock() {
      chat.isBlocked = false;
      return member("kicked", "member");
    },
    lines: () => chat.messages.map((message) => lineOf(chat, message)),
  };
}
