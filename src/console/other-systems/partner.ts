import type { Answered } from "../client/call.ts";

/** What the page of other case systems asks for. */
export type PartnerList = Answered<"GET /partners">;
/** Another case system, as the page shows it. */
export type Partner = PartnerList["items"][number];
