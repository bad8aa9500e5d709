import type { Answered } from "../client/call.ts";

/** A case to whose recordings somebody has to listen. */
export type Unheard = Answered<"GET /recordings">["items"][number];

/** What became of a case once somebody had listened. */
export type Became = Answered<"POST /cases/{number}/transcript">["became"];
