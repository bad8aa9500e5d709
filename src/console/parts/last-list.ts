import type { Params } from "./filter.ts";

/** The key under which the list that was looked at last is kept while the page lives. */
export const LIST_KEY = ["last-list"] as const;

/** The list that was looked at last: its cases in order, how to come back to it, and the case that was opened from it. */
export type LastList = {
  readonly numbers: readonly string[];
  readonly params: Params;
  readonly words: string;
  readonly at: string | null;
};
