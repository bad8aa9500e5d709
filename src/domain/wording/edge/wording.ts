import { edgeEn } from "./en.ts";
import type { EdgeWording } from "./sentences.ts";
import { edgeZh } from "./zh.ts";

/** The wording of the edge in a language, as its setting names it; null where it names none. */
export function edgeWordingOf(language: string): EdgeWording | null {
  if (language === "zh-CN") return edgeZh;
  return language === "en" ? edgeEn : null;
}
