import type { Answered } from "../client/call.ts";
import type { KeptNote } from "../findings/list-notes.tsx";

/** The answer of a check, as far as the page needs it. */
export type Checked = {
  readonly errors: number;
  readonly changes: number;
  readonly consequences: number;
  readonly notes: readonly KeptNote[];
  readonly hash: string;
};

/** The answer of a look at what undoing an import would do. */
export type UndoChecked = Checked & { readonly left: number };

/** An import that was done, or the undoing of one. */
export type Imported = Answered<"GET /imports">["items"][number];
