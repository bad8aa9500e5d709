import type { Words } from "../words/zh-CN.ts";

/** Says as what a message was taken; kinds that have no word stay codes. */
export function sayTaken({ unread }: Words, kind: string): string {
  const kinds: Readonly<Record<string, string>> = unread.kind;
  return kinds[kind] ?? kind;
}
