import type { Answered } from "../client/call.ts";

/** A unit with who speaks for it and what it holds. */
export type Unit = Answered<"GET /units/work">["items"][number];
