import type { Deed, Phone } from "../face/platform.ts";
import type { Callbacks } from "./callbacks.ts";
import { type App, type ChatMessage, chatOf, keyOf, lineOf, show, tellLine, type World } from "./world.ts";

const MESSAGE = "im.message.receive_v1";
const ENTERED = "im.chat.access_event.bot_p2p_chat_entered_v1";
const PRESS = "card.action.trigger";

/** The phone of a person in their chat with an app's bot. */
export function pickUpPhone(world: World, callbacks: Callbacks, app: App, person: string): Phone {
  const chat = chatOf(world, app, person);
  const ids = { open_id: person, union_id: `on_${person}`, user_id: "" };

  const send = async (
    type: string,
    content: object,
    shown: Pick<ChatMessage, "text"> & Partial<ChatMessage>,
  ): Promise<Deed> => {
    chat.isOpen = true;
    const line = show(world, app, chat, { by: "person", state: "sending", type, ...shown });
    const parent = line.answers === null ? {} : { parent_id: line.answers, root_id: line.answers };
    const message = {
      ...{ message_id: line.id, ...parent, create_time: String(line.at.getTime()), chat_id: chat.id, chat_type: "p2p" },
      ...{ message_type: type, content: JSON.stringify(content) },
    };
    const body = { sender: { sender_id: ids, sender_type: "user", tenant_key: "tenant" }, message };
    const accepted = await callbacks.push(app, { person, type: MESSAGE, body });
    line.state = accepted ? "arrived" : "failed";
    tellLine(world, app, chat, line);
    return { accepted };
  };
  /** A file stands in the message by which it came. */
  const sendFile = (type: string, bytes: Uint8Array, contentType: string, more: object): Promise<Deed> => {
    const [key, id] = [world.nextId(type === "image" ? "img" : "file"), world.nextId("om")];
    world.files.set(key, { bytes, contentType, messageId: id });
    const picture = type === "image" ? key : null;
    return send(type, { [type === "image" ? "image_key" : "file_key"]: key, ...more }, { id, text: "", picture });
  };
  const press = async (message: ChatMessage, value: object): Promise<boolean> => {
    const token = world.nextId("c");
    const given = { message, chat, atMs: world.now().getTime(), uses: 0, isAnswered: false };
    app.cardTokens.set(token, given);
    const body = {
      ...{ operator: ids, token, action: { value, tag: "button" }, host: "im_message" },
      context: { open_message_id: message.id, open_chat_id: chat.id },
    };
    const answer = await callbacks.ask(app, { person, type: PRESS, body });
    given.isAnswered = true;
    const isGood = answer?.status === 200 && typeof answer.body === "object" && answer.body !== null;
    // Nobody hears of it again; on the screen stands an error.
    if (!isGood) show(world, app, chat, { by: "service", state: "failed", type: "system", text: "200341" });
    return isGood;
  };

  return {
    say: (text, answering) => send("text", { text }, { text, answers: answering?.id ?? null }),
    async press(line, key, times = 1) {
      const message = chat.messages.find(({ id }) => id === line.id);
      const value = (message?.buttons.find((button) => keyOf(button) === key) ?? pressedBefore(line, key))?.value;
      if (message === undefined || value === undefined)
        throw new Error(`There is no button ${key} on line ${line.id}.`);
      const ends = await Promise.all(Array.from({ length: times }, () => press(message, value)));
      return { accepted: ends.every(Boolean) };
    },
    photo: (bytes) => sendFile("image", bytes, "image/jpeg", {}),
    voice: (bytes) => sendFile("audio", bytes, "audio/ogg", { duration: 3000 }),
    place({ latitude, longitude, label }) {
      return send(
        "location",
        { name: label, longitude: String(longitude), latitude: String(latitude) },
        { text: label },
      );
    },
    async open() {
      const last = chat.messages.at(-1);
      chat.isOpen = true;
      const before = last && { last_message_id: last.id, last_message_create_time: String(last.at.getTime()) };
      const body = { chat_id: chat.id, operator_id: ids, ...before };
      return { accepted: await callbacks.push(app, { person, type: ENTERED, body }) };
    },
    // The platform tells nobody that somebody stopped a bot: it is found out by sending.
    async block() {
      chat.isStopped = true;
      return { accepted: true };
    },
    async unblock() {
      chat.isStopped = false;
      return { accepted: true };
    },
    lines: () => chat.messages.map((message) => lineOf(chat, message)),
  };
}

/** A button that was on the screen when it was pressed, though the card has changed meanwhile. */
function pressedBefore(line: ReturnType<Phone["lines"]>[number], key: string) {
  return line.buttons.some((button) => button.key === key) ? { value: { key } } : undefined;
}
