import { setTimeout as pause } from "node:timers/promises";
import type { HttpBindings } from "@hono/node-server";
import type { Context } from "hono";
import { createMiddleware } from "hono/factory";
import type { Logger } from "pino";
import type { Caller } from "../casework/access/caller.ts";
import type { CurrentSession } from "../casework/sign-in/current-session.ts";
import { ROLES, type Role } from "../domain/access/roles.ts";
import type { ClientAddress } from "./client-address.ts";
import type { Operation } from "./contract/operation.ts";
import { type Problem, problem } from "./problem.ts";
import type { TokenCache } from "./token-cache.ts";

/** The variables of a request behind a token or a session, for Hono. */
export type CallerEnv = {
  Bindings: Partial<HttpBindings>;
  Variables: { caller: Caller; session?: CurrentSession };
};

/** The services that check tokens; `failures` is shared by all routes, so that a guess counts wherever it is made. */
export type Guard = {
  readonly tokens: TokenCache;
  /** Whose session a request has, by its cookie; no request has one where this is left out. */
  readonly sessions?: SessionLookup;
  readonly failures: Failures;
  readonly addressOf: ClientAddress;
  readonly log: Logger;
};

/**
 * A lookup of the person whose session a request has, which may set it as `session`; null where it has none, or one that ended.
 * `isNoUse` where the page asks by itself: that does not keep a session open.
 */
export type SessionLookup = (c: Context<CallerEnv>, isNoUse?: boolean) => Promise<Caller | null>;

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

/** The callers who may come through, as an operation names them. */
export type Through = Pick<Operation, "roles" | "peopleOnly" | "whileEnrolling" | "isNoUse">;

/**
 * Lets through requests of one of `roles` and gives the route its `caller`: a program with a token, or a person with a session.
 *
 * A change by a session must come from a page of this service, which the browser says.
 * @param options.forBrowsers also takes a token as the password of HTTP Basic, which a browser asks for
 */
export function identify(
  guard: Guard,
  { roles, peopleOnly, whileEnrolling, isNoUse }: Through,
  options: { readonly forBrowsers?: boolean } = {},
) {
  const withToken = requireToken(guard, roles === "anybody" || roles === "everybody" ? ROLES : roles, options);
  return createMiddleware<CallerEnv>(async (c, next) => {
    const person = c.req.header("authorization") === undefined ? await guard.sessions?.(c, isNoUse) : null;
    if (person === null || person === undefined) {
      if (peopleOnly !== true) return withToken(c, next);
      return problem(c, c.req.header("authorization") === undefined ? NOBODY : PEOPLE_ONLY);
    }
    if (!isFromHere(c)) return problem(c, ELSEWHERE);
    if (person.must !== undefined && whileEnrolling !== true) return problem(c, SECOND_FACTOR);
    if (typeof roles !== "string" && !roles.includes(person.role)) return problem(c, forbidden(roles));
    c.set("caller", person);
    return next();
  });
}

/** Looks again whether whoever asked may still come through, after a while in which the answer goes on; null where they may not. */
export function lookAgain(
  guard: Guard,
  { roles, isNoUse }: Through,
): (c: Context<CallerEnv>) => Promise<Caller | null> {
  return async (c) => {
    const token = tokenOf(c.req.header("authorization"), false);
    const found = token === null ? await guard.sessions?.(c, isNoUse) : await guard.tokens.check(token);
    if (found === null || found === undefined || found.must !== undefined) return null;
    return typeof roles === "string" || roles.includes(found.role) ? found : null;
  };
}

/** Refuses changes that a page of another site asks for; for what needs nobody signed in. */
export const onlyFromHere = createMiddleware<CallerEnv>((c, next) =>
  isFromHere(c) ? next() : Promise.resolve(problem(c, ELSEWHERE)),
);

const NOBODY: Problem = {
  status: 401,
  title: "Unauthorized",
  code: "not-signed-in",
  detail: "Nobody is signed in here, or the session ended.",
};

const PEOPLE_ONLY: Problem = {
  status: 403,
  title: "Forbidden",
  code: "people-only",
  detail: "This is for people who are signed in, not for programs with a token.",
};

const SECOND_FACTOR: Problem = {
  status: 403,
  title: "Forbidden",
  code: "second-factor-needed",
  detail: "Set up your second factor first.",
};

const ELSEWHERE: Problem = {
  status: 403,
  title: "Forbidden",
  code: "cross-site",
  detail: "A page of another site asked for this.",
};

function forbidden(roles: readonly Role[]): Problem {
  return { status: 403, title: "Forbidden", code: "role", detail: `This is for role ${roles.join(" or ")}.` };
}

/** Whether a browser says that a change comes from a page of this service; reading is safe from anywhere, for no other site sees it. */
function isFromHere(c: Context): boolean {
  if (c.req.method === "GET" || c.req.method === "HEAD") return true;
  const site = c.req.header("sec-fetch-site");
  if (site !== undefined) return site === "same-origin" || site === "none";
  const origin = c.req.header("origin");
  return origin === undefined || URL.parse(origin)?.host === c.req.header("host");
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
