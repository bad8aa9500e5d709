import type { Context, Hono } from "hono";
import { toString as qrOf } from "qrcode";
import { findInvitation, takeInvitation } from "../../../casework/sign-in/invitations.ts";
import { type SignedIn, signInWithCode, signInWithPassword, signOut } from "../../../casework/sign-in/open-session.ts";
import { changePassword } from "../../../casework/sign-in/own-account.ts";
import {
  beginSecondFactor,
  confirm,
  type NotTaken,
  type Own,
  proveSecondFactor,
} from "../../../casework/sign-in/second-factor.ts";
import type { FromBrowser } from "../../../casework/sign-in/services.ts";
import type { CallerEnv, Guard } from "../../auth.ts";
import { SIGN_IN_CONTRACT } from "../../contract/session.ts";
import { type BrowserServices, fromBrowser } from "../../from-browser.ts";
import type { Problem } from "../../problem.ts";
import { directRoutes } from "../direct-routes.ts";
import { lackingConfirmation } from "../read-request.ts";

/** What keeps a request from being answered, with its headers. */
type Refused = { readonly problem: Problem; readonly headers?: Readonly<Record<string, string>> };

/**
 * The routes by which people sign in, confirm and set up a second factor.
 *
 * Behind them is better-auth; its own routes are not there, for their answers hold session tokens. No answer here holds one.
 */
export function signInRoutes(guard: Guard, services: BrowserServices): Hono<CallerEnv> {
  const { signIn } = services;
  const from = async (c: Context<CallerEnv>, work: (from: FromBrowser & { county: string }) => Promise<Signed>) => {
    const found = await fromBrowser(c, services);
    return found === null ? { problem: NO_COUNTY } : work(found);
  };
  type Signed = Refused | { readonly body: { readonly next: "second-factor" | "enrol" | "open" } };
  const own = async (c: Context<CallerEnv>): Promise<Own> => {
    const [found, session] = [await fromBrowser(c, services), c.get("session")];
    if (found === null || session === undefined) throw new Error("A session without a county.");
    return { caller: session.caller, sessionId: session.id, from: found };
  };
  return directRoutes(guard, SIGN_IN_CONTRACT, {
    "POST /session": ({ body }, c) =>
      from(c, async (found) => answered(await signInWithPassword(signIn, found, body), WRONG)),
    "POST /session/second-factor": ({ body }, c) =>
      from(c, async (found) => answered(await signInWithCode(signIn, found, body.code), WRONG_CODE)),
    "DELETE /session": async (_, c) => ({ body: null, cookies: await signOut(signIn, (await own(c)).from) }),
    "POST /me/confirm": async ({ body }, c) => {
      const done = await confirm(signIn, await own(c), body.code);
      return done.ok ? { body: { until: done.until.toISOString() } } : notTaken(done, "body.code", NO_FACTOR);
    },
    "POST /me/second-factor/begin": async ({ body }, c) => {
      const unconfirmed = unconfirmedFor(c);
      if (unconfirmed !== null) return { problem: unconfirmed };
      const begun = await beginSecondFactor(signIn, await own(c), body.password);
      if (!begun.ok) return notTaken(begun, "body.password", NO_FACTOR);
      const svg = await qrOf(begun.uri, { type: "svg", errorCorrectionLevel: "M", margin: 2 });
      return {
        body: { uri: begun.uri, qr: `data:image/svg+xml;base64,${Buffer.from(svg).toString("base64")}` },
      };
    },
    "POST /me/second-factor/prove": async ({ body }, c) => {
      const unconfirmed = unconfirmedFor(c);
      if (unconfirmed !== null) return { problem: unconfirmed };
      const proved = await proveSecondFactor(signIn, await own(c), body.code);
      if (!proved.ok) return notTaken(proved, "body.code", NOTHING_BEGUN);
      return { body: { backupCodes: [...proved.backupCodes] }, cookies: proved.cookies };
    },
    "POST /me/password": async ({ body }, c) => {
      const changed = await changePassword(signIn, await own(c), body);
      return changed.ok ? { body: null } : notTaken(changed, "body.password", NO_FACTOR);
    },
    "POST /invitations/look": async ({ body }, c) => {
      const found = await fromBrowser(c, services);
      if (found === null) return { problem: NO_COUNTY };
      const invitation = await findInvitation(signIn, found, body.code);
      if (!invitation.ok)
        return invitation.why === "none" ? { problem: NO_INVITATION } : tooOften(invitation.waitSeconds);
      return { body: { name: invitation.name, role: invitation.role, county: found.county } };
    },
    "POST /invitations": ({ body }, c) =>
      from(c, async (found) => answered(await takeInvitation(signIn, found, body), NO_INVITATION)),
  });
}

/** The refusal for whoever has a second factor, and gave no code of it lately: it is changed by nobody who has the password alone. */
function unconfirmedFor(c: Context<CallerEnv>): Problem | null {
  const session = c.get("session");
  return session?.hasSecondFactor === true ? lackingConfirmation(session.caller) : null;
}

function answered(done: SignedIn, wrong: Problem) {
  if (done.ok) return { body: { next: done.next }, cookies: done.cookies };
  return done.why === "wrong" ? { problem: wrong } : tooOften(done.waitSeconds);
}

function notTaken(done: NotTaken, at: string, none: Problem): Refused {
  if (done.why === "too-often") return tooOften(done.waitSeconds);
  if (done.why === "none") return { problem: none };
  const text = "This is not right.";
  return {
    problem: {
      status: 422,
      title: "Unprocessable Content",
      code: "not-right",
      detail: text,
      findings: [{ at, code: "wrong", text }],
    },
  };
}

function tooOften(waitSeconds: number): Refused {
  return {
    problem: {
      status: 429,
      title: "Too Many Requests",
      code: "too-often",
      detail: "Too many wrong ones: wait before the next.",
    },
    headers: { "retry-after": String(waitSeconds) },
  };
}

const WRONG: Problem = {
  status: 401,
  title: "Unauthorized",
  code: "wrong",
  detail: "The address or the password is not right.",
};
const WRONG_CODE: Problem = {
  status: 401,
  title: "Unauthorized",
  code: "wrong-code",
  detail: "The code is not right, or too much time has passed: try again, or begin with the password.",
};
const NO_FACTOR: Problem = {
  status: 409,
  title: "Conflict",
  code: "no-second-factor",
  detail: "There is no second factor: set one up first.",
};
const NOTHING_BEGUN: Problem = {
  status: 409,
  title: "Conflict",
  code: "not-begun",
  detail: "No second factor was begun, or too long ago: begin again.",
};
const NO_INVITATION: Problem = {
  status: 404,
  title: "Not Found",
  code: "no-invitation",
  detail: "This invitation is not known, was used, or ended: ask for a new one.",
};
const NO_COUNTY: Problem = {
  status: 404,
  title: "Not Found",
  code: "no-county",
  detail: "No county answers under this host name.",
};
