import type { Inbound, InboundContent, Position } from "../../domain/messages/message.ts";

/** The things that somebody said on the page of the web chat, all at once. */
export type SaidOnPage = {
  /** The visitor's key, which stands for the person. */
  readonly sender: string;
  /** The same for the same message of the same page. */
  readonly key: string;
  readonly sentAt: Date;
  readonly scene: string | null;
  readonly text: string;
  /** The photos, by the names under which they were put aside. */
  readonly photos: readonly string[];
  readonly place: { readonly position: Position; readonly label: string } | null;
};

/**
 * The messages of what somebody said: the code that they scanned, their words, the photos, the place, in this order; each with a key of
 * its own, the same whenever the page sends the same again.
 */
export function inboundOf({ sender, key, sentAt, scene, text, photos, place }: SaidOnPage): Inbound[] {
  const contents: (readonly [part: string, content: InboundContent])[] = [
    ...(scene === null ? [] : [["scene", { kind: "scan", scene }] as const]),
    ...(text === "" ? [] : [["words", { kind: "text", text }] as const]),
    ...photos.map((mediaId, index) => [`photo-${index}`, photoContent(mediaId)] as const),
    ...(place === null ? [] : [["place", { kind: "location", ...place }] as const]),
  ];
  return contents.map(([part, content]) => ({
    ...{ dedupeKey: `${key}-${part}`, sender, sentAt },
    ...{ room: null, isContact: true, window: null, replyTo: null },
    content,
  }));
}

function photoContent(mediaId: string): InboundContent {
  return { kind: "media", media: { mediaId, form: "image" } };
}
