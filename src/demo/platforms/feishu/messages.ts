import { cardOf, wordsOfPost } from "./content.ts";
import { type App, type Chat, type ChatMessage, findMessage, show, tellLine, type World } from "./world.ts";

/** The fields of a call, as they were sent. */
export type Fields = Readonly<Record<string, unknown>>;

/** The platform's answer to a call: code 0 and data, or a code of failure. */
export type Answer = { readonly code: number; readonly msg: string; readonly [more: string]: unknown };

const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;
const CHANGEABLE_FOR_MS = 14 * 24 * HOUR_MS;
const TOKEN_FOR_MS = 30 * MINUTE_MS;
const TOKEN_USES = 2;
/** Five a second to one person. */
const MOST_IN_A_MINUTE = 300;
const MAX_TEXT_BYTES = 150 * 1024;
const MAX_CARD_BYTES = 30 * 1024;
const MAX_KEY_SIGNS = 50;

/** A failure by its code. */
export const no = (code: number, msg: string): Answer => ({ code, msg });

/** Sends a message to a person. Rooms there are none of here. */
export function sendMessage(world: World, app: App, fields: Fields, receiveIdType: string | null): Answer {
  if (receiveIdType === "chat_id") return no(230_002, "Bot can NOT be out of the chat.");
  if (receiveIdType !== "open_id") return no(230_001, "invalid receive_id_type");
  const chat = app.chats.get(String(fields.receive_id));
  return chat === undefined
    ? no(230_013, "Bot has NO availability to this user.")
    : put(world, app, chat, fields, null);
}

/** Answers a message of a chat. */
export function reply(world: World, app: App, messageId: string, fields: Fields): Answer {
  const found = findMessage(app, messageId);
  return found === null ? no(230_011, "The message was withdrawn.") : put(world, app, found.chat, fields, messageId);
}

function put(world: World, app: App, chat: Chat, fields: Fields, answers: string | null): Answer {
  const nowMs = world.now().getTime();
  const key = String(fields.uuid ?? "");
  if (key.length > MAX_KEY_SIGNS) return no(230_001, "uuid is too long");
  const before = app.sentByKey.get(key);
  if (key !== "" && before !== undefined && nowMs - before.atMs < HOUR_MS) return sent(before.id, chat);
  if (chat.isStopped) return no(230_053, "The user has stopped the bot from sending messages.");
  chat.sentAtMs = chat.sentAtMs.filter((one) => one > nowMs - MINUTE_MS);
  if (chat.sentAtMs.length >= MOST_IN_A_MINUTE) return no(230_020, "This operation triggers the frequency limit.");
  const read = messageIn(String(fields.msg_type), String(fields.content));
  if ("code" in read) return read;
  chat.sentAtMs.push(nowMs);
  const message = show(world, app, chat, { by: "service", state: "arrived", answers, ...read });
  if (key !== "") app.sentByKey.set(key, { id: message.id, atMs: nowMs });
  return sent(message.id, chat);
}

function sent(messageId: string, chat: Chat): Answer {
  return { code: 0, msg: "success", data: { message_id: messageId, chat_id: chat.id } };
}

/** What a call brings onto the screen, or the code of why not. */
function messageIn(
  type: string,
  content: string,
): (Pick<ChatMessage, "type" | "text"> & Partial<ChatMessage>) | Answer {
  const fields = parsed(content);
  if (fields === null) return no(230_001, "content is not a string in json format");
  const tooLong = no(230_025, "The length of the message content reaches its limit.");
  switch (type) {
    case "text": {
      const text = String(fields.text ?? "");
      if (text === "") return no(230_001, "text is empty");
      return Buffer.byteLength(content) > MAX_TEXT_BYTES ? tooLong : { type, text };
    }
    case "interactive": {
      const card = cardOf(fields);
      if (card === null) return no(230_099, "Failed to create card content");
      return Buffer.byteLength(content) > MAX_CARD_BYTES ? tooLong : { type, ...card };
    }
    case "post":
      return { type, ...wordsOfPost(fields) };
    case "image":
      return typeof fields.image_key === "string"
        ? { type, text: "", picture: fields.image_key }
        : no(230_001, "image_key is empty");
    case "file":
      return typeof fields.file_key === "string" ? { type, text: "" } : no(230_001, "file_key is empty");
    default:
      return no(230_001, "invalid msg_type");
  }
}

/** Changes a card by the id of its message. */
export function patch(world: World, app: App, messageId: string, fields: Fields): Answer {
  const found = findMessage(app, messageId);
  if (found === null || found.message.by !== "service" || found.message.type !== "interactive")
    return no(230_001, "This message is NOT a card.");
  if (world.now().getTime() - found.message.at.getTime() > CHANGEABLE_FOR_MS)
    return no(230_031, "The message has exceeded its update period.");
  return change(world, app, found, parsed(String(fields.content)));
}

/**
 * Changes a card by the token of a press: within half an hour, twice, and not before the press was answered. The codes of its
 * refusals are not documented.
 */
export function changeByToken(world: World, app: App, fields: Fields): Answer {
  const token = app.cardTokens.get(String(fields.token));
  if (token === undefined || world.now().getTime() - token.atMs > TOKEN_FOR_MS) return no(300_001, "token expired");
  if (!token.isAnswered) return no(300_002, "the press was not answered yet");
  if (token.uses >= TOKEN_USES) return no(300_003, "token used up");
  token.uses += 1;
  return change(world, app, token, Object(fields.card));
}

function change(
  world: World,
  app: App,
  { chat, message }: { readonly chat: Chat; readonly message: ChatMessage },
  content: Fields | null,
): Answer {
  const card = content === null ? null : cardOf(content);
  if (card === null) return no(230_099, "Failed to create card content");
  if (!message.isChangeable || !card.isChangeable) return no(230_001, "config.update_multi must be true");
  message.revised = card.text;
  message.buttons = card.buttons;
  tellLine(world, app, chat, message);
  return { code: 0, msg: "success", data: {} };
}

function parsed(content: string): Fields | null {
  try {
    const value: unknown = JSON.parse(content);
    return typeof value === "object" && value !== null ? (value as Fields) : null;
  } catch {
    return null;
  }
}
