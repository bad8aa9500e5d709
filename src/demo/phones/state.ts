import { textOf } from "../platforms/wechat/screen.ts";
import type { Deputy, WireContent, WireEvent, WireMessage, WireTraffic } from "./wire.ts";

const KEPT_TRAFFIC = 60;

/** The state of all phones on the page. */
export type Phones = {
  readonly screens: Readonly<Record<string, readonly WireMessage[]>>;
  readonly unread: Readonly<Record<string, number>>;
  readonly typing: Readonly<Record<string, boolean>>;
  readonly traffic: readonly WireTraffic[];
};

/** A change of the phones' state: a live event, a whole screen loaded, or a phone looked at. */
export type PhonesChange =
  | WireEvent
  | { readonly type: "loaded"; readonly openid: string; readonly messages: readonly WireMessage[] }
  | { readonly type: "seen"; readonly openid: string };

/** The state before anything has happened. */
export const NO_PHONES: Phones = { screens: {}, unread: {}, typing: {}, traffic: [] };

/** The lines of both lists by id, each once, the newer state of a line winning, in order of time. */
function merged(older: readonly WireMessage[], newer: readonly WireMessage[]): readonly WireMessage[] {
  const byId = new Map([...older, ...newer].map((message) => [message.id, message]));
  return [...byId.values()].sort((a, b) => a.id - b.id);
}

/** The state of the phones after something has happened. */
export function change(phones: Phones, happened: PhonesChange): Phones {
  switch (happened.type) {
    case "message": {
      const { openid, message, isQuiet = false } = happened;
      const before = phones.screens[openid] ?? [];
      const isNew = message.direction === "in" && !before.some((line) => line.id === message.id);
      return {
        ...phones,
        screens: { ...phones.screens, [openid]: merged(before, [message]) },
        unread: isNew && !isQuiet ? { ...phones.unread, [openid]: (phones.unread[openid] ?? 0) + 1 } : phones.unread,
        typing: isNew ? { ...phones.typing, [openid]: false } : phones.typing,
      };
    }
    case "loaded": {
      const lines = merged(happened.messages, phones.screens[happened.openid] ?? []);
      return { ...phones, screens: { ...phones.screens, [happened.openid]: lines } };
    }
    case "seen":
      return { ...phones, unread: { ...phones.unread, [happened.openid]: 0 } };
    case "typing":
      return { ...phones, typing: { ...phones.typing, [happened.openid]: happened.on } };
    case "traffic":
      return { ...phones, traffic: [happened.traffic, ...phones.traffic].slice(0, KEPT_TRAFFIC) };
    case "attention":
      return phones;
  }
}

/**
 * The deputies whom a text to a resident names, so that the page can offer their phones.
 *
 * Of several with the same name those whose station the text names too come first.
 */
export function deputiesNamedIn(text: string, deputies: readonly Deputy[]): readonly Deputy[] {
  const named = deputies.filter((deputy) => text.includes(deputy.name));
  const nearer = named.filter((deputy) => deputy.station !== "" && text.includes(deputy.station));
  return nearer.length > 0 ? nearer : named;
}

/** The readable text of a line, on whichever platform. */
export function wordsOf(content: WireContent): string {
  return content.kind === "buttons" ? content.text : textOf(content);
}
