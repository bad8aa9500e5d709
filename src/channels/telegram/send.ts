import type { Action, Choice, Outbound, OutboundContent, Revision } from "../../domain/messages/message.ts";
import { WORDS_ONLY } from "../abilities.ts";
import { createAddressPace } from "../address-pace.ts";
import type { Abilities, Address, IsOurs, ReviseOutcome, Sender, SenderServices, SendOutcome } from "../channel.ts";
import { numbered } from "../numbered.ts";
import { splitText } from "../text-pieces.ts";
import type { Uploads } from "../uploads.ts";
import { type Api, CALLS_PER_SECOND } from "./api.ts";
import { outcomeOf } from "./errors.ts";
import { CHOICE } from "./inbound.ts";
import { MAX_SCENE_BYTES, payloadOf } from "./scenes.ts";

type File = Extract<OutboundContent, { kind: "media" }>;
type Keyboard = readonly (readonly { readonly text: string; readonly callback_data: string }[])[];

/** The platform takes 4096 signs; bytes are never fewer than these. */
const MAX_TEXT_BYTES = 4096;
const MAX_CAPTION_SIGNS = 1024;
const MAX_CHOICES = 20;
const MAX_ACTIONS = 8;
/** The platform holds back what is above it in a room. */
const ROOM_PER_MINUTE = 20;
const MEBIBYTE = 1024 * 1024;

/** The method and the field by which a file of each form is sent. */
const FILES: Readonly<Record<File["form"], readonly [method: string, field: string]>> = {
  image: ["sendPhoto", "photo"],
  voice: ["sendVoice", "voice"],
  video: ["sendVideo", "video"],
  file: ["sendDocument", "document"],
};

const ABILITIES: Abilities = {
  ...WORDS_ONLY,
  window: "open",
  joinsTexts: false,
  choices: { max: MAX_CHOICES, maxLabelLength: 64 },
  cards: { maxActions: MAX_ACTIONS, revisions: Number.POSITIVE_INFINITY, revisableForMs: 48 * 3_600_000 },
  media: { image: 10 * MEBIBYTE, voice: 50 * MEBIBYTE, video: 50 * MEBIBYTE, file: 50 * MEBIBYTE },
  replyTo: "id",
  rooms: true,
  pace: { ...WORDS_ONLY.pace, perSecond: CALLS_PER_SECOND },
};

/** Opens the sender of a bot: it does what {@link Sender} promises, by the Bot API. */
export function openSender(api: Api, uploads: Uploads, services: Pick<SenderServices, "now">): Sender {
  const roomPace = createAddressPace(services, ROOM_PER_MINUTE);
  return {
    abilities: ABILITIES,
    split: (text) => splitText(text, MAX_TEXT_BYTES),
    pause: api.pause,
    async send(rung, to, outbound, isOurs = () => true) {
      if (rung !== "direct") return { outcome: "refused", reason: `a bot has no ${rung} messages`, blocks: "rung" };
      const slow = to.kind === "room" && api.pause() === null ? roomPace.take(to.id) : null;
      if (slow !== null) return slow;
      return outbound.kind === "media"
        ? sendFile({ api, uploads, isOurs }, to, outbound)
        : sendWords(api, to, outbound, isOurs);
    },
    revise: (handle, _to, revision) => revise(api, handle, revision),
    async fetchMedia({ mediaId }) {
      const answer = await api.request("getFile", { file_id: mediaId });
      if (!answer.ok) return { ok: false, reason: reasonOf(answer), retryable: answer.failure.outcome === "retry" };
      const path: unknown = Object(answer.result).file_path;
      return typeof path === "string"
        ? api.download(path)
        : { ok: false, reason: "a file without a path", retryable: false };
    },
    link: (scene) => linkTo(api, scene),
  };
}

async function sendWords(
  api: Api,
  to: Address,
  outbound: Exclude<Outbound, File>,
  isOurs: IsOurs,
): Promise<SendOutcome> {
  const said = wordsOf(outbound);
  if (said === null) return { outcome: "refused", reason: "a notice has no direct form", blocks: "content" };
  const { text, keyboard } = said;
  const body = {
    chat_id: to.id,
    text,
    ...(keyboard.length > 0 && { reply_markup: { inline_keyboard: keyboard } }),
    ...answering(outbound),
  };
  return ended(await api.send("sendMessage", body, isOurs));
}

/** What a message says, and the buttons below it; a question with too many answers has them in its words. */
function wordsOf(
  content: Exclude<OutboundContent, File>,
): { readonly text: string; readonly keyboard: Keyboard } | null {
  switch (content.kind) {
    case "text":
      return { text: content.text, keyboard: [] };
    case "choices": {
      const { text, choices, closing } = content;
      if (choices.length > MAX_CHOICES) return { text: numbered(content), keyboard: [] };
      return { text: [text, closing].filter((line) => line !== "").join("\n"), keyboard: choices.map(buttonOf) };
    }
    case "card":
      return {
        text: content.text,
        keyboard: keyboardOf(content.actions),
      };
    case "notice":
      return null;
  }
}

function buttonOf({ id, label }: Choice): Keyboard[number] {
  return [{ text: `${id} ${label}`, callback_data: `${CHOICE}${id}` }];
}

type FileWay = { readonly api: Api; readonly uploads: Uploads; readonly isOurs: IsOurs };

/** Sends a file, which the platform keeps: the next time within a day it is sent by the id that it got. */
async function sendFile(way: FileWay, to: Address, file: File & Pick<Outbound, "replyTo">): Promise<SendOutcome> {
  if (file.bytes.byteLength > (ABILITIES.media[file.form] ?? 0)) {
    return { outcome: "refused", reason: `a ${file.form} that is too large`, blocks: "content" };
  }
  const { api, isOurs } = way;
  const [method, field] = FILES[file.form];
  const upload = await way.uploads.of(file.bytes);
  if (upload.name !== null) {
    const { caption } = file;
    const words = caption === "" ? {} : { caption: caption.slice(0, MAX_CAPTION_SIGNS) };
    const again = await api.send(
      method,
      { chat_id: to.id, [field]: upload.name, ...words, ...answering(file) },
      isOurs,
    );
    if (again.ok || !isUnknownFile(again)) return ended(again);
    await upload.forget(upload.name);
  }
  const form = new FormData();
  form.append("chat_id", to.id);
  if (file.caption !== "") form.append("caption", file.caption.slice(0, MAX_CAPTION_SIGNS));
  const { reply_parameters: answers } = answering(file);
  if (answers !== undefined) form.append("reply_parameters", JSON.stringify(answers));
  form.append(field, new Blob([new Uint8Array(file.bytes)], { type: file.contentType }), file.fileName);
  const answer = await api.send(method, form, isOurs);
  const id = answer.ok ? fileIdIn(Object(answer.result)[field]) : null;
  if (id !== null) await upload.keep(id);
  return ended(answer);
}

/** The id of a file in what was sent; of a photo there are several sizes, the largest last. */
function fileIdIn(sent: unknown): string | null {
  const id: unknown = Object(Array.isArray(sent) ? sent.at(-1) : sent).file_id;
  return typeof id === "string" && id !== "" ? id : null;
}

/** Whether the platform refuses a file because it does not know its id any more. */
function isUnknownFile({ code, failure }: Exclude<Awaited<ReturnType<Api["send"]>>, { ok: true }>): boolean {
  return code === 400 && /file.?(?:identifier|id\b|reference)/i.test(failure.reason);
}

/** A message that is gone meanwhile is not quoted, and the words go all the same. */
function answering({ replyTo }: Pick<Outbound, "replyTo">): {
  readonly reply_parameters?: { readonly message_id: number; readonly allow_sending_without_reply: true };
} {
  const id = Number(replyTo?.split("_").at(-1));
  return id > 0 ? { reply_parameters: { message_id: id, allow_sending_without_reply: true } } : {};
}

/** Only the platform's own `ok` is a delivery; its answer names the message, by which a card is changed. */
function ended(answer: Awaited<ReturnType<Api["send"]>>): SendOutcome {
  if (!answer.ok) return outcomeOf(answer);
  const message = Object(answer.result);
  const [chat, id]: unknown[] = [Object(message.chat).id, message.message_id];
  if (typeof chat !== "string" || typeof id !== "string") return { outcome: "delivered", platformId: null };
  return { outcome: "delivered", platformId: `${chat}_${id}`, handle: `${chat}_${id}` };
}

function keyboardOf(actions: readonly Action[]): Keyboard {
  return actions.slice(0, MAX_ACTIONS).map(({ key, label }) => [{ text: label, callback_data: key }]);
}

async function revise(api: Api, handle: string, { text: said, done, card }: Revision): Promise<ReviseOutcome> {
  const [, chat, message] = /^(-?\d+)_(\d+)$/.exec(handle) ?? [];
  if (chat === undefined) return { outcome: "spent" };
  const text = [said, done].filter((part) => part !== "").join("\n\n");
  const keyboard = keyboardOf(card?.actions ?? []);
  const body = { chat_id: chat, message_id: Number(message), text, reply_markup: { inline_keyboard: keyboard } };
  const answer = await api.request("editMessageText", body);
  if (answer.ok) return { outcome: "done" };
  const { failure } = answer;
  if (failure.outcome !== "refused" || failure.blocks !== "content") return failure;
  return { outcome: /not modified/i.test(failure.reason) ? "done" : "spent" };
}

/** The link that opens the chat with the bot and hands it a scene. */
async function linkTo(api: Api, scene: string): ReturnType<Sender["link"]> {
  const bytes = Buffer.byteLength(scene);
  if (bytes < 1 || bytes > MAX_SCENE_BYTES) return { ok: false, reason: `a scene has 1 to ${MAX_SCENE_BYTES} bytes` };
  const answer = await api.request("getMe", {});
  if (!answer.ok) return { ok: false, reason: reasonOf(answer) };
  const name: unknown = Object(answer.result).username;
  if (typeof name !== "string" || !/^\w{3,64}$/.test(name)) return { ok: false, reason: "a bot without a name" };
  return { ok: true, url: `https://t.me/${name}?start=${payloadOf(scene)}` };
}

function reasonOf(answer: Exclude<Awaited<ReturnType<Api["send"]>>, { ok: true }>): string {
  return answer.failure.reason;
}
