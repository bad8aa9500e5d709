import { setTimeout as pause } from "node:timers/promises";
import type { HttpBindings } from "@hono/node-server";
import type { Context } from "hono";
import { createMiddleware } from "hono/factory";
import type { Logger } from "pino";
import type { Caller, Role } from "../casework/access/api-tokens.ts";
import type { ClientAddress } from "./client-address.ts";
import { type Problem, problem } from "./problem.ts";
import type { TokenCache } from "./token-cache.ts";

/** The variables of a request behind a token, for Hono. */
export type CallerEnv = { Bindings: Partial<HttpBindings>; Variables: { caller: Caller } };

/** The services that check tokens; `failures` is shared by all routes, so that a guess counts wherever it is made. */
export type Guard = {
  readonly tokens: TokenCache;
  readonly failures: Failures;
  readonly addressOf: ClientAddress;
  readonly log: Logger;
};

/** A counter of wrong tokens by the address from which they came. */
export type Failures = {
  note(address: string): void;
  /** Seconds until what fails from this address is answered at once again; 0 when it is now. */
  waitSeconds(address: string): number;
};

const FAILURES_ALLOWED = 20;
const WINDOW_MS = 60_000;
const ADDRESSES = 10_000;

/** What fails from an address from which much failed is answered so late. */
const SLOW_MS = 1000;

/**
 * Creates a counter of wrong tokens: twenty a minute from one address are answered at once; what fails after them in
 * that minute is slowed.
 */
export function createFailures(nowMs: () => number = () => performance.now()): Failures {
  let counted = new Map<string, { count: number; readonly untilMs: number }>();
  const current = (address: string) => {
    const found = counted.get(address);
    return found !== undefined && found.untilMs > nowMs() ? found : null;
  };
  return {
    note(address) {
      const found = current(address);
      if (found !== null) {
        found.count += 1;
        return;
      }
      if (counted.size >= ADDRESSES) counted = new Map([...counted].filter(([, { untilMs }]) => untilMs > nowMs()));
      if (counted.size >= ADDRESSES) counted.clear();
      counted.set(address, { count: 1, untilMs: nowMs() + WINDOW_MS });
    },
    waitSeconds(address) {
      const found = current(address);
      return found === null || found.count < FAILURES_ALLOWED ? 0 : Math.ceil((found.untilMs - nowMs()) / 1000);
    },
  };
}

/**
 * Lets through requests with the token of one of `roles`, as `Authorization: Bearer <token>`, and gives the route its
 * `caller`.
 *
 * Who holds a right token gets in at once, however many wrong ones came from the same address: only what fails is slowed.
 * @param options.forBrowsers also takes the token as the password of HTTP Basic, which a browser asks for
 */
export function requireToken(guard: Guard, roles: readonly Role[], options: { readonly forBrowsers?: boolean } = {}) {
  const challenge = options.forBrowsers === true ? 'Basic realm="Liaison", charset="UTF-8"' : 'Bearer realm="Liaison"';
  return createMiddleware<CallerEnv>(async (c, next) => {
    const token = tokenOf(c.req.header("authorization"), options.forBrowsers === true);
    if (token === null) {
      return problem(c, unauthorized("Give an API token as Authorization: Bearer."), { "www-authenticate": challenge });
    }
    const found = await look(c, guard, token, challenge);
    if (!found.ok) return found.response;
    if (!roles.includes(found.caller.role)) {
      const detail = `This needs a token of role ${roles.join(" or ")}.`;
      return problem(c, { status: 403, title: "Forbidden", detail });
    }
    c.set("caller", found.caller);
    return next();
  });
}

async function look(
  c: Context<CallerEnv>,
  { tokens, failures, addressOf, log }: Guard,
  token: string,
  challenge: string,
): Promise<{ readonly ok: true; readonly caller: Caller } | { readonly ok: false; readonly response: Response }> {
  const known = tokens.known(token);
  if (known !== null) return { ok: true, caller: known };
  try {
    const caller = await tokens.check(token);
    if (caller !== null) return { ok: true, caller };
  } catch (error) {
    log.error({ err: error }, "a token could not be checked");
    const away: Problem = { status: 503, title: "Service Unavailable", detail: "The database does not answer." };
    return { ok: false, response: problem(c, away, { "retry-after": "5" }) };
  }
  const address = addressOf(c);
  const wait = failures.waitSeconds(address);
  if (wait > 0) {
    await pause(SLOW_MS);
    const tooMany: Problem = {
      status: 429,
      title: "Too Many Requests",
      detail: "Too many wrong tokens came from here, and this is another one.",
    };
    return { ok: false, response: problem(c, tooMany, { "retry-after": String(wait) }) };
  }
  failures.note(address);
  log.warn({ route: c.req.routePath }, "a wrong token was refused");
  return {
    ok: false,
    response: problem(c, unauthorized("This token is not known, or ended."), { "www-authenticate": challenge }),
  };
}

function unauthorized(detail: string): Problem {
  return { status: 401, title: "Unauthorized", detail };
}

function tokenOf(header: string | undefined, forBrowsers: boolean): string | null {
  const [, scheme = "", value = ""] = /^(\S+) +(\S+) *$/.exec(header ?? "") ?? [];
  if (scheme.toLowerCase() === "bearer") return value;
  if (!forBrowsers || scheme.toLowerCase() !== "basic") return null;
  const given = Buffer.from(value, "base64").toString("utf8");
  return given.slice(given.indexOf(":") + 1);
}
