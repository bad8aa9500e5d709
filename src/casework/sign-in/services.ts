import type { Database } from "../../../db/database.ts";
import type { Vault } from "../../../db/vault.ts";
import type { Auth } from "./auth.ts";
import { type Cookies, cookiesOf } from "./limits.ts";

/** The services on which signing in stands. */
export type SignInServices = {
  readonly database: Database;
  readonly vault: Vault;
  /** Gives better-auth, which is loaded when somebody first needs it: a start does not wait for it. */
  readonly auth: () => Promise<Auth>;
  readonly cookies: Cookies;
  /** Whether a second factor is asked of those who must have one; a practice on this machine asks for none. */
  readonly asksSecondFactor: boolean;
};

/** The part of a request that signing in needs. */
export type FromBrowser = {
  readonly jurisdictionId: string;
  /** The network address from which it comes. */
  readonly address: string;
  readonly cookie: string;
  /** What the browser says of itself. */
  readonly device: string;
};

/** The services of signing in over a database. @param options.publicUrl how the world sees this service */
export function createSignIn(options: {
  readonly database: Database;
  readonly vault: Vault;
  readonly publicUrl: string;
  readonly asksSecondFactor: boolean;
}): SignInServices {
  const { database, vault, publicUrl, asksSecondFactor } = options;
  const cookies = cookiesOf(publicUrl);
  let loading: Promise<Auth> | null = null;
  const auth = () => {
    loading ??= import("./auth.ts").then(({ createAuth }) => createAuth({ database, vault, publicUrl, cookies }));
    return loading;
  };
  return { database, vault, auth, cookies, asksSecondFactor };
}

/** The headers that better-auth is given: no more than it needs, and the address that our own rules found. */
export function headersOf({ cookie, device, address }: FromBrowser): Headers {
  return new Headers({ cookie, "user-agent": device.slice(0, 400), "x-forwarded-for": address });
}

/** The cookies to set of an answer of better-auth's: of each of ours the last word alone. */
export function cookiesIn(headers: Headers | null | undefined, { session, challenge }: Cookies): string[] {
  const byName = new Map(headers?.getSetCookie().map((line) => [line.slice(0, line.indexOf("=")), line]));
  return [session, challenge].flatMap((name) => byName.get(name) ?? []);
}

/** The token of a session in cookies that are to be set; null where none is set. A cookie is the token with its signature. */
export function tokenIn(lines: readonly string[], { session }: Cookies): string | null {
  const line = lines.find((one) => one.startsWith(`${session}=`));
  const [, value = ""] = /^[^=]+=([^;.]+)/.exec(line ?? "") ?? [];
  return value === "" ? null : decodeURIComponent(value);
}

/** The stable word of a refusal by better-auth. @throws the error itself where it is none */
export function refusalOf(error: unknown): string {
  if (error instanceof Error && error.name === "APIError") {
    const { code } = (error as { body?: { code?: unknown } }).body ?? {};
    if (typeof code === "string") return code;
  }
  throw error;
}
