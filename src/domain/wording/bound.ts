import { boundEn } from "./bound/en.ts";
import type { BoundWording } from "./bound/sentences.ts";
import { boundZh } from "./bound/zh.ts";
import type { Locale } from "./wording.ts";

/** The wording for units' and stations' people, and about what units say, in a language. */
export function boundWordingOf(locale: Locale): BoundWording {
  return locale === "en" ? boundEn : boundZh;
}
