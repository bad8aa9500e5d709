import { topicsEn } from "./topics/en.ts";
import type { TopicWording } from "./topics/sentences.ts";
import { topicsZh } from "./topics/zh.ts";
import type { Locale } from "./wording.ts";

/** The wording about one matter that many people told, in a language. */
export function topicWordingOf(locale: Locale): TopicWording {
  return locale === "en" ? topicsEn : topicsZh;
}
