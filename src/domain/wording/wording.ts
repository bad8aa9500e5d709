import { withoutFaces } from "../text/faces.ts";
import { hasHan } from "../text/words.ts";
import { en } from "./en.ts";
import type { Wording } from "./sentences.ts";
import { zh } from "./zh.ts";

/** A language in which the service answers. */
export type Locale = "zh-CN" | "en";

/** The wording in a language. */
export function wordingOf(locale: Locale): Wording {
  return locale === "en" ? en : zh;
}

/** Latin letters that people mix into any language, and that say nothing about theirs. */
const NO_LANGUAGE = /https?:\/\/\S+|\S+@\S+|\b(?:ok|okay|wifi|vx|wx|qq|app|t|td|gps|etc|hi|bye)\b/gi;

/**
 * The language in which to answer: Latin words without a Chinese character are English.
 *
 * @param fallback what the conversation spoke before; kept when the text tells nothing (a number, a face)
 */
export function localeOf(text: string, fallback: Locale): Locale {
  const words = withoutFaces(text.normalize("NFKC"));
  if (hasHan(words)) return "zh-CN";
  return /[a-z]{2,}/i.test(words.replace(NO_LANGUAGE, " ")) ? "en" : fallback;
}
