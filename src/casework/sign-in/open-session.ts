import { eq } from "drizzle-orm";
import { sessions, verifications } from "../../../db/schema/sign-in.ts";
import { users } from "../../../db/schema/users.ts";
import { purposeOf } from "../access/users.ts";
import { beginAttempt, clearFailures } from "./attempts.ts";
import { takeStep } from "./code-step.ts";
import { PAUSE_MS } from "./limits.ts";
import { sessionPurpose } from "./records.ts";
import { inScope } from "./scope.ts";
import { cookiesIn, type FromBrowser, headersOf, refusalOf, type SignInServices } from "./services.ts";
import { signedValue } from "./signed-cookie.ts";

/** What follows on a right password or code: a code, setting up a second factor, or nothing more. */
type Next = "second-factor" | "enrol" | "open";

/** The result of a step of signing in: what follows, with the cookies to set; or that it was wrong, or too often. */
export type SignedIn =
  | { readonly ok: true; readonly next: Next; readonly cookies: readonly string[] }
  | { readonly ok: false; readonly why: "wrong" }
  | { readonly ok: false; readonly why: "too-often"; readonly waitSeconds: number };

const WRONG = { ok: false, why: "wrong" } as const;
const CODE = /^\d{6}$/;

/**
 * Opens a session with an address and a password, or begins one that waits for a code of the second factor.
 *
 * Every wrong one is answered alike and takes as long, whether or not there is such an account.
 */
export async function signInWithPassword(
  services: SignInServices,
  from: FromBrowser,
  { email, password }: { readonly email: string; readonly password: string },
): Promise<SignedIn> {
  const { jurisdictionId, address } = from;
  const attempt = await beginAttempt(services, { jurisdictionId, kind: "password", email, address });
  if (!attempt.ok) return { ok: false, why: "too-often", waitSeconds: attempt.waitSeconds };
  const auth = await services.auth();
  try {
    const given = { email: email.trim(), password: password.normalize("NFKC") };
    const { headers, response } = await inScope({ jurisdictionId }, () =>
      auth.api.signInEmail({ body: given, headers: headersOf(from), returnHeaders: true }),
    );
    await attempt.right();
    const cookies = cookiesIn(headers, services.cookies);
    // The session of a sign-in that waits for its code was deleted again.
    if ("twoFactorRedirect" in response) return { ok: true, next: "second-factor", cookies };
    return { ok: true, next: await opened(services, jurisdictionId, response.token), cookies };
  } catch (error) {
    refusalOf(error);
    return WRONG;
  }
}

/** Opens a session with a code of the second factor, or a backup code, after the password. */
export async function signInWithCode(services: SignInServices, from: FromBrowser, code: string): Promise<SignedIn> {
  const { jurisdictionId, address } = from;
  const challenged = await challengedBy(services, from);
  const email = challenged === null ? null : services.vault.open(challenged.email, purposeOf(jurisdictionId));
  const attempt = await beginAttempt(services, { jurisdictionId, kind: "code", email, address });
  if (!attempt.ok) return { ok: false, why: "too-often", waitSeconds: attempt.waitSeconds };
  if (challenged !== null) {
    const whose = { jurisdictionId, userId: challenged.id, isProved: true };
    if (!(await takeStep(services, whose, code))) return WRONG;
  }
  const auth = await services.auth();
  // Whoever is signed in on this browser already signs in anew: the old session must not answer for the new code.
  const headers = headersOf({ ...from, cookie: without(from.cookie, services.cookies.session) });
  const asked = { body: { code }, headers, returnHeaders: true } as const;
  try {
    const { headers, response } = await inScope({ jurisdictionId }, () =>
      CODE.test(code) ? auth.api.verifyTOTP(asked) : auth.api.verifyBackupCode(asked),
    );
    await attempt.right();
    const token = response.token ?? "";
    const next = await opened(services, jurisdictionId, token, { isConfirmed: true });
    return { ok: true, next, cookies: cookiesIn(headers, services.cookies) };
  } catch (error) {
    const refusal = refusalOf(error);
    if (refusal !== "ACCOUNT_TEMPORARILY_LOCKED") return WRONG;
    return { ok: false, why: "too-often", waitSeconds: PAUSE_MS / 1000 };
  }
}

/** Whose sign-in waits for a code on this browser; null where none does. */
async function challengedBy(services: SignInServices, { jurisdictionId, cookie }: FromBrowser) {
  const { database, vault, cookies } = services;
  const identifier = signedValue(services, cookie, cookies.challenge);
  if (identifier === null) return null;
  const purpose = (field: string) => `verification-${field}:${jurisdictionId}`;
  return database.inCounty(jurisdictionId, async (tx) => {
    const [waits] = await tx
      .select({ value: verifications.value })
      .from(verifications)
      .where(eq(verifications.identifierIndex, vault.blindIndex(identifier, purpose("identifier"))));
    if (waits === undefined) return null;
    const [user] = await tx
      .select({ id: users.id, email: users.email })
      .from(users)
      .where(eq(users.id, vault.open(waits.value, purpose("value"))));
    return user ?? null;
  });
}

/** Ends the session of a request. @returns the cookies to set */
export async function signOut(services: SignInServices, from: FromBrowser): Promise<readonly string[]> {
  const auth = await services.auth();
  const { headers } = await inScope({ jurisdictionId: from.jurisdictionId }, () =>
    auth.api.signOut({ headers: headersOf(from), returnHeaders: true }),
  );
  return cookiesIn(headers, services.cookies);
}

/** Whether somebody must set up a second factor before anything else. */
export function mustEnrol(
  { asksSecondFactor }: Pick<SignInServices, "asksSecondFactor">,
  user: { readonly role: string; readonly hasSecondFactor: boolean },
): boolean {
  return asksSecondFactor && user.role !== "station" && !user.hasSecondFactor;
}

/** Ends the counting of failures with a session that was opened. @returns what follows */
async function opened(
  services: SignInServices,
  jurisdictionId: string,
  token: string,
  { isConfirmed = false } = {},
): Promise<Next> {
  const { database, vault } = services;
  const at = new Date();
  return database.inCounty(jurisdictionId, async (tx) => {
    const tokenIndex = vault.blindIndex(token, sessionPurpose("token", jurisdictionId));
    const [found] = await tx
      .select({ id: sessions.id, user: users })
      .from(sessions)
      .innerJoin(users, eq(users.id, sessions.userId))
      .where(eq(sessions.tokenIndex, tokenIndex));
    if (found === undefined) throw new Error("A session that was opened is not there.");
    if (isConfirmed) await tx.update(sessions).set({ confirmedAt: at }).where(eq(sessions.id, found.id));
    await clearFailures(tx, found.user.emailIndex, { by: found.id, at });
    return mustEnrol(services, found.user) ? "enrol" : "open";
  });
}

/** Signs somebody in who has just set a password; see `takeInvitation`. */
export function signInAnew(
  services: SignInServices,
  from: FromBrowser,
  user: { readonly email: Uint8Array; readonly password: string },
): Promise<SignedIn> {
  const { vault } = services;
  const email = vault.open(user.email, purposeOf(from.jurisdictionId));
  return signInWithPassword(services, from, { email, password: user.password });
}

function without(cookie: string, name: string): string {
  return cookie
    .split(/; */)
    .filter((one) => !one.startsWith(`${name}=`))
    .join("; ");
}
