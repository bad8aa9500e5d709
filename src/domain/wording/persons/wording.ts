import type { Locale } from "../wording.ts";
import { personsEn } from "./en.ts";
import type { PersonWording } from "./sentences.ts";
import { personsZh } from "./zh.ts";

/** The wording to a person who writes from several chats, in a language. */
export function personWordingOf(locale: Locale): PersonWording {
  return locale === "en" ? personsEn : personsZh;
}
