import type { Outbound, Rung } from "../../domain/message.ts";
import type { Sender, SendOutcome } from "../channel.ts";
import type { Answered, Api, Failed } from "./api.ts";
import { menuOf, numbered } from "./choices.ts";
import { fetchMedia, uploadImage } from "./media.ts";
import { fillTemplate, type Template } from "./template.ts";
import { splitText } from "./text.ts";

/** Which ways an account has; `passive` for one without the customer-service interface. */
export type AccountAbilities = {
  readonly replies: "passive" | "direct";
  readonly template: Template | null;
  readonly subscription: Template | null;
};

type Notice = Extract<Outbound, { kind: "notice" }>;
type Question = Extract<Outbound, { kind: "choices" }>;
type Image = Extract<Outbound, { kind: "image" }>;

/** 600 Chinese characters: the platform documents no limit, and clients differ (protocols.md 2.2). */
const MAX_TEXT_BYTES = 1800;
const LEAST_TEXT_BYTES = 225;
const CUSTOM_SEND = "/cgi-bin/message/custom/send";
/** The menu as such is refused, so the same question may go as words. */
const MENU_REFUSED: ReadonlySet<number | null> = new Set([40200, 45002, 45098, 45099]);
const TOO_LONG = 45002;
const MEDIA_EXPIRED = 40007;

/** The calling side of an account: what {@link Sender} promises, on customer-service messages, templates and notices. */
export function openSender(api: Api, abilities: AccountAbilities): Sender {
  return {
    rungs: rungsOf(abilities),
    split: (text) => splitText(text, MAX_TEXT_BYTES),
    pause: () => api.pause(CUSTOM_SEND),
    send(rung, to, outbound) {
      if (rung === "passive")
        return Promise.resolve(misplaced("a passive reply leaves with the person's next message"));
      if (!rungsOf(abilities).includes(rung)) return Promise.resolve(misplaced(`the account has no ${rung} messages`));
      if (rung === "direct") return sendDirect(api, to, outbound);
      if (outbound.kind !== "notice") return Promise.resolve(unfit(`a ${rung} message takes notices only`));
      return rung === "template"
        ? sendTemplate(api, to, abilities.template, outbound)
        : sendSubscription(api, to, abilities.subscription, outbound);
    },
    fetchMedia: (mediaId) => fetchMedia(api, mediaId),
    createQr: (scene) => createQr(api, scene),
  };
}

function rungsOf({ replies, template, subscription }: AccountAbilities): readonly Rung[] {
  if (replies === "passive") return ["passive"];
  return ["direct", ...(template ? ["template" as const] : []), ...(subscription ? ["subscription" as const] : [])];
}

function sendDirect(api: Api, to: string, outbound: Outbound): Promise<SendOutcome> {
  switch (outbound.kind) {
    case "text":
      return sendText(api, to, outbound.text);
    case "choices":
      return sendChoices(api, to, outbound);
    case "image":
      return sendImage(api, to, outbound);
    case "notice":
      return Promise.resolve(unfit("a notice has no direct form"));
  }
}

/**
 * Sends a text; when the platform finds it too long, its halves one after the other.
 *
 * If a later part does not arrive the whole is `uncertain`: the first part did arrive, and repeating would double it.
 */
async function sendText(api: Api, to: string, text: string, bytes = MAX_TEXT_BYTES): Promise<SendOutcome> {
  const answer = await sendCustom(api, to, "text", { content: text });
  const half = Math.floor(Math.min(bytes, Buffer.byteLength(text)) / 2);
  if (answer.ok || answer.code !== TOO_LONG || half < LEAST_TEXT_BYTES) return outcomeOf(answer);
  let outcome = outcomeOf(answer);
  for (const [index, part] of splitText(text, half).entries()) {
    outcome = await sendText(api, to, part, half);
    if (outcome.outcome === "delivered") continue;
    return index === 0 ? outcome : { outcome: "uncertain", reason: `only the beginning arrived: ${outcome.reason}` };
  }
  return outcome;
}

async function sendChoices(api: Api, to: string, question: Question): Promise<SendOutcome> {
  const menu = menuOf(question);
  if (menu === null) return sendText(api, to, numbered(question));
  const answer = await sendCustom(api, to, "msgmenu", menu);
  if (!answer.ok && MENU_REFUSED.has(answer.code)) return sendText(api, to, numbered(question));
  return outcomeOf(answer);
}

async function sendImage(api: Api, to: string, image: Image): Promise<SendOutcome> {
  const answer = await sendUploaded(api, to, image);
  if (answer.ok || answer.code !== MEDIA_EXPIRED) return outcomeOf(answer);
  return outcomeOf(await sendUploaded(api, to, image));
}

async function sendUploaded(api: Api, to: string, image: Image): Promise<Answered | Failed> {
  const upload = await uploadImage(api, image);
  return upload.ok ? sendCustom(api, to, "image", { media_id: upload.mediaId }) : upload;
}

/** `client_msg_id` makes a repetition within 10 minutes harmless: no other call of the platform has that. */
async function sendTemplate(api: Api, to: string, template: Template | null, notice: Notice): Promise<SendOutcome> {
  const data = template && fillTemplate(template, notice.fields);
  if (!data) return unfit("a notice whose date is no day");
  return outcomeOf(
    await api.send("/cgi-bin/message/template/send", {
      touser: to,
      template_id: template.id,
      data,
      client_msg_id: notice.idempotencyKey,
    }),
  );
}

async function sendSubscription(api: Api, to: string, template: Template | null, notice: Notice): Promise<SendOutcome> {
  const data = template && fillTemplate(template, notice.fields);
  if (!data) return unfit("a notice whose date is no day");
  return outcomeOf(
    await api.send("/cgi-bin/message/subscribe/bizsend", { touser: to, template_id: template.id, data }),
  );
}

/** Registers a permanent scene of 1 to 64 characters; an account has 100,000 of them. */
async function createQr(api: Api, scene: string): ReturnType<Sender["createQr"]> {
  if (scene.length < 1 || scene.length > 64) return { ok: false, reason: "a scene has 1 to 64 characters" };
  const answer = await api.request("/cgi-bin/qrcode/create", {
    action_name: "QR_LIMIT_STR_SCENE",
    action_info: { scene: { scene_str: scene } },
  });
  if (!answer.ok) return { ok: false, reason: answer.failure.reason };
  const url = answer.fields.url;
  return typeof url === "string" && url !== "" ? { ok: true, url } : { ok: false, reason: "an answer without url" };
}

function sendCustom(api: Api, to: string, type: string, content: Readonly<Record<string, unknown>>) {
  return api.send(CUSTOM_SEND, { touser: to, msgtype: type, [type]: content });
}

/** Only the platform's own `errcode` 0 is a delivery. */
function outcomeOf(answer: Answered | Failed): SendOutcome {
  if (!answer.ok) return answer.failure;
  if (String(answer.fields.errcode) !== "0") return { outcome: "uncertain", reason: "an answer without errcode" };
  const id = answer.fields.msgid;
  return { outcome: "delivered", platformId: typeof id === "string" && id !== "" ? id : null };
}

function unfit(reason: string): SendOutcome {
  return { outcome: "refused", reason, blocks: "content" };
}

function misplaced(reason: string): SendOutcome {
  return { outcome: "refused", reason, blocks: "rung" };
}
