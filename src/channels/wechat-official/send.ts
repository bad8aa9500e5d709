import type { Outbound, OutboundContent, Rung } from "../../domain/messages/message.ts";
import { WORDS_ONLY } from "../abilities.ts";
import type { Abilities, Address, IsOurs, Sender, SendOutcome } from "../channel.ts";
import { type Answered, fetchMedia } from "../errcode-api.ts";
import type { Failed } from "../failure.ts";
import { numbered } from "../numbered.ts";
import { splitText } from "../text-pieces.ts";
import type { Upload, Uploads } from "../uploads.ts";
import { type Api, CALLS_PER_SECOND } from "./api.ts";
import { MENU_LIMITS, menuOf } from "./choices.ts";
import { LARGEST, PICTURES, type SentFile, SOUNDS, uploadFile } from "./media.ts";
import { fillTemplate, type Template } from "./template.ts";

/** The ways of an account to send; `passive` for one without the customer-service interface. */
export type AccountWays = {
  /** A mini program has no menus and no templates, takes pictures only, and sends its notices by an interface of its own. */
  readonly isMiniProgram: boolean;
  readonly replies: "passive" | "direct";
  readonly template: Template | null;
  readonly subscription: Template | null;
};

type Notice = Extract<Outbound, { kind: "notice" }>;
type Question = Extract<OutboundContent, { kind: "choices" }>;

/** 600 Chinese characters: the platform documents no limit, and clients differ (protocols.md 2.2). */
const MAX_TEXT_BYTES = 1800;
const LEAST_TEXT_BYTES = 225;
const CUSTOM_SEND = "/cgi-bin/message/custom/send";
/** The menu as such is refused, so the same question may go as words. */
const MENU_REFUSED: ReadonlySet<number | null> = new Set([40200, 45002, 45098, 45099]);
const TOO_LONG = 45002;
const MEDIA_EXPIRED = 40007;

/**
 * Opens the sender of an account: it does what {@link Sender} promises, by customer-service messages, templates and
 * notices.
 */
export function openSender(api: Api, uploads: Uploads, ways: AccountWays): Sender {
  const abilities = abilitiesOf(ways);
  return {
    abilities,
    split: (text) => splitText(text, MAX_TEXT_BYTES),
    pause: () => api.pause(CUSTOM_SEND),
    send(rung, to, outbound, isOurs = () => true) {
      if (rung === "passive")
        return Promise.resolve(misplaced("a passive reply leaves with the person's next message"));
      if (!abilities.rungs.includes(rung)) return Promise.resolve(misplaced(`the account has no ${rung} messages`));
      if (to.kind === "room") return Promise.resolve(unfit("the platform has no rooms"));
      const way = { api, uploads, to: to.id, isOurs, hasMenus: abilities.choices !== null };
      if (rung === "direct") return sendDirect(way, outbound);
      if (outbound.kind !== "notice") return Promise.resolve(unfit(`a ${rung} message takes notices only`));
      return rung === "template" ? sendTemplate(way, ways.template, outbound) : sendSubscription(way, ways, outbound);
    },
    revise: () => Promise.resolve(unfit("the platform has no cards")),
    fetchMedia: ({ mediaId }) => fetchMedia(api, mediaId),
    link: async (scene, forSeconds) => (ways.isMiniProgram ? NO_LINK : linkTo(api, scene, forSeconds)),
  };
}

/** The page on which the chat is opened names the scene: no call of ours makes such a code. */
const NO_LINK = {
  ok: false,
  reason: "a mini program's codes are made for its own pages, which hand the scene on as session-from",
} as const;

function abilitiesOf({ isMiniProgram, replies, template, subscription }: AccountWays): Abilities {
  const choices = isMiniProgram ? null : MENU_LIMITS;
  const shared = { ...WORDS_ONLY, choices, pace: { ...WORDS_ONLY.pace, perSecond: CALLS_PER_SECOND } };
  if (replies === "passive") return { ...shared, rungs: ["passive"], choices: null };
  const notices: Rung[] = [
    ...(template ? ["template" as const] : []),
    ...(subscription ? ["subscription" as const] : []),
  ];
  return {
    ...shared,
    rungs: ["direct", ...notices],
    media: isMiniProgram ? PICTURES : LARGEST,
    sounds: SOUNDS,
    reports: notices.length > 0,
  };
}

/** How a message gets to one person. */
type Way = {
  readonly api: Api;
  readonly uploads: Uploads;
  readonly to: Address["id"];
  readonly isOurs: IsOurs;
  readonly hasMenus: boolean;
};

function sendDirect(way: Way, outbound: Outbound): Promise<SendOutcome> {
  switch (outbound.kind) {
    case "text":
      return sendText(way, outbound.text);
    case "choices":
      return sendChoices(way, outbound);
    case "card":
      return sendText(way, outbound.text);
    case "media":
      return sendFile(way, outbound);
    case "notice":
      return Promise.resolve(unfit("a notice has no direct form"));
  }
}

/**
 * Sends a text; when the platform finds it too long, its halves one after the other.
 *
 * If a later part does not arrive the whole is `uncertain`: the first part did arrive, and repeating would double it.
 */
async function sendText(way: Way, text: string, bytes = MAX_TEXT_BYTES): Promise<SendOutcome> {
  const answer = await sendCustom(way, "text", { content: text });
  const half = Math.floor(Math.min(bytes, Buffer.byteLength(text)) / 2);
  if (answer.ok || answer.code !== TOO_LONG || half < LEAST_TEXT_BYTES) return outcomeOf(answer);
  let outcome = outcomeOf(answer);
  for (const [index, part] of splitText(text, half).entries()) {
    outcome = await sendText(way, part, half);
    if (outcome.outcome === "delivered") continue;
    const reason = `only the beginning arrived: ${"reason" in outcome ? outcome.reason : outcome.outcome}`;
    return index === 0 ? outcome : { outcome: "uncertain", reason };
  }
  return outcome;
}

async function sendChoices(way: Way, question: Question): Promise<SendOutcome> {
  const menu = way.hasMenus ? menuOf(question) : null;
  if (menu === null) return sendText(way, numbered(question));
  const answer = await sendCustom(way, "msgmenu", menu);
  if (!answer.ok && MENU_REFUSED.has(answer.code)) return sendText(way, numbered(question));
  return outcomeOf(answer);
}

async function sendFile(way: Way, file: SentFile): Promise<SendOutcome> {
  const upload = await way.uploads.of(file.bytes);
  const answer = await sendUploaded(way, file, upload.name ?? (await uploadAnew(way, file, upload)));
  if (answer.ok || answer.code !== MEDIA_EXPIRED) return outcomeOf(answer);
  return outcomeOf(await sendUploaded(way, file, await uploadAnew(way, file, upload)));
}

async function uploadAnew(way: Way, file: SentFile, before: Upload): Promise<string | Failed> {
  if (before.name !== null) await before.forget(before.name);
  const made = await uploadFile(way.api, file);
  if (!made.ok) return made;
  await before.keep(made.mediaId);
  return made.mediaId;
}

async function sendUploaded(way: Way, file: SentFile, uploaded: string | Failed): Promise<Answered | Failed> {
  if (typeof uploaded !== "string") return uploaded;
  return sendCustom(way, file.form, { media_id: uploaded });
}

/** `client_msg_id` makes a repetition within 10 minutes harmless: no other call of the platform has that. */
async function sendTemplate({ api, to, isOurs }: Way, template: Template | null, notice: Notice): Promise<SendOutcome> {
  const data = template && fillTemplate(template, notice.fields);
  if (!data) return unfit("a notice whose date is no day");
  const body = { touser: to, template_id: template.id, data, client_msg_id: notice.key };
  return outcomeOf(await api.send("/cgi-bin/message/template/send", body, isOurs));
}

async function sendSubscription(
  { api, to, isOurs }: Way,
  { subscription: template, isMiniProgram }: AccountWays,
  notice: Notice,
): Promise<SendOutcome> {
  const data = template && fillTemplate(template, notice.fields);
  if (!data) return unfit("a notice whose date is no day");
  const body = { touser: to, template_id: template.id, data };
  const path = isMiniProgram ? "/cgi-bin/message/subscribe/send" : "/cgi-bin/message/subscribe/bizsend";
  return outcomeOf(await api.send(path, body, isOurs));
}

/** Registers a scene of 1 to 64 characters, a permanent one where no time is given: an account has 100,000 of those. */
async function linkTo(api: Api, scene: string, forSeconds?: number): ReturnType<Sender["link"]> {
  if (scene.length < 1 || scene.length > 64) return { ok: false, reason: "a scene has 1 to 64 characters" };
  const answer = await api.request("/cgi-bin/qrcode/create", {
    ...(forSeconds === undefined
      ? { action_name: "QR_LIMIT_STR_SCENE" }
      : { action_name: "QR_STR_SCENE", expire_seconds: forSeconds }),
    action_info: { scene: { scene_str: scene } },
  });
  if (!answer.ok) return { ok: false, reason: answer.failure.reason };
  const url = answer.fields.url;
  return typeof url === "string" && url !== "" ? { ok: true, url } : { ok: false, reason: "an answer without url" };
}

function sendCustom({ api, to, isOurs }: Way, type: string, content: Readonly<Record<string, unknown>>) {
  return api.send(CUSTOM_SEND, { touser: to, msgtype: type, [type]: content }, isOurs);
}

/** Only the platform's own `errcode` 0 is a delivery. */
function outcomeOf(answer: Answered | Failed): SendOutcome {
  if (!answer.ok) return answer.failure;
  if (String(answer.fields.errcode) !== "0") return { outcome: "uncertain", reason: "an answer without errcode" };
  const id = answer.fields.msgid;
  return { outcome: "delivered", platformId: typeof id === "string" && id !== "" ? id : null };
}

function unfit(reason: string): { readonly outcome: "refused"; readonly reason: string; readonly blocks: "content" } {
  return { outcome: "refused", reason, blocks: "content" };
}

function misplaced(reason: string): SendOutcome {
  return { outcome: "refused", reason, blocks: "rung" };
}
