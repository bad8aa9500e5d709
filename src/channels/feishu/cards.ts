import type { Action, Card, Choice, OutboundContent, Revision } from "../../domain/messages/message.ts";

type Question = Extract<OutboundContent, { kind: "choices" }>;

/** The platform takes 30 KB of a card; bytes are never fewer than these. */
export const MAX_CARD_BYTES = 28 * 1024;
/** The most buttons of a case's card. */
export const MAX_ACTIONS = 8;
/** The most answers of a question that are buttons. */
export const MAX_CHOICES = 20;

/** A card can be changed later only where it said so from the beginning, and says so again. */
const CONFIG = { update_multi: true, wide_screen_mode: true };
const STYLES: Readonly<Record<Action["style"], string>> = {
  primary: "primary",
  plain: "default",
  danger: "danger",
};

/**
 * The card of a case: what it is in plain words, for people's words must never be read as the platform's marks, and its buttons.
 * @param done what was done about it already; empty where nothing was
 */
export function caseCard({ title, facts, words, actions }: Card, done = ""): object {
  const buttons = actions.slice(0, MAX_ACTIONS).map(({ key, label, style }) => button(label, STYLES[style], { key }));
  return {
    config: CONFIG,
    header: { title: plain(title), template: "blue" },
    elements: [
      ...(facts.length === 0 ? [] : [{ tag: "div", fields: facts.map(factOf) }]),
      ...(words === "" ? [] : [{ tag: "div", text: plain(words) }]),
      ...(done === "" ? [] : [{ tag: "note", elements: [plain(done)] }]),
      ...(buttons.length === 0 ? [] : [{ tag: "action", layout: "flow", actions: buttons }]),
    ],
  };
}

/** A question as a card: each answer is a button that says its number and its label when it is pressed. */
export function questionCard({ text, choices, closing }: Question): object {
  const buttons = choices.map(({ id, label }: Choice) => button(`${id} ${label}`, "default", { choice: id, label }));
  return {
    config: CONFIG,
    elements: [
      { tag: "div", text: plain(text) },
      { tag: "action", layout: "flow", actions: buttons },
      ...(closing === "" ? [] : [{ tag: "note", elements: [plain(closing)] }]),
    ],
  };
}

/** The card after something was done about it: what stands there, with the buttons that are left. */
export function revisedCard({ text, done, card }: Revision): object {
  if (card !== undefined) return caseCard(card, done);
  return {
    config: CONFIG,
    elements: [
      ...(text === "" ? [] : [{ tag: "div", text: plain(text) }]),
      ...(done === "" ? [] : [{ tag: "note", elements: [plain(done)] }]),
    ],
  };
}

function factOf([label, value]: Card["facts"][number]): object {
  return { is_short: true, text: plain(`${label}\n${value}`) };
}

function button(label: string, type: string, value: Readonly<Record<string, string>>): object {
  return { tag: "button", text: plain(label), type, value };
}

function plain(content: string): object {
  return { tag: "plain_text", content };
}
