import type { App, ShownCard, World } from "./world.ts";

type Fields = Readonly<Record<string, unknown>>;

const TASK_ID = /^[0-9A-Za-z_@-]{1,128}$/;
const MOST = 6;
const CODE_LIFE_MS = 72 * 3_600_000;

/** A card as a call writes it; null where the platform would not take it. */
export function cardOf(card: Fields): ShownCard | null {
  const title = Object(card.main_title) as Fields;
  const facts: unknown = card.horizontal_content_list ?? [];
  const buttons: unknown = card.button_list;
  if (card.card_type !== "button_interaction" || !Array.isArray(facts) || !Array.isArray(buttons)) return null;
  if (facts.length > MOST || buttons.length === 0 || buttons.length > MOST) return null;
  const taskId = textOf(card.task_id);
  const words = textOf(card.sub_title_text);
  if (!TASK_ID.test(taskId) || (textOf(title.title) === "" && words === "")) return null;
  if (buttons.some((one) => textOf(one.text) === "" || Buffer.byteLength(textOf(one.key)) > 1024)) return null;
  return {
    ...{ taskId, title: textOf(title.title), note: textOf(title.desc), words, replaced: null },
    facts: facts.map((one: Fields) => [textOf(one.keyname), textOf(one.value)] as const),
    buttons: buttons.map((one: Fields) => ({ key: textOf(one.key), text: textOf(one.text) })),
  };
}

/** Changes a card by a code, which serves once and for 72 hours. @returns whether the platform took it */
export function changeCard(world: World, app: App, fields: Fields): boolean {
  const code = app.codes.get(textOf(fields.response_code));
  if (code === undefined || code.isUsed || world.now().getTime() - code.at.getTime() > CODE_LIFE_MS) return false;
  const { message } = code;
  const name = textOf((Object(fields.button) as Fields).replace_name);
  const changed = name === "" ? cardOf(Object(fields.template_card) as Fields) : null;
  if (message.card === null || (name === "" && changed === null)) return false;
  code.isUsed = true;
  message.card = changed ?? { ...message.card, replaced: name };
  message.isChanged = true;
  return true;
}

/** A field that should be a text. */
export function textOf(value: unknown): string {
  return typeof value === "string" || typeof value === "number" ? String(value) : "";
}
