import type { Action, Card, Choice, OutboundContent, Revision } from "../../domain/messages/message.ts";
import { shorten } from "../text-pieces.ts";

type Question = Extract<OutboundContent, { kind: "choices" }>;
type Json = Readonly<Record<string, unknown>>;

/** The limits of a card with buttons (protocols.md 3.3); what is longer is cut off on phones. */
export const CARD_LIMITS = { actions: 6, facts: 6, words: 110, title: 26, fact: 30, label: 20 } as const;

/** Blue, white, red: what the platform has of styles. */
const STYLES: Readonly<Record<Action["style"], number>> = { primary: 1, plain: 2, danger: 3 };
/** The mark before a choice in a button's key, which no key of an action holds; behind it its id and its label. */
const CHOICE = /^c:(\d{1,2}):([\s\S]*)$/;

/** A case as the platform's card. @param taskId unique within the app, and the same in every try */
export function caseCard(card: Card, taskId: string, done = ""): Json {
  return {
    card_type: "button_interaction",
    main_title: {
      title: shorten(card.title, CARD_LIMITS.title),
      ...(done !== "" && { desc: done }),
    },
    ...(card.words !== "" && { sub_title_text: shorten(card.words, CARD_LIMITS.words) }),
    horizontal_content_list: card.facts
      .slice(0, CARD_LIMITS.facts)
      .map(([keyname, value]) => ({ keyname, value: shorten(value, CARD_LIMITS.fact) })),
    task_id: taskId,
    button_list: card.actions
      .slice(0, CARD_LIMITS.actions)
      .map(({ key, label, style }) => ({ text: label, style: STYLES[style], key })),
  };
}

/** A question as the platform's card; null where it does not fit one, and goes as words. */
export function questionCard({ text, choices, closing }: Question, taskId: string): Json | null {
  const words = [text, closing].filter((line) => line !== "").join("\n");
  const fits = choices.length <= CARD_LIMITS.actions && words.length <= CARD_LIMITS.words;
  if (!fits || choices.some(({ label }) => label.length > CARD_LIMITS.label)) return null;
  return {
    card_type: "button_interaction",
    sub_title_text: words,
    task_id: taskId,
    button_list: choices.map((choice) => ({ text: choice.label, style: STYLES.plain, key: choiceKey(choice) })),
  };
}

/** The change of a card: other buttons where something can be pressed still, else one grey word in their place. */
export function changeOf({ done, card }: Revision, taskId: string): Json {
  return card === undefined ? { button: { replace_name: done } } : { template_card: caseCard(card, taskId, done) };
}

function choiceKey({ id, label }: Choice): string {
  return `c:${id}:${label}`;
}

/** The choice behind a pressed button of a question; null for any other button. */
export function choiceIn(key: string): Choice | null {
  const [, id, label = ""] = CHOICE.exec(key) ?? [];
  return id === undefined ? null : { id, label };
}
