import { REHEARSAL_CHANNEL } from "../../domain/case/rehearsal.ts";
import { WORDS_ONLY } from "../abilities.ts";
import type { Channel, Sender } from "../channel.ts";

/** One grey pixel: what the simulated resident photographs. */
const PHOTO = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNoAAAAggCBd81ytgAAAABJRU5ErkJggg==",
  "base64",
);

const MAX_BYTES = 10 * 1024 * 1024;

/** What is said to a simulated resident stands in the console: it has arrived as soon as it is written down. */
const SENDER: Sender = {
  abilities: { ...WORDS_ONLY, media: { image: MAX_BYTES, voice: MAX_BYTES } },
  split: (text) => [text],
  pause: () => null,
  send: async () => ({ outcome: "delivered", platformId: null }),
  revise: async () => ({ outcome: "done" }),
  fetchMedia: async () => ({ ok: true, bytes: PHOTO, contentType: "image/png" }),
  link: async () => ({ ok: false, reason: "a rehearsal has no codes" }),
};

/** The channel of simulated residents, whose chats are in the console alone. It has no webhook, and each county one account by itself. */
export const rehearsal: Channel = {
  type: REHEARSAL_CHANNEL,
  names: { "zh-CN": "演练", en: "the rehearsal" },
  apiBaseVariable: "REHEARSAL_API_BASE",
  options: [],
  answerWithinMs: 5000,
  configure: () => ({ ok: false, problems: ["Rehearsals have their account by themselves: nobody adds it."] }),
  receive: () => ({
    kind: "refused",
    reason: "a rehearsal has no webhook",
    reply: { status: 404, contentType: "text/plain", body: "" },
  }),
  connect: () => SENDER,
};
