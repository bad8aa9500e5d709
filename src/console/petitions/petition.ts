import type { Answered } from "../client/call.ts";

/** A petition in the list. */
export type Petition = Answered<"GET /petitions">["items"][number];
