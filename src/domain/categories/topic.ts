import type { Topic } from "./model.ts";

/** A topic from its written form: words separated by blanks, one example a line. */
export function topic(code: string, name: string, words: string, examples: string): Topic {
  return {
    code,
    name,
    words: words.split(/\s+/).filter((word) => word !== ""),
    examples: examples
      .split("\n")
      .map((line) => line.trim())
      .filter((line) => line !== ""),
  };
}
