import type { Locale } from "../wording.ts";
import { answerPageEn } from "./en.ts";
import type { AnswerPageWording } from "./sentences.ts";
import { answerPageZh } from "./zh.ts";

/** The words of a deputy's one-time page, in a language. */
export function answerPageWordingOf(locale: Locale): AnswerPageWording {
  return locale === "en" ? answerPageEn : answerPageZh;
}
