import { REHEARSAL_CHANNEL } from "../../domain/case/rehearsal.ts";
import type { Channel, Sender } from "../channel.ts";

/** One grey pixel: what the simulated resident photographs. */
const PHOTO = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNoAAAAggCBd81ytgAAAABJRU5ErkJggg==",
  "base64",
);

/** What is said to a simulated resident stands in the console: it has arrived as soon as it is written down. */
const SENDER: Sender = {
  rungs: ["direct"],
  split: (text) => [text],
  pause: () => null,
  send: async () => ({ outcome: "delivered", platformId: null }),
  fetchMedia: async () => ({ ok: true, bytes: PHOTO, contentType: "image/png" }),
  createQr: async () => ({ ok: false, reason: "a rehearsal has no codes" }),
};

/** The channel of simulated residents, whose chats are in the console alone. It has no webhook, and each county one account by itself. */
export const rehearsal: Channel = {
  type: REHEARSAL_CHANNEL,
  apiBaseVariable: "REHEARSAL_API_BASE",
  configure: () => ({ ok: false, problems: ["Rehearsals have their account by themselves: nobody adds it."] }),
  receive: () => ({
    kind: "refused",
    reason: "a rehearsal has no webhook",
    reply: { status: 404, contentType: "text/plain", body: "" },
  }),
  connect: () => SENDER,
};
