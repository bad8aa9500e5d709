import { eq } from "drizzle-orm";
import { sessions } from "../../../db/schema/sign-in.ts";
import { type Preferences, users } from "../../../db/schema/users.ts";
import type { Caller } from "../access/caller.ts";
import { nameOf } from "../access/users.ts";
import { IDLE_MS } from "./limits.ts";
import { mustEnrol } from "./open-session.ts";
import { inScope } from "./scope.ts";
import { type FromBrowser, headersOf, type SignInServices } from "./services.ts";
import { signedValue } from "./signed-cookie.ts";

/** A session in use: whose it is, and how long it lasts. */
export type CurrentSession = {
  readonly id: string;
  readonly caller: Caller;
  readonly hasSecondFactor: boolean;
  readonly preferences: Preferences;
  readonly idleEndsAt: Date;
  readonly endsAt: Date;
  /** A key for drafts that are kept in the browser: base64url of 32 bytes, another one in each session. */
  readonly textKey: string;
};

const USED_MS = 60_000;

/**
 * The session that a request has, by its cookie; null where it has none, it ended, it was idle too long, or its person left.
 *
 * Notes when it was last used, to the minute. All of it goes by the real clock.
 * @param isNoUse whether the page asks by itself, which keeps no session open
 */
export async function currentSession(
  services: SignInServices,
  from: FromBrowser,
  isNoUse = false,
): Promise<CurrentSession | null> {
  if (signedValue(services, from.cookie, services.cookies.session) === null) return null;
  const { database, vault } = services;
  const { jurisdictionId } = from;
  const auth = await services.auth();
  return database.inCounty(jurisdictionId, async (tx) => {
    const found = await inScope({ jurisdictionId, tx }, () => auth.api.getSession({ headers: headersOf(from) }));
    if (found === null) return null;
    const [row] = await tx
      .select({ session: sessions, user: users })
      .from(sessions)
      .innerJoin(users, eq(users.id, sessions.userId))
      .where(eq(sessions.id, found.session.id));
    if (row === undefined || row.user.endedAt !== null) return null;
    const { session, user } = row;
    const now = new Date();
    const idleMs = now.getTime() - session.lastUsedAt.getTime();
    if (idleMs >= IDLE_MS || session.expiresAt <= now) {
      await tx.delete(sessions).where(eq(sessions.id, session.id));
      return null;
    }
    const isNoted = isNoUse || idleMs < USED_MS;
    if (!isNoted) await tx.update(sessions).set({ lastUsedAt: now }).where(eq(sessions.id, session.id));
    const { id, role, stations, deputyId, hasSecondFactor, preferences } = user;
    // Where none is asked of anybody, nobody could confirm.
    const confirmedAt = services.asksSecondFactor || hasSecondFactor ? session.confirmedAt : now;
    const caller: Caller = {
      kind: "person",
      id,
      jurisdictionId,
      role,
      name: nameOf(user),
      stations,
      deputyId,
      confirmedAt,
      ...(mustEnrol(services, user) && { must: "second-factor" as const }),
    };
    const idleEndsAt = new Date((isNoted ? session.lastUsedAt : now).getTime() + IDLE_MS);
    const textKey = vault.blindIndex(found.session.token, `drafts:${jurisdictionId}`);
    return { id: session.id, caller, hasSecondFactor, preferences, idleEndsAt, endsAt: session.expiresAt, textKey };
  });
}
