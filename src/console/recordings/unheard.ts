import type { Answered } from "../client/call.ts";

/** A case to whose recordings somebody has to listen. */
export type Unheard = Answered<"GET /recordings">["items"][number];

/** The end of a case to whose recordings somebody has listened. */
export type Became = Answered<"POST /cases/{number}/transcript">["became"];
