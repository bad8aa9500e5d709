import { boundEn } from "./bound/en.ts";
import { gridEn } from "./bound/grid-en.ts";
import type { GridWording } from "./bound/grid-sentences.ts";
import { gridZh } from "./bound/grid-zh.ts";
import type { BoundWording } from "./bound/sentences.ts";
import { boundZh } from "./bound/zh.ts";
import type { Locale } from "./wording.ts";

/** The wording for units' and stations' people, and about what units say, in a language. */
export function boundWordingOf(locale: Locale): BoundWording {
  return locale === "en" ? boundEn : boundZh;
}

/** The wording for grid workers, and about what they say, in a language. */
export function gridWordingOf(locale: Locale): GridWording {
  return locale === "en" ? gridEn : gridZh;
}
