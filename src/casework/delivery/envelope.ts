import type { OutboxRow, OutgoingContent } from "../../../db/schema/outbox.ts";
import type { Outbound, Rung } from "../../domain/messages/message.ts";

type Item = { readonly row: OutboxRow; readonly content: OutgoingContent };

/** An envelope: the content of one call, with the rows that it settles. */
export type Envelope = {
  readonly message:
    | Outbound
    | { readonly kind: "photo"; readonly mediaId: string }
    | { readonly kind: "code"; readonly scene: string };
  readonly rows: readonly OutboxRow[];
  /** How many pieces of the first row are sent when this arrives, and how many there are. */
  readonly pieces: { readonly sent: number; readonly of: number };
};

/**
 * Packs waiting rows into one message, so that the few messages that a platform allows are not used up one by one.
 *
 * Texts that follow one another are joined while they fit into one piece; choices end a message; a photo and a code go alone.
 * @param items due rows in order, at least one
 */
export function compose(items: readonly Item[], rung: Rung, split: (text: string) => string[]): Envelope {
  const [head] = items;
  if (head === undefined) throw new Error("nothing to compose");
  const { row, content } = head;
  if (rung === "template" || rung === "subscription") {
    if (content.notice === undefined) throw new Error("a notice without fields");
    return {
      message: { kind: "notice", fields: content.notice, idempotencyKey: row.id },
      rows: [row],
      pieces: { sent: 0, of: 1 },
    };
  }
  if (content.mediaId !== undefined) {
    return { message: { kind: "photo", mediaId: content.mediaId }, rows: [row], pieces: { sent: 1, of: 1 } };
  }
  if (content.scene !== undefined) {
    return { message: { kind: "code", scene: content.scene }, rows: [row], pieces: { sent: 1, of: 1 } };
  }
  const pieces = split(content.text);
  if (pieces.length > 1) return piece(head, pieces);
  return joined(items, split);
}

function piece(item: Item, pieces: readonly string[]): Envelope {
  const index = Math.min(item.row.piecesSent, pieces.length - 1);
  const text = pieces[index] ?? "";
  const isLast = index === pieces.length - 1;
  return {
    message: isLast ? worded(text, item.content) : { kind: "text", text },
    rows: [item.row],
    pieces: { sent: index + 1, of: pieces.length },
  };
}

function joined(items: readonly Item[], split: (text: string) => string[]): Envelope {
  const taken: Item[] = [];
  let text = "";
  for (const item of items) {
    if (item.content.mediaId !== undefined || item.content.scene !== undefined) break;
    const longer = text === "" ? item.content.text : `${text}\n\n${item.content.text}`;
    if (taken.length > 0 && split(longer).length > 1) break;
    text = longer;
    taken.push(item);
    if (item.content.choices !== undefined && item.content.choices.length > 0) break;
  }
  const last = taken.at(-1);
  return {
    message: last === undefined ? { kind: "text", text } : worded(text, last.content),
    rows: taken.map((item) => item.row),
    pieces: { sent: 1, of: 1 },
  };
}

function worded(text: string, content: OutgoingContent): Outbound {
  if (content.choices === undefined || content.choices.length === 0) return { kind: "text", text };
  return { kind: "choices", text, choices: content.choices, closing: content.closing ?? "" };
}
