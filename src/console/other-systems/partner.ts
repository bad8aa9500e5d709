import type { Answered } from "../client/call.ts";

/** The answer that the page of other case systems shows. */
export type PartnerList = Answered<"GET /partners">;
/** A case system of others, as the page shows it. */
export type Partner = PartnerList["items"][number];
