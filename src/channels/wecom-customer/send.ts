import type { Outbound, OutboundContent } from "../../domain/messages/message.ts";
import { WORDS_ONLY } from "../abilities.ts";
import type { Abilities, IsOurs, Sender, SenderServices, SendOutcome } from "../channel.ts";
import { type Answered, type ErrcodeApi, fetchMedia } from "../errcode-api.ts";
import type { Failed } from "../failure.ts";
import { numbered } from "../numbered.ts";
import { splitText } from "../text-pieces.ts";
import { addressOf, type CustomerAddress } from "./address.ts";
import { CALLS_PER_SECOND } from "./api.ts";
import { takeCode } from "./codes.ts";
import { MEDIA_EXPIRED, MENU_REFUSED, SESSION_ELSEWHERE } from "./errors.ts";
import { linkTo } from "./link.ts";
import { LARGEST, type SentFile, uploadFile } from "./media.ts";
import { MENU_LIMITS, menuOf } from "./menu.ts";

type Said = { readonly msgtype: string; readonly content: Readonly<Record<string, unknown>> };

const MAX_TEXT_BYTES = 2048;
const SEND = "/cgi-bin/kf/send_msg";
const SEND_BY_CODE = "/cgi-bin/kf/send_msg_on_event";
/** States of a session: new, with us, and ended. */
const [NEW, OURS, ENDED] = ["0", "1", "4"];
const HOUR_MS = 3_600_000;

const ABILITIES: Abilities = {
  ...WORDS_ONLY,
  choices: MENU_LIMITS,
  media: LARGEST,
  // The platform knows an id of ours for good; how long is nowhere said.
  idempotentMs: HOUR_MS,
  reports: true,
  pace: { ...WORDS_ONLY.pace, perSecond: CALLS_PER_SECOND },
};

/** How a message gets to one person. */
type Way = {
  readonly api: ErrcodeApi;
  readonly services: SenderServices;
  readonly id: string;
  readonly to: CustomerAddress;
  readonly key: string;
  readonly isOurs: IsOurs;
};

/**
 * Opens the sender of an account: it does what {@link Sender} promises, by messages of the customer service, each under an id of ours.
 * @param openKfId the customer-service account to which links lead; the first of the corporation where it is null
 */
export function openSender(api: ErrcodeApi, services: SenderServices, openKfId: string | null): Sender {
  return {
    abilities: ABILITIES,
    split: (text) => splitText(text, MAX_TEXT_BYTES),
    pause: () => api.pause(SEND),
    async send(rung, { kind, id }, outbound, isOurs = () => true) {
      const to = kind === "room" ? null : addressOf(id);
      if (rung !== "direct") return refused(`the account has no ${rung} messages`, "rung");
      if (to === null) return refused("no address of a customer", "person");
      return sendContent({ api, services, id, to, key: outbound.key, isOurs }, outbound);
    },
    revise: async () => refused("the platform has no cards", "content"),
    fetchMedia: ({ mediaId }) => fetchMedia(api, mediaId),
    link: (scene) => linkTo(api, openKfId, scene),
  };
}

async function sendContent(way: Way, content: Outbound): Promise<SendOutcome> {
  switch (content.kind) {
    case "text":
    case "card":
      return outcomeOf(await say(way, textOf(content.text)));
    case "choices":
      return sendChoices(way, content);
    case "media":
      return sendFile(way, content);
    case "notice":
      return refused("a notice has no direct form", "content");
  }
}

function textOf(text: string): Said {
  return { msgtype: "text", content: { content: text } };
}

async function sendChoices(way: Way, question: Extract<OutboundContent, { kind: "choices" }>): Promise<SendOutcome> {
  const menu = menuOf(question);
  const words = textOf(numbered(question));
  if (menu === null) return outcomeOf(await say(way, words));
  const answer = await say(way, { msgtype: "msgmenu", content: menu });
  if (!answer.ok && MENU_REFUSED.has(answer.code)) return outcomeOf(await say(way, words));
  return outcomeOf(answer);
}

async function sendFile(way: Way, file: SentFile): Promise<SendOutcome> {
  const answer = await sendUploaded(way, file);
  return outcomeOf(!answer.ok && answer.code === MEDIA_EXPIRED ? await sendUploaded(way, file) : answer);
}

async function sendUploaded(way: Way, file: SentFile): Promise<Answered | Failed> {
  const upload = await uploadFile(way.api, file);
  return upload.ok ? transmit(way, { msgtype: file.form, content: { media_id: upload.mediaId } }) : upload;
}

/** Sends words or a menu: with the one-time code of the session's beginning or end, where there is a fresh one, which leaves the allowance as it is; else as a usual message. */
async function say(way: Way, said: Said): Promise<Answered | Failed> {
  const code = way.isOurs() ? await takeCode(way.services.store, way.id, way.services.now()) : null;
  if (code !== null) {
    const body = { code, msgid: way.key, msgtype: said.msgtype, [said.msgtype]: said.content };
    const answer = await way.api.send(SEND_BY_CODE, body, way.isOurs);
    // A code that is over says nothing of the person: their last message may allow what it did not.
    if (answer.ok || answer.failure.outcome !== "refused") return answer;
  }
  return transmit(way, said);
}

/** Sends; where the session is with somebody else, or has ended, it is taken back if the platform lets us, and sent once more. */
async function transmit(way: Way, said: Said): Promise<Answered | Failed> {
  const answer = await sendOnce(way, said);
  if (answer.ok || answer.code !== SESSION_ELSEWHERE || !(await takeSession(way))) return answer;
  return sendOnce(way, said);
}

function sendOnce({ api, to, key, isOurs }: Way, { msgtype, content }: Said): Promise<Answered | Failed> {
  const body = { touser: to.person, open_kfid: to.openKfId, msgid: key, msgtype, [msgtype]: content };
  return api.send(SEND, body, isOurs);
}

async function takeSession({ api, to }: Way): Promise<boolean> {
  const session = { open_kfid: to.openKfId, external_userid: to.person };
  const asked = await api.request("/cgi-bin/kf/service_state/get", session);
  const state = asked.ok ? String(asked.fields.service_state) : "";
  if (state !== NEW && state !== ENDED) return false;
  const taken = await api.request("/cgi-bin/kf/service_state/trans", { ...session, service_state: Number(OURS) });
  return taken.ok;
}

/** Only the platform's own `errcode` 0 is a delivery; a report may still take it back, by the id that it names. */
function outcomeOf(answer: Answered | Failed): SendOutcome {
  if (!answer.ok) return answer.failure;
  if (String(answer.fields.errcode) !== "0") return { outcome: "uncertain", reason: "an answer without errcode" };
  const id = answer.fields.msgid;
  return { outcome: "delivered", platformId: typeof id === "string" && id !== "" ? id : null };
}

function refused(
  reason: string,
  blocks: "rung" | "person" | "content",
): { readonly outcome: "refused"; readonly reason: string; readonly blocks: typeof blocks } {
  return { outcome: "refused", reason, blocks };
}
