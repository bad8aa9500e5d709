import { DESK_CHANNEL } from "../../domain/case/desk.ts";
import { WORDS_ONLY } from "../abilities.ts";
import type { Abilities, Channel, Sender } from "../channel.ts";

const NOTHING = "nothing leaves by the desk: people are rung up";

/** The abilities of the desk: it has no way to anybody. */
export const DESK_ABILITIES: Abilities = { ...WORDS_ONLY, rungs: [], mustWriteFirst: false };

/** Nothing can be sent by it: what is for its people waits until somebody tells them. */
const SENDER: Sender = {
  abilities: DESK_ABILITIES,
  split: (text) => [text],
  pause: () => null,
  send: async () => ({ outcome: "refused", reason: NOTHING, blocks: "content" }),
  revise: async () => ({ outcome: "refused", reason: NOTHING, blocks: "content" }),
  fetchMedia: async () => ({ ok: false, reason: NOTHING, retryable: false }),
  link: async () => ({ ok: false, reason: "the desk has no codes" }),
};

/** The desk as a channel: people who came, rang up or wrote, and have no chat. It has no webhook, and each county one account by itself. */
export const desk: Channel = {
  type: DESK_CHANNEL,
  names: { "zh-CN": "柜台", en: "the desk" },
  apiBaseVariable: "DESK_API_BASE",
  options: [],
  answerWithinMs: 5000,
  configure: () => ({ ok: false, problems: ["The desk is there by itself: nobody adds it."] }),
  receive: () => ({
    kind: "refused",
    reason: "the desk has no webhook",
    reply: { status: 404, contentType: "text/plain", body: "" },
  }),
  connect: () => SENDER,
};
