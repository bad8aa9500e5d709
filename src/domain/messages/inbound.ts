import type { Inbound } from "./message.ts";

/** The part of a message that every version of the contract has; the rest has one meaning where it is left out. */
type Given = Pick<Inbound, "dedupeKey" | "sender" | "sentAt" | "content"> & Partial<Inbound>;

/**
 * The whole message from what is given of it: said in no room, in answer to nothing, allowing nothing, and where nothing else is
 * said a contact if it opens a window.
 */
export function inboundOf(given: Given): Inbound {
  return { room: null, isContact: (given.window ?? null) !== null, window: null, replyTo: null, ...given };
}
