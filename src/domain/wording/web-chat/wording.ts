import type { Locale } from "../wording.ts";
import { webChatEn } from "./en.ts";
import type { WebChatWording } from "./sentences.ts";
import { webChatZh } from "./zh.ts";

/** The words of the web chat's page, in a language. */
export function webChatWordingOf(locale: Locale): WebChatWording {
  return locale === "en" ? webChatEn : webChatZh;
}
