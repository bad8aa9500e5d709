import type { OutboxRow, OutgoingContent } from "../../../db/schema/outbox.ts";
import type { Abilities } from "../../channels/channel.ts";
import type { Outbound, Rung } from "../../domain/messages/message.ts";
import { outboundKey } from "../../domain/messages/outbound-key.ts";

type Item = { readonly row: OutboxRow; readonly content: OutgoingContent };

/** An envelope: the content of one call, with the rows that it settles. */
export type Envelope = {
  readonly message:
    | Outbound
    | { readonly key: string; readonly kind: "photo"; readonly mediaId: string }
    | { readonly key: string; readonly kind: "code"; readonly scene: string };
  readonly rows: readonly OutboxRow[];
  /** How many pieces of the first row are sent when this arrives, and how many there are. */
  readonly pieces: { readonly sent: number; readonly of: number };
};

/** The ways of an account to cut and join texts. */
export type Packing = {
  readonly split: (text: string) => string[];
  readonly abilities: Pick<Abilities, "joinsTexts" | "idempotentMs" | "cards">;
};

/**
 * The pieces in which a message leaves: the texts that a platform takes one by one. A card whose words are too long for its face
 * is the last of them, without words of its own.
 */
export function piecesOf({ text, card }: OutgoingContent, { split, abilities }: Packing): readonly string[] {
  const pieces = split(text);
  const { cards } = abilities;
  const isTooLong = card !== undefined && cards !== null && card.words.length > (cards.maxWords ?? card.words.length);
  return isTooLong ? [...pieces, ""] : pieces;
}

/**
 * Packs waiting rows into one message, so that the few messages that a platform allows are not used up one by one.
 *
 * Texts that follow one another are joined, where the account is better off so, while they fit into one piece; choices end a
 * message; a photo and a code go alone.
 * @param items due rows in order, at least one
 */
export function compose(items: readonly Item[], rung: Rung, packing: Packing): Envelope {
  const { split, abilities } = packing;
  const [head] = items;
  if (head === undefined) throw new Error("nothing to compose");
  const { row, content } = head;
  if (rung === "template" || rung === "subscription") {
    if (content.notice === undefined) throw new Error("a notice without fields");
    return {
      message: { key: outboundKey(row.id, 0), kind: "notice", fields: content.notice },
      rows: [row],
      pieces: { sent: 0, of: 1 },
    };
  }
  if (content.mediaId !== undefined) {
    const message = { key: outboundKey(row.id, 1), kind: "photo", mediaId: content.mediaId } as const;
    return { message, rows: [row], pieces: { sent: 1, of: 1 } };
  }
  if (content.scene !== undefined) {
    const message = { key: outboundKey(row.id, 1), kind: "code", scene: content.scene } as const;
    return { message, rows: [row], pieces: { sent: 1, of: 1 } };
  }
  const pieces = piecesOf(content, packing);
  const hasCards = abilities.cards !== null;
  if (pieces.length > 1) return piece(head, pieces, hasCards);
  const isAlone = !abilities.joinsTexts || (hasCards && content.card !== undefined);
  return joined(isAlone ? [head] : triedWith(head, items, abilities), split, hasCards);
}

/** What may be joined to a message: where its key is recognised, only what was tried with it, for the key says that nothing else is in it. */
function triedWith(head: Item, items: readonly Item[], { idempotentMs }: Packing["abilities"]): readonly Item[] {
  if (idempotentMs === 0) return items;
  const since = (item: Item) => item.row.firstTriedAt?.getTime();
  const end = items.findIndex((item) => since(item) !== since(head));
  return end === -1 ? items : items.slice(0, end);
}

function piece(item: Item, pieces: readonly string[], hasCards: boolean): Envelope {
  const index = Math.min(item.row.piecesSent, pieces.length - 1);
  const text = pieces[index] ?? "";
  const isLast = index === pieces.length - 1;
  const key = outboundKey(item.row.id, index + 1);
  return {
    message: isLast ? worded(key, text, item.content, hasCards) : { key, kind: "text", text },
    rows: [item.row],
    pieces: { sent: index + 1, of: pieces.length },
  };
}

function joined(items: readonly Item[], split: (text: string) => string[], hasCards: boolean): Envelope {
  const taken: Item[] = [];
  let text = "";
  for (const item of items) {
    if (item.content.mediaId !== undefined || item.content.scene !== undefined) break;
    if (taken.length > 0 && hasCards && item.content.card !== undefined) break;
    const longer = text === "" ? item.content.text : `${text}\n\n${item.content.text}`;
    if (taken.length > 0 && split(longer).length > 1) break;
    text = longer;
    taken.push(item);
    if (item.content.choices !== undefined && item.content.choices.length > 0) break;
  }
  const [first, last] = [taken[0], taken.at(-1)];
  if (first === undefined || last === undefined) throw new Error("nothing to join");
  return {
    message: worded(
      outboundKey(first.row.id, 1),
      text,
      taken.length > 1 ? withoutQuote(last.content) : last.content,
      hasCards,
    ),
    rows: taken.map((item) => item.row),
    pieces: { sent: 1, of: 1 },
  };
}

function worded(key: string, text: string, content: OutgoingContent, hasCards: boolean): Outbound {
  const { card, choices = [], closing = "", replyTo } = content;
  const sent = { key, ...(replyTo !== undefined && { replyTo }) };
  if (card !== undefined && hasCards) return { ...sent, kind: "card", ...card, text };
  return choices.length === 0 ? { ...sent, kind: "text", text } : { ...sent, kind: "choices", text, choices, closing };
}

/** What answers several messages quotes none of them. */
function withoutQuote({ replyTo: _, ...content }: OutgoingContent): OutgoingContent {
  return content;
}
