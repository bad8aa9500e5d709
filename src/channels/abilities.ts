import type { Abilities } from "./channel.ts";

/**
 * The abilities of an account that sends plain words, and nothing else, to whoever has written within a window; another account
 * says in what it differs.
 */
export const WORDS_ONLY: Abilities = {
  rungs: ["direct"],
  window: "after-contact",
  mustWriteFirst: true,
  joinsTexts: true,
  choices: null,
  cards: null,
  media: {},
  replyTo: null,
  rooms: false,
  idempotentMs: 0,
  reports: false,
  pace: { perSecond: Number.POSITIVE_INFINITY, perAddressPerMinute: Number.POSITIVE_INFINITY },
};
