import type { Answered } from "../client/call.ts";

/** An answer template, as it is now. */
export type Template = Answered<"GET /templates">["items"][number];

/** A category of the county's catalogue. */
export type Category = Answered<"GET /categories">["items"][number];
