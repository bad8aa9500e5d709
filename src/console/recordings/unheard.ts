import type { Answered } from "../client/call.ts";

/** A case to whose recordings somebody has to listen. */
export type Unheard = Answered<"GET /recordings">["items"][number];

/** The end of a case to whose recordings somebody has listened. */
type Became = Answered<"POST /cases/{number}/transcript">["became"];

/** The end of a writing down: what became of the case, and the numbers of other matters that were heard with it. */
export type Done = { readonly number: string; readonly became: Became; readonly apart: readonly string[] };
