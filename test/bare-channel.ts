import { WORDS_ONLY } from "../src/channels/abilities.ts";
import type { Channel, Sender } from "../src/channels/channel.ts";

/** A sender whose calls are all taken, and that has neither files nor links; a test says in what its own differs. */
export function bareSender(given: Partial<Sender> = {}): Sender {
  return {
    abilities: WORDS_ONLY,
    split: (text) => [text],
    pause: () => null,
    send: async () => ({ outcome: "delivered", platformId: null }),
    revise: async () => ({ outcome: "spent" }),
    fetchMedia: async () => ({ ok: false, reason: "no media here", retryable: false }),
    link: async () => ({ ok: false, reason: "no codes here" }),
    ...given,
  };
}

/** A channel without options that takes no request and sends nothing; a test says in what its own differs. */
export function bareChannel(given: Pick<Channel, "type"> & Partial<Channel>): Channel {
  return {
    names: { "zh-CN": "微信", en: "WeChat" },
    apiBaseVariable: `${given.type.toUpperCase()}_API_BASE`,
    options: [],
    answerWithinMs: 5000,
    configure: () => ({ ok: true, settings: {}, secrets: {} }),
    receive: () => ({ kind: "refused", reason: "", reply: { status: 403, contentType: "text/plain", body: "" } }),
    connect: () => {
      throw new Error("nothing is sent here");
    },
    ...given,
  };
}
