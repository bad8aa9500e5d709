import type { OutboundContent } from "../../domain/messages/message.ts";

type Question = Extract<OutboundContent, { kind: "choices" }>;

/** The most that a menu takes: items, and characters of one with its digit, of which each may have three bytes. */
export const MENU_LIMITS = { max: 10, maxLabelLength: 40 } as const;

const MAX_ITEM_BYTES = 128;
const MAX_WORDS_BYTES = 1024;
const ID = "choice_";

/**
 * The `msgmenu` of a question: answers that a tap sends.
 * @returns null when the question does not fit: it then goes out as numbered words
 */
export function menuOf({ text, choices, closing }: Question): Readonly<Record<string, unknown>> | null {
  const items = choices.map(({ id, label }) => ({ id: `${ID}${id}`, content: `${id} ${label}` }));
  const fits =
    items.length > 0 &&
    items.length <= MENU_LIMITS.max &&
    items.every(({ content }) => Buffer.byteLength(content) <= MAX_ITEM_BYTES) &&
    [text, closing].every((words) => Buffer.byteLength(words) <= MAX_WORDS_BYTES);
  if (!fits) return null;
  return {
    head_content: text,
    list: items.map((click) => ({ type: "click", click })),
    ...(closing !== "" && { tail_content: closing }),
  };
}

/** The choice that a tapped item means; null for none of ours. */
export function choiceOf(menuId: string): string | null {
  return new RegExp(`^${ID}([1-9]\\d?)$`).exec(menuId)?.[1] ?? null;
}

/** The words of a tapped item without the digit before them. */
export function wordsOfItem(content: string): string {
  return content.replace(/^[1-9]\d? /, "");
}
