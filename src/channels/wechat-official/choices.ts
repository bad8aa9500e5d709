import type { Choice, OutboundContent } from "../../domain/messages/message.ts";

type Question = Extract<OutboundContent, { kind: "choices" }>;

const FIRST_MENU_ID = 100;
/** The most that a menu takes: items, and characters of one with its digit. */
export const MENU_LIMITS = { max: 8, maxLabelLength: 12 } as const;

/**
 * The `msgmenu` of a question: answers that a tap sends.
 *
 * The platform documents no limits; 8 items of 12 characters are known to be shown.
 * @returns null when the question does not fit: it then goes out as numbered words
 */
export function menuOf(question: Question): Readonly<Record<string, unknown>> | null {
  const { choices } = question;
  if (choices.length < 1 || choices.length > MENU_LIMITS.max || !choices.every(fitsMenu)) return null;
  return {
    head_content: question.text,
    list: choices.map((choice) => ({ id: String(FIRST_MENU_ID + Number(choice.id)), content: itemOf(choice) })),
    tail_content: question.closing,
  };
}

/** An item of a menu: the digit is shown, for people answer with it whether they tap or type. */
function itemOf({ id, label }: Choice): string {
  return `${id} ${label}`;
}

/** The words of a tapped item without the digit that {@link menuOf} put before them. */
export function wordsOfItem(content: string): string {
  return content.replace(/^[1-9]\d? /, "");
}

/**
 * The choice that a `bizmsgmenuid` means; null for none.
 *
 * Some clients send "0" whatever was tapped (seen in March 2026): the words of the message must then tell.
 */
export function choiceOf(menuId: string): string | null {
  const id = /^1\d\d$/.test(menuId) ? Number(menuId) - FIRST_MENU_ID : 0;
  return id > 0 ? String(id) : null;
}

function fitsMenu(choice: Choice): boolean {
  return (
    /^[1-9]\d?$/.test(choice.id) && choice.label !== "" && [...itemOf(choice)].length <= MENU_LIMITS.maxLabelLength
  );
}
