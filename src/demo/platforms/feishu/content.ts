import type { CardButton, ChatMessage } from "./world.ts";

type Fields = Readonly<Record<string, unknown>>;
type Shown = Pick<ChatMessage, "text" | "buttons" | "isChangeable">;

/** The words and buttons of a card; null where it is none. */
export function cardOf(card: Fields): Shown | null {
  if (!Array.isArray(card.elements)) return null;
  const title = contentOf(Object(Object(card.header).title));
  const elements = listOf(card.elements);
  const lines = elements.flatMap((element) => [
    contentOf(Object(element.text)),
    ...listOf(element.fields).map(({ text }) => contentOf(Object(text))),
    ...(element.tag === "note" ? listOf(element.elements).map(contentOf) : []),
  ]);
  const buttons = elements.flatMap(({ actions }): CardButton[] =>
    listOf(actions).map(({ text, value }) => ({ label: contentOf(Object(text)), value: Object(value) })),
  );
  const text = [title, ...lines].filter((line) => line !== "").join("\n");
  return { text, buttons, isChangeable: Object(card.config).update_multi === true };
}

/** The words of a rich text, and the first of its pictures. */
export function wordsOfPost(post: Fields): Pick<ChatMessage, "text" | "picture"> {
  const [first] = Object.values(post).map((one) => Object(one) as Fields);
  const parts = (Array.isArray(first?.content) ? first.content : []).flatMap((line: unknown) => listOf(line));
  const text = parts.flatMap((part) => (part.tag === "text" ? [String(part.text)] : [])).join("\n");
  const picture = parts.find((part) => part.tag === "img")?.image_key;
  return { text, picture: typeof picture === "string" ? picture : null };
}

/** A text in marks would be read otherwise: it stands here as it was sent, with its kind before it. */
function contentOf(text: Fields): string {
  if (typeof text.content !== "string") return "";
  return text.tag === "plain_text" ? text.content : `[${String(text.tag)}] ${text.content}`;
}

function listOf(value: unknown): readonly Fields[] {
  return Array.isArray(value) ? value.map((one) => Object(one) as Fields) : [];
}
