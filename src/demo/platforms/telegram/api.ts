import type { IncomingMessage, ServerResponse } from "node:http";
import { give } from "../face/give.ts";
import type { PlatformFault } from "../face/platform.ts";
import { type Bot, type Chat, chatOf, record, show, tellLine, type World } from "./world.ts";

type Fields = Readonly<Record<string, unknown>>;
type Answer =
  | { readonly ok: true; readonly result: unknown }
  | { readonly ok: false; readonly error_code: number; readonly description: string; readonly parameters?: object };

const MAX_SIGNS = 4096;
const MAX_DATA_BYTES = 64;
const FILE_METHODS: Readonly<Record<string, string>> = {
  sendPhoto: "photo",
  sendVoice: "voice",
  sendVideo: "video",
  sendDocument: "document",
};

const no = (code: number, description: string, parameters?: object): Answer => ({
  ok: false,
  error_code: code,
  description,
  ...(parameters && { parameters }),
});

/** Answers one call of the Bot API, `/bot<token>/<method>`, or gives a file. */
export async function answerCall(world: World, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const [, token = "", path = ""] = /^\/(?:file\/)?bot([^/]+)\/(.+)$/.exec(request.url ?? "") ?? [];
  const bot = [...world.bots.values()].find((one) => one.token === token);
  if (request.url?.startsWith("/file/")) return giveFile(world, bot, path, response);
  const fields = await fieldsOf(request);
  const to = textOf(fields.chat_id);
  const fault = world.faults.take(`/${path}`, to);
  const does = fault === null || /^(accept|garbled|slow)/.test(fault.kind);
  const answer = does ? call(world, bot, path, fields) : said(fault);
  record(world, {
    ...{
      kind: "call",
      at: world.now(),
      account: bot?.account ?? null,
      person: to,
      path: `/${path}`,
      request: told(fields),
    },
    ...{ status: fault === null ? 200 : null, code: answer.ok ? null : answer.error_code },
  });
  await give(request, response, fault, {
    status: answer.ok ? 200 : answer.error_code,
    ...{ body: JSON.stringify(answer), garbled: '{"ok":true,"res' },
  });
}

/** What is written down of a call: a file's size alone. */
function told(fields: Fields): Fields {
  return Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [name, value instanceof File ? value.size : value]),
  );
}

function said({ kind, code = 400, says, seconds }: PlatformFault): Answer {
  if (kind === "rate-limit") return no(429, `Too Many Requests: retry after ${seconds}`, { retry_after: seconds });
  if (kind === "drop") return { ok: true, result: {} };
  const { description = "Bad Request", parameters } = { ...says } as { description?: string; parameters?: object };
  return no(code, description, parameters);
}

function call(world: World, bot: Bot | undefined, method: string, fields: Fields): Answer {
  if (bot === undefined) return no(401, "Unauthorized");
  switch (method) {
    case "getMe":
      return { ok: true, result: { id: bot.id, is_bot: true, username: bot.username } };
    case "setWebhook":
      bot.webhook = { url: textOf(fields.url) ?? "", secret: textOf(fields.secret_token) ?? "" };
      return { ok: true, result: true };
    case "getWebhookInfo":
      return { ok: true, result: { url: bot.webhook.url, pending_update_count: 0 } };
    case "sendMessage":
      return sendMessage(world, bot, fields);
    case "editMessageText":
      return editMessage(world, bot, fields);
    case "getFile": {
      const id = textOf(fields.file_id) ?? "";
      return world.files.has(id)
        ? { ok: true, result: { file_id: id, file_path: `files/${id}` } }
        : no(400, "Bad Request: invalid file_id");
    }
    case "answerCallbackQuery":
      return { ok: true, result: true };
    default:
      return method in FILE_METHODS ? sendFile(world, bot, method, fields) : no(404, "Not Found");
  }
}

function reachable(bot: Bot, fields: Fields): Chat | Answer {
  const chat = bot.chats.get(textOf(fields.chat_id) ?? "");
  if (chat === undefined || !chat.isOpen) return no(400, "Bad Request: chat not found");
  return chat.isBlocked ? no(403, "Forbidden: bot was blocked by the user") : chat;
}

function sendMessage(world: World, bot: Bot, fields: Fields): Answer {
  const chat = reachable(bot, fields);
  if ("ok" in chat) return chat;
  const text = textOf(fields.text) ?? "";
  if (text === "") return no(400, "Bad Request: message text is empty");
  if (text.length > MAX_SIGNS) return no(400, "Bad Request: message is too long");
  const keyboard = (Object(fields.reply_markup).inline_keyboard ?? []) as Chat["messages"][number]["keyboard"];
  const isTooLong = keyboard.flat().some(({ callback_data: data }) => Buffer.byteLength(data) > MAX_DATA_BYTES);
  if (isTooLong) return no(400, "Bad Request: BUTTON_DATA_INVALID");
  const answers = Number(Object(fields.reply_parameters).message_id) || null;
  const line = show(world, bot, chat, { by: "service", state: "arrived", text, picture: null, keyboard, answers });
  return { ok: true, result: { message_id: line.id, chat: { id: Number(chat.person), type: "private" }, text } };
}

function sendFile(world: World, bot: Bot, method: string, fields: Fields): Answer {
  const chat = reachable(bot, fields);
  if ("ok" in chat) return chat;
  const field = FILE_METHODS[method] ?? "";
  const given = fields[field];
  if (!(given instanceof File) && typeof given !== "string")
    return no(400, "Bad Request: there is no file in the request");
  if (typeof given === "string" && !bot.sent.has(given))
    return no(400, "Bad Request: wrong file identifier/HTTP URL specified");
  const id = typeof given === "string" ? given : `sent_${world.nextId()}`;
  bot.sent.add(id);
  const picture = method === "sendPhoto" ? id : null;
  const text = textOf(fields.caption) ?? "";
  const line = show(world, bot, chat, { by: "service", state: "arrived", text, picture, keyboard: [], answers: null });
  const kept = method === "sendPhoto" ? [{ file_id: `${id}_small` }, { file_id: id }] : { file_id: id };
  const message = { message_id: line.id, chat: { id: Number(chat.person), type: "private" }, [field]: kept };
  return { ok: true, result: message };
}

function editMessage(world: World, bot: Bot, fields: Fields): Answer {
  const chat = chatOf(bot, textOf(fields.chat_id) ?? "");
  const message = chat.messages.find(({ id, by }) => id === Number(fields.message_id) && by === "service");
  if (message === undefined) return no(400, "Bad Request: message to edit not found");
  const text = textOf(fields.text) ?? "";
  if (text === (message.revised ?? message.text)) return no(400, "Bad Request: message is not modified");
  message.revised = text;
  message.keyboard = (Object(fields.reply_markup).inline_keyboard ?? []) as typeof message.keyboard;
  tellLine(world, bot, chat, message);
  return { ok: true, result: { message_id: message.id, chat: { id: Number(chat.person), type: "private" }, text } };
}

function giveFile(world: World, bot: Bot | undefined, path: string, response: ServerResponse): void {
  const file = bot === undefined ? undefined : world.files.get(path.replace(/^files\//, ""));
  if (file === undefined) response.writeHead(404).end();
  else response.writeHead(200, { "content-type": file.contentType }).end(file.bytes);
}

async function fieldsOf(request: IncomingMessage): Promise<Fields> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  const body = Buffer.concat(chunks);
  const type = request.headers["content-type"] ?? "";
  if (type.startsWith("multipart/")) {
    const form = await new Response(body, { headers: { "content-type": type } }).formData();
    return Object.fromEntries(form.entries());
  }
  try {
    return JSON.parse(body.toString() || "{}");
  } catch {
    return {};
  }
}

function textOf(value: unknown): string | null {
  return typeof value === "string" || typeof value === "number" ? String(value) : null;
}
