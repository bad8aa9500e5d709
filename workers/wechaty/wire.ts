/** A message as the service gets it from the bridge. */
export type WireMessage = {
  readonly id: string;
  /** When it was said, in milliseconds. */
  readonly at: number;
  /** The puppet's id of the person who said it. */
  readonly from: string;
  /** The room in which it was said; null for a chat of two. */
  readonly room: { readonly id: string; readonly title: string } | null;
  /** Whether it names, quotes or commands us; always so in a chat of two. */
  readonly toUs: boolean;
  readonly kind: "text" | "image" | "voice" | "video" | "file" | "place" | "link" | "recalled" | "added" | "unknown";
  readonly text: string;
  /** The name of a file, where it has one; what it holds is asked for by the message's id. */
  readonly fileName?: string;
  readonly place?: { readonly latitude: number; readonly longitude: number; readonly label: string };
  readonly link?: { readonly title: string; readonly description: string; readonly url: string };
  /** The puppet's number of a kind that is not known here. */
  readonly type?: number;
};

/** A message that the service has sent. */
export type WireSend = {
  readonly to: { readonly kind: "person" | "room"; readonly id: string };
  readonly text: string;
  readonly file?: { readonly name: string; readonly base64: string };
};
