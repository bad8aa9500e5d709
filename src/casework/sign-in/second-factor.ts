import { and, eq, ne, not } from "drizzle-orm";
import { secondFactors, sessions } from "../../../db/schema/sign-in.ts";
import { users } from "../../../db/schema/users.ts";
import type { Caller } from "../access/caller.ts";
import { noteStaffChange } from "../access/staff-changes.ts";
import { purposeOf } from "../access/users.ts";
import { type Attempt, beginAttempt } from "./attempts.ts";
import { takeStep } from "./code-step.ts";
import { CONFIRMED_MS } from "./limits.ts";
import { sessionPurpose } from "./records.ts";
import { inScope } from "./scope.ts";
import { cookiesIn, type FromBrowser, headersOf, refusalOf, type SignInServices, tokenIn } from "./services.ts";

/** The reasons why a password or a code of somebody who is signed in is not taken. */
export type NotTaken =
  | { readonly ok: false; readonly why: "wrong" | "none" }
  | { readonly ok: false; readonly why: "too-often"; readonly waitSeconds: number };

/** The one who is signed in and asks. */
export type Own = { readonly caller: Caller; readonly sessionId: string; readonly from: FromBrowser };

/** What is begun is good for so long. */
const BEGUN_MS = 30 * 60_000;
const CODE = /^\d{6}$/;

/** Begins to set up a second factor, with the password; one in use stays in use until the new one is proved. */
export async function beginSecondFactor(
  services: SignInServices,
  own: Own,
  password: string,
): Promise<{ readonly ok: true; readonly uri: string } | NotTaken> {
  const { database } = services;
  const { jurisdictionId, id } = own.caller;
  return withAttempt(services, own, "password", async () => {
    const auth = await services.auth();
    const body = { password: password.normalize("NFKC"), method: "totp" } as const;
    return database.inCounty(jurisdictionId, (tx) =>
      inScope({ jurisdictionId, tx, isEnrolling: true }, async () => {
        await tx.delete(secondFactors).where(and(eq(secondFactors.userId, id), eq(secondFactors.isProved, false)));
        const begun = await auth.api.enableTwoFactor({ body, headers: headersOf(own.from) });
        if (begun.method !== "totp") throw new Error("The second factor has no secret.");
        return { uri: begun.totpURI };
      }),
    );
  });
}

/**
 * Proves the second factor that was begun with one of its codes: from now on it is the one in use, the person
 * confirmed, and their other sessions end.
 * @returns ten backup codes, which are shown this once, and the cookies to set
 */
export async function proveSecondFactor(
  services: SignInServices,
  own: Own,
  code: string,
): Promise<
  { readonly ok: true; readonly backupCodes: readonly string[]; readonly cookies: readonly string[] } | NotTaken
> {
  const { database, vault, cookies } = services;
  const { jurisdictionId, id, name } = own.caller;
  const [begun] = await database.inCounty(jurisdictionId, (tx) =>
    tx
      .select({ id: secondFactors.id, createdAt: secondFactors.createdAt })
      .from(secondFactors)
      .where(and(eq(secondFactors.userId, id), eq(secondFactors.isProved, false))),
  );
  if (begun === undefined || Date.now() - begun.createdAt.getTime() > BEGUN_MS) return { ok: false, why: "none" };
  return withAttempt(services, own, "code", async () => {
    if (!(await takeStep(services, { jurisdictionId, userId: id, isProved: false }, code))) return null;
    const auth = await services.auth();
    const at = new Date();
    return database.inCounty(jurisdictionId, (tx) =>
      inScope({ jurisdictionId, tx, isEnrolling: true }, async () => {
        const kept = await auth.api.viewBackupCodes({ body: { userId: id } });
        const asked = { body: { code }, headers: headersOf(own.from), returnHeaders: true } as const;
        const { headers } = await auth.api.verifyTOTP(asked);
        const set = cookiesIn(headers, cookies);
        const mine = eq(secondFactors.userId, id);
        await tx.delete(secondFactors).where(and(mine, ne(secondFactors.id, begun.id)));
        await tx.update(users).set({ hasSecondFactor: true }).where(eq(users.id, id));
        // With the first second factor better-auth gives a new session, and says its token in the cookie alone.
        const token = tokenIn(set, cookies);
        const isNow =
          token === null
            ? eq(sessions.id, own.sessionId)
            : eq(sessions.tokenIndex, vault.blindIndex(token, sessionPurpose("token", jurisdictionId)));
        await tx.update(sessions).set({ confirmedAt: at }).where(isNow);
        await tx.delete(sessions).where(and(eq(sessions.userId, id), not(isNow)));
        const by = { jurisdictionId, by: { id, name }, at };
        await noteStaffChange(tx, by, { what: "enrolled", subjectId: id, name });
        return { backupCodes: kept.backupCodes, cookies: set };
      }),
    );
  });
}

/** Confirms with a code of the second factor, for ten minutes in this session. */
export async function confirm(
  services: SignInServices,
  own: Own,
  code: string,
): Promise<{ readonly ok: true; readonly until: Date } | NotTaken> {
  const { database } = services;
  const { jurisdictionId, id } = own.caller;
  const [factor] = await database.inCounty(jurisdictionId, (tx) =>
    tx
      .select({ id: secondFactors.id })
      .from(secondFactors)
      .where(and(eq(secondFactors.userId, id), eq(secondFactors.isProved, true))),
  );
  if (factor === undefined) return { ok: false, why: "none" };
  return withAttempt(services, own, "code", async () => {
    if (!(await takeStep(services, { jurisdictionId, userId: id, isProved: true }, code))) return null;
    const auth = await services.auth();
    const body = { code };
    const headers = headersOf(own.from);
    return database.inCounty(jurisdictionId, (tx) =>
      inScope({ jurisdictionId, tx }, async () => {
        if (CODE.test(code)) await auth.api.verifyTOTP({ body, headers });
        else await auth.api.verifyBackupCode({ body: { code, disableSession: true }, headers });
        const at = new Date();
        await tx.update(sessions).set({ confirmedAt: at }).where(eq(sessions.id, own.sessionId));
        return { until: new Date(at.getTime() + CONFIRMED_MS) };
      }),
    );
  });
}

/**
 * Does something with a password or a code of the caller's own, which is counted where it is wrong; passwords by the session, so that
 * whoever tries the same account from elsewhere keeps nobody from it who is in.
 * @param work gives null where it is wrong
 */
export async function withAttempt<T extends object>(
  services: SignInServices,
  { caller, from, sessionId }: Own,
  kind: "password" | "code",
  work: () => Promise<T | null>,
): Promise<({ readonly ok: true } & T) | NotTaken> {
  const { database, vault } = services;
  const { jurisdictionId, id } = caller;
  const [user] = await database.inCounty(jurisdictionId, (tx) => tx.select().from(users).where(eq(users.id, id)));
  if (user === undefined) return { ok: false, why: "none" };
  const email = kind === "password" ? `session:${sessionId}` : vault.open(user.email, purposeOf(jurisdictionId));
  const attempt: Attempt = await beginAttempt(services, { jurisdictionId, kind, email, address: from.address });
  if (!attempt.ok) return { ok: false, why: "too-often", waitSeconds: attempt.waitSeconds };
  try {
    const done = await work();
    if (done === null) return { ok: false, why: "wrong" };
    await attempt.right();
    return { ok: true, ...done };
  } catch (error) {
    refusalOf(error);
    return { ok: false, why: "wrong" };
  }
}
