import { WORDS_ONLY } from "../abilities.ts";
import type { Abilities, Channel, ChannelAccount, Mailbox, Sender, SenderServices } from "../channel.ts";
import { option, settingsAmong } from "../options.ts";

/** The type of the web chat, as addresses and commands name it. */
export const WEB_CHANNEL = "web";

const OPTIONS = [option("phone", "the number that people may ring when too many write at once")];

const LARGEST_PICTURE_BYTES = 10 * 1024 * 1024;

/** A page shows words of any length at any time, each message by itself; a post with the same key is the same post for as long as it is there. */
const ABILITIES: Abilities = {
  ...WORDS_ONLY,
  window: "open",
  joinsTexts: false,
  choices: { max: 20, maxLabelLength: 200 },
  media: { image: LARGEST_PICTURE_BYTES },
  idempotentMs: 180 * 86_400_000,
};

/** Puts what a visitor is to read where their page finds it: there it is delivered. */
function connect(account: ChannelAccount, { mailbox, publicUrl }: SenderServices): Sender {
  return {
    abilities: ABILITIES,
    split: (text) => [text],
    pause: () => null,
    async send(_rung, to, outbound, isOurs) {
      if (outbound.kind === "notice") return { outcome: "refused", reason: "a page needs no notices", blocks: "rung" };
      if (isOurs?.() === false)
        return { outcome: "retry", reason: "another process took over", afterMs: 0, scope: "message" };
      return put(mailbox, to, outbound);
    },
    revise: async () => ({ outcome: "refused", reason: "posts are not changed", blocks: "content" }),
    fetchMedia: ({ mediaId }) => fetchPhoto(mailbox, mediaId),
    async link(scene) {
      if (publicUrl === "") return { ok: false, reason: "nobody has said how the world sees this service" };
      return { ok: true, url: `${publicUrl}/w/${account.name}?s=${encodeURIComponent(scene)}` };
    },
  };
}

async function put(
  mailbox: Mailbox | undefined,
  to: Parameters<Mailbox["put"]>[0],
  outbound: Parameters<Sender["send"]>[2],
): ReturnType<Sender["send"]> {
  if (mailbox === undefined) return { outcome: "refused", reason: "there is no mailbox here", blocks: "account" };
  try {
    const id = await mailbox.put(to, outbound.key, outbound);
    if (id === null) return { outcome: "refused", reason: "this visitor was erased", blocks: "person" };
    return { outcome: "delivered", platformId: id };
  } catch (error) {
    // A commit whose answer was lost may have been made.
    return { outcome: "uncertain", reason: error instanceof Error ? error.message.slice(0, 200) : "unknown" };
  }
}

async function fetchPhoto(mailbox: Mailbox | undefined, mediaId: string): ReturnType<Sender["fetchMedia"]> {
  const bytes = await mailbox?.upload(mediaId).catch(() => undefined);
  if (bytes === undefined) return { ok: false, reason: "the database does not answer", retryable: true };
  if (bytes === null) return { ok: false, reason: "the photo is gone", retryable: false };
  return { ok: true, bytes, contentType: "image/jpeg" };
}

/** A telephone number as people write it. */
const PHONE = /^[+0-9][0-9 -]{2,24}$/;

/** The web chat as a channel: a page of our own, for people without any account. It has no webhook. */
export const web: Channel = {
  type: WEB_CHANNEL,
  names: { "zh-CN": "网页链接", en: "web page" },
  apiBaseVariable: "WEB_API_BASE",
  options: OPTIONS,
  answerWithinMs: 15_000,
  configure(options) {
    if (options.phone !== undefined && !PHONE.test(options.phone))
      return { ok: false, problems: ["--phone is the number that people may ring, such as 0536-1234567."] };
    return { ok: true, settings: settingsAmong(OPTIONS, options), secrets: {} };
  },
  pageOf: (account) => `/w/${account}`,
  receive: () => ({
    kind: "refused",
    reason: "the web chat has no webhook",
    reply: { status: 404, contentType: "text/plain", body: "The web chat is a page, under /w/." },
  }),
  connect,
};
