import type { Outbound, OutboundContent } from "../../domain/messages/message.ts";
import { WORDS_ONLY } from "../abilities.ts";
import { type AddressPace, createAddressPace } from "../address-pace.ts";
import type { Abilities, Address, IsOurs, ReviseOutcome, Sender, SenderServices, SendOutcome } from "../channel.ts";
import type { Failed } from "../failure.ts";
import { idIn } from "../json-fields.ts";
import { numbered } from "../numbered.ts";
import { splitText } from "../text-pieces.ts";
import { uploadedOnce } from "../uploads.ts";
import { type Answered, type Api, CALLS_PER_SECOND } from "./api.ts";
import { caseCard, MAX_ACTIONS, MAX_CARD_BYTES, MAX_CHOICES, questionCard, revisedCard } from "./cards.ts";
import { messageAndKey } from "./media-id.ts";

type File = Extract<OutboundContent, { kind: "media" }>;
/** A message in the platform's form: its kind, and what is in it. */
type Message = { readonly type: string; readonly content: object };

const MESSAGES = "/open-apis/im/v1/messages";
/** Below the platform's 150 KB, with what writing it as JSON adds; a longer one is no pleasure on a phone. */
const MAX_TEXT_BYTES = 10_000;
const MEBIBYTE = 1024 * 1024;
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** What is answered is gone: the message goes without pointing to it. */
const ANSWERED_IS_GONE: ReadonlySet<number | null> = new Set([230_011, 230_019, 230_110]);

const ABILITIES: Abilities = {
  ...WORDS_ONLY,
  window: "open",
  mustWriteFirst: false,
  joinsTexts: false,
  choices: { max: MAX_CHOICES, maxLabelLength: 64 },
  cards: { maxActions: MAX_ACTIONS, revisions: Number.POSITIVE_INFINITY, revisableForMs: 14 * DAY_MS },
  media: { image: 10 * MEBIBYTE, file: 30 * MEBIBYTE },
  replyTo: "id",
  rooms: true,
  idempotentMs: HOUR_MS,
  pace: { perSecond: CALLS_PER_SECOND, perAddressPerMinute: 240 },
};

/** Opens the sender of an app: it does what {@link Sender} promises, by the platform's API. */
export function openSender(api: Api, account: string, services: Pick<SenderServices, "store" | "now">): Sender {
  const pace = createAddressPace(services, ABILITIES.pace.perAddressPerMinute);
  return {
    abilities: ABILITIES,
    split: (text) => splitText(text, MAX_TEXT_BYTES),
    pause: api.pause,
    async send(rung, to, outbound, isOurs = () => true) {
      if (rung !== "direct") return { outcome: "refused", reason: `an app has no ${rung} messages`, blocks: "rung" };
      if (outbound.kind === "media") return sendFile({ api, account, pace, ...services }, to, outbound, isOurs);
      const message = messageOf(outbound);
      if (message === null) return { outcome: "refused", reason: "a notice has no direct form", blocks: "content" };
      return pace.take(to.id) ?? ended(await post(api, to, message, outbound, isOurs));
    },
    revise: (handle, _to, revision) => revise(api, handle, revisedCard(revision)),
    async fetchMedia({ mediaId, form }) {
      const named = messageAndKey(mediaId);
      if (named === null) return { ok: false, reason: "a file without a message", retryable: false };
      const path = `${MESSAGES}/${named.messageId}/resources/${named.key}`;
      return api.download(path, { type: form === "image" ? "image" : "file" });
    },
    link: async () => ({ ok: false, reason: "a link into this platform carries no scene" }),
  };
}

/** What a message is here; a question or a card that is too long for one is words, with its answers numbered. */
function messageOf(content: Exclude<OutboundContent, File>): Message | null {
  switch (content.kind) {
    case "text":
      return words(content.text);
    case "choices": {
      if (content.choices.length > MAX_CHOICES) return words(numbered(content));
      return cardOr(questionCard(content), numbered(content));
    }
    case "card":
      return cardOr(caseCard(content), content.text);
    case "notice":
      return null;
  }
}

function cardOr(card: object, text: string): Message {
  const isShort = Buffer.byteLength(JSON.stringify(card)) <= MAX_CARD_BYTES;
  return isShort ? { type: "interactive", content: card } : words(text);
}

/** In a text the platform reads `<at …>` as a call to somebody, or to all: people's words call nobody. */
function words(text: string): Message {
  return { type: "text", content: { text: text.replace(/<(?=\s*\/?\s*at\b)/gi, "＜") } };
}

/** Sends one message, which the platform knows again by its key for an hour. */
async function post(
  api: Api,
  to: Address,
  { type, content }: Message,
  { key, replyTo }: Pick<Outbound, "key" | "replyTo">,
  isOurs: IsOurs,
): Promise<Answered | Failed> {
  const message = { msg_type: type, content: JSON.stringify(content), uuid: key };
  if (replyTo !== undefined && /^[\w-]{1,200}$/.test(replyTo)) {
    const path = `${MESSAGES}/${replyTo}/reply`;
    const answer = await api.send({ method: "POST", path, body: () => message }, isOurs);
    if (answer.ok || !ANSWERED_IS_GONE.has(answer.code)) return answer;
  }
  const query = { receive_id_type: to.kind === "room" ? "chat_id" : "open_id" };
  const body = () => ({ receive_id: to.id, ...message });
  return api.send({ method: "POST", path: MESSAGES, query, body }, isOurs);
}

/** Where files are taken, and under which name the platform gives their key back. */
const UPLOADS = {
  image: { path: "/open-apis/im/v1/images", field: "image", kind: { image_type: "message" }, key: "image_key" },
  file: { path: "/open-apis/im/v1/files", field: "file", kind: { file_type: "stream" }, key: "file_key" },
} as const;

async function sendFile(
  using: { readonly api: Api; readonly account: string; readonly pace: AddressPace } & Pick<SenderServices, "store">,
  to: Address,
  file: File & Pick<Outbound, "key" | "replyTo">,
  isOurs: IsOurs,
): Promise<SendOutcome> {
  const { api, account, pace, store } = using;
  const { form, bytes, caption, key } = file;
  if (bytes.byteLength > (ABILITIES.media[form] ?? 0) || (form !== "image" && form !== "file")) {
    return { outcome: "refused", reason: `a ${form} that is too large, or cannot be sent here`, blocks: "content" };
  }
  const uploaded = await uploadedOnce(store, { account: `feishu\n${account}\n${form}`, bytes }, () =>
    upload(api, form, file),
  );
  if (!uploaded.ok) return uploaded.failure;
  const slow = pace.take(to.id);
  if (slow !== null) return slow;
  const shown = { [UPLOADS[form].key]: uploaded.id };
  if (caption === "") return ended(await post(api, to, { type: form, content: shown }, file, isOurs));
  if (form === "image") {
    const lines = [[{ tag: "img", ...shown }], [{ tag: "text", text: caption }]];
    return ended(
      await post(api, to, { type: "post", content: { zh_cn: { title: "", content: lines } } }, file, isOurs),
    );
  }
  // A file has no words beside it: they go first, with a key of their own, so that both are known again.
  const said = await post(api, to, words(caption), { ...file, key: `${key}_c` }, isOurs);
  return said.ok ? ended(await post(api, to, { type: form, content: shown }, { key }, isOurs)) : said.failure;
}

async function upload(api: Api, form: keyof typeof UPLOADS, file: File) {
  const { path, field, kind, key } = UPLOADS[form];
  const body = () => {
    const content = new FormData();
    for (const [name, value] of Object.entries(kind)) content.append(name, value);
    if (form === "file") content.append("file_name", file.fileName);
    content.append(field, new Blob([new Uint8Array(file.bytes)], { type: file.contentType }), file.fileName);
    return content;
  };
  const answer = await api.request({ method: "POST", path, body });
  return answer.ok ? ({ ok: true, id: idIn(answer.data, key) } as const) : answer;
}

/** Only the platform's own success is a delivery; its answer names the message, by which a card is changed. */
function ended(answer: Answered | Failed): SendOutcome {
  if (!answer.ok) return answer.failure;
  const id = idIn(answer.data, "message_id");
  return id === "" ? { outcome: "delivered", platformId: null } : { outcome: "delivered", platformId: id, handle: id };
}

async function revise(api: Api, handle: string, card: object): Promise<ReviseOutcome> {
  if (!/^[\w-]{1,200}$/.test(handle)) return { outcome: "spent" };
  const body = () => ({ content: JSON.stringify(card) });
  const answer = await api.request({ method: "PATCH", path: `${MESSAGES}/${handle}`, body });
  if (answer.ok) return { outcome: "done" };
  const { failure } = answer;
  return failure.outcome === "refused" && failure.blocks === "content" ? { outcome: "spent" } : failure;
}
