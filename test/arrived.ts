import type { Phone } from "../src/demo/platforms/wechat/phone.ts";
import { type PhoneMessage, textOf } from "../src/demo/platforms/wechat/screen.ts";

/** What arrived on a phone, as text, oldest first. */
export function arrived(phone: Phone): string[] {
  return phone
    .messages()
    .flatMap((message: PhoneMessage) => (message.direction === "in" ? [textOf(message.content)] : []));
}

/** The newest text that arrived. */
export function newest(phone: Phone): string {
  return arrived(phone).at(-1) ?? "";
}
