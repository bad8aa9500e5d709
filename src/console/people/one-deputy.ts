import type { Answered } from "../client/call.ts";

/** A deputy whole, as the API shows them. */
export type OneDeputy = Answered<"GET /deputies/{code}">;
