import type { Answered } from "../client/call.ts";

/** A message that was understood wrongly, masked, for two people to say what it was. */
export type Candidate = Answered<"GET /understanding/candidates">["items"][number];
