import type { Context } from "hono";
import type { CountyOfHost } from "../casework/sign-in/county-of-host.ts";
import { currentSession } from "../casework/sign-in/current-session.ts";
import type { FromBrowser, SignInServices } from "../casework/sign-in/services.ts";
import type { CallerEnv, SessionLookup } from "./auth.ts";
import type { ClientAddress } from "./client-address.ts";
import { createTurns } from "./in-turn.ts";

/** The services by which requests of browsers are understood. */
export type BrowserServices = {
  readonly signIn: SignInServices;
  readonly countyOf: CountyOfHost;
  readonly addressOf: ClientAddress;
};

/** Reads the part of a request that signing in needs; null where no county answers under its host name. */
export async function fromBrowser(
  c: Context<CallerEnv>,
  { countyOf, addressOf }: BrowserServices,
): Promise<(FromBrowser & { readonly county: string }) | null> {
  const county = await countyOf(c.req.header("host") ?? "");
  if (county === null) return null;
  return {
    jurisdictionId: county.id,
    county: county.name,
    address: addressOf(c),
    cookie: c.req.header("cookie") ?? "",
    device: c.req.header("user-agent") ?? "",
  };
}

/** So many sessions are looked up at once. */
const LOOKUPS = 4;

/** Looks up the sessions of requests: in the county of the host name, by the cookie. */
export function sessionLookup(services: BrowserServices): SessionLookup {
  const inTurn = createTurns(LOOKUPS);
  return async (c, isNoUse) => {
    if (c.req.header("cookie") === undefined) return null;
    const from = await fromBrowser(c, services);
    const session = from === null ? null : await inTurn(() => currentSession(services.signIn, from, isNoUse));
    if (session !== null) c.set("session", session);
    return session?.caller ?? null;
  };
}
