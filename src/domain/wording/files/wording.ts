import type { Locale } from "../wording.ts";
import { fileEn } from "./en.ts";
import type { FileWording } from "./sentences.ts";
import { fileZh } from "./zh.ts";

/** The sentences about files, in a language. */
export function fileWordingOf(locale: Locale): FileWording {
  return locale === "en" ? fileEn : fileZh;
}
