import type { Outbound, Revision } from "../../domain/messages/message.ts";
import { WORDS_ONLY } from "../abilities.ts";
import type { Abilities, Address, IsOurs, ReviseOutcome, Sender, SenderServices, SendOutcome } from "../channel.ts";
import { type Answered, type ErrcodeApi, fetchMedia } from "../errcode-api.ts";
import type { Failed } from "../failure.ts";
import { numbered } from "../numbered.ts";
import { splitText } from "../text-pieces.ts";
import { CALLS_PER_SECOND } from "./api.ts";
import { CARD_LIMITS, caseCard, changeOf, questionCard } from "./cards.ts";
import { LARGEST, type SentFile, uploadFile } from "./media.ts";
import { createRecent, type Recent } from "./recent.ts";

/** An app of a corporation, as far as its messages name it. */
export type App = { readonly corpId: string; readonly agentId: string };

type Json = Readonly<Record<string, unknown>>;
/** How a message gets to one member. */
type Way = {
  readonly api: ErrcodeApi;
  readonly app: App;
  readonly recent: Recent;
  readonly to: string;
  readonly isOurs: IsOurs;
};

const SEND = "/cgi-bin/message/send";
const UPDATE = "/cgi-bin/message/update_template_card";
/** The platform cuts at 2048 bytes; the rest is for the marks of texts that say the same. */
const MAX_TEXT_BYTES = 1900;
const REPEAT_SECONDS = 1800;
/** Above 30 a minute the platform drops what is sent to one member, and says nothing (protocols.md 3.3). */
const PER_MINUTE = 25;
/** Two texts that say the same are two: nobody sees the marks behind the second one, which the platform compares. */
const MARK = "\u200b";
const HOUR_MS = 3_600_000;

const ABILITIES: Abilities = {
  ...WORDS_ONLY,
  window: "open",
  mustWriteFirst: false,
  joinsTexts: false,
  choices: { max: CARD_LIMITS.actions, maxLabelLength: CARD_LIMITS.label },
  cards: { maxActions: CARD_LIMITS.actions, revisions: 1, revisableForMs: 72 * HOUR_MS, maxWords: CARD_LIMITS.words },
  media: LARGEST,
  idempotentMs: REPEAT_SECONDS * 1000,
  pace: { perSecond: CALLS_PER_SECOND, perAddressPerMinute: PER_MINUTE },
};

/** Opens the sender of an app: it does what {@link Sender} promises, by app messages and cards. */
export function openSender(api: ErrcodeApi, app: App, services: SenderServices): Sender {
  const recent = createRecent(services, {
    account: `${app.corpId}\n${app.agentId}`,
    perMinute: PER_MINUTE,
    memoryMs: ABILITIES.idempotentMs,
  });
  return {
    abilities: ABILITIES,
    split: (text) => splitText(text, MAX_TEXT_BYTES),
    pause: () => api.pause(SEND),
    async send(rung, to, outbound, isOurs = () => true) {
      if (rung !== "direct") return { outcome: "refused", reason: `an app has no ${rung} messages`, blocks: "rung" };
      if (to.kind === "room") return unfit("an app has no rooms");
      return sendDirect({ api, app, recent, to: to.id, isOurs }, outbound);
    },
    revise: (handle, to, revision) => revise(api, app, { handle, to }, revision),
    fetchMedia: ({ mediaId }) => fetchMedia(api, mediaId),
    link: () => Promise.resolve({ ok: false, reason: "an app is opened by its members, and has no link with a scene" }),
  };
}

function sendDirect(way: Way, outbound: Outbound): Promise<SendOutcome> {
  const { key } = outbound;
  switch (outbound.kind) {
    case "text":
      return sendText(way, key, outbound.text);
    case "choices": {
      const card = questionCard(outbound, key);
      return card === null ? sendText(way, key, numbered(outbound)) : sendCard(way, key, card);
    }
    case "card":
      return sendCard(way, key, caseCard(outbound, key));
    case "media":
      return sendFile(way, key, outbound);
    case "notice":
      return Promise.resolve(unfit("a notice has no direct form"));
  }
}

async function sendText(way: Way, key: string, text: string): Promise<SendOutcome> {
  const taken = await way.recent.take(way.to, key, text);
  if (!taken.ok) return taken.outcome;
  return outcomeOf(await call(way, "text", { content: text + MARK.repeat(taken.marks) }));
}

async function sendCard(way: Way, key: string, card: Json): Promise<SendOutcome> {
  const taken = await way.recent.take(way.to, key, null);
  return taken.ok ? outcomeOf(await call(way, "template_card", card)) : taken.outcome;
}

/** A caption goes before its file, for no file of the platform has one. */
async function sendFile(way: Way, key: string, file: SentFile): Promise<SendOutcome> {
  if (file.caption !== "") {
    const said = await sendText(way, `${key}c`, file.caption);
    if (said.outcome !== "delivered") return said;
  }
  const taken = await way.recent.take(way.to, key, null);
  if (!taken.ok) return taken.outcome;
  const upload = await uploadFile(way.api, file);
  return upload.ok ? outcomeOf(await call(way, upload.form, { media_id: upload.mediaId })) : upload.failure;
}

function call({ api, app, to, isOurs }: Way, type: string, content: Json): Promise<Answered | Failed> {
  const message = { touser: to, msgtype: type, agentid: Number(app.agentId), [type]: content };
  const repeats = { enable_duplicate_check: 1, duplicate_check_interval: REPEAT_SECONDS };
  return api.send(SEND, { ...message, ...repeats }, isOurs);
}

/** Only the platform's own `errcode` 0 is a delivery, and not where the member stands among those who do not get it. */
function outcomeOf(answer: Answered | Failed): SendOutcome {
  if (!answer.ok) return answer.failure;
  const { errcode, invaliduser, unlicenseduser, msgid, response_code: code } = answer.fields;
  if (String(errcode) !== "0") return { outcome: "uncertain", reason: "an answer without errcode" };
  if (isNamed(invaliduser))
    return { outcome: "refused", reason: "the member is unknown, or outside those who see the app", blocks: "person" };
  if (isNamed(unlicenseduser))
    return { outcome: "refused", reason: "the member has no licence for the app", blocks: "person" };
  const platformId = isNamed(msgid) ? msgid : null;
  return { outcome: "delivered", platformId, ...(isNamed(code) && { handle: code }) };
}

/** The code of a card serves once: whatever else the platform finds wrong with it, the card stands as it was. */
async function revise(
  api: ErrcodeApi,
  { agentId }: App,
  { handle, to }: { readonly handle: string; readonly to: Address },
  revision: Revision,
): Promise<ReviseOutcome> {
  const change = changeOf(revision, `rev_${handle.replace(/[^\w-]/g, "").slice(0, 100)}`);
  const body = { userids: [to.id], agentid: Number(agentId), response_code: handle, ...change };
  const answer = await api.send(UPDATE, body, () => true);
  if (answer.ok) return { outcome: "done" };
  const { failure } = answer;
  return failure.outcome === "refused" && failure.blocks === "content" ? { outcome: "spent" } : failure;
}

function isNamed(value: unknown): value is string {
  return typeof value === "string" && value !== "";
}

function unfit(reason: string): SendOutcome {
  return { outcome: "refused", reason, blocks: "content" };
}
