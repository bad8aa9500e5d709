import { edgeEn } from "./en.ts";
import { edgeZh } from "./zh.ts";

/** The wording of what is said while the service itself is away. */
export type EdgeWording = {
  /** To whoever wrote: that the words are kept, and that an answer takes longer. Promises no moment, for none is known. */
  late(): string;
};

/** The wording of the edge in a language, as its setting names it; null where it names none. */
export function edgeWordingOf(language: string): EdgeWording | null {
  if (language === "zh-CN") return edgeZh;
  return language === "en" ? edgeEn : null;
}
