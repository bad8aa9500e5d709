import type { Given } from "../client/call.ts";

type Query = NonNullable<Given<"GET /deliveries">["query"]>;

/** A list of deliveries as its address says it. */
export type DeliveryParams = Pick<Query, "state" | "reason" | "station" | "account" | "case" | "settled" | "sealed">;

const NAMES = ["state", "reason", "station", "account", "case", "settled", "sealed"] as const;

/** Reads an address as a list of deliveries; what is no condition is left out, what is no value the API refuses. */
export function readDeliveryParams(search: Readonly<Record<string, unknown>>): DeliveryParams {
  const entries = NAMES.flatMap((name) => (typeof search[name] === "string" ? [[name, search[name]] as const] : []));
  return Object.fromEntries(entries) as DeliveryParams;
}

/** The list of which the groups are counted: the same, whichever of them is looked at. */
export function groupQueryOf({ station, account, settled, sealed }: DeliveryParams): DeliveryParams {
  return {
    ...(station === undefined ? {} : { station }),
    ...(account === undefined ? {} : { account }),
    ...(settled === undefined ? {} : { settled }),
    ...(sealed === undefined ? {} : { sealed }),
  };
}
