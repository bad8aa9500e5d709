import { betterAuth } from "better-auth/minimal";
import { twoFactor } from "better-auth/plugins/two-factor";
import { v7 as newId } from "uuid";
import type { Database } from "../../../db/database.ts";
import type { Vault } from "../../../db/vault.ts";
import { authAdapter } from "./adapter.ts";
import { CHALLENGE_MS, type Cookies, PAUSE_MS, SESSION_MS, WRONG_CODES } from "./limits.ts";

/** The part of better-auth that is used: called by our routes, never mounted itself, for its answers hold session tokens. */
export type Auth = ReturnType<typeof createAuth>;

/**
 * Creates better-auth over our tables, for all counties.
 * @param services.publicUrl how the world sees this service
 */
export function createAuth(services: {
  readonly database: Database;
  readonly vault: Vault;
  readonly publicUrl: string;
  readonly cookies: Cookies;
}) {
  const { database, vault, publicUrl, cookies } = services;
  return betterAuth({
    appName: "Liaison",
    baseURL: publicUrl,
    secret: vault.sign("cookies", "sign-in"),
    database: authAdapter({ database, vault }),
    emailAndPassword: { enabled: true, disableSignUp: true, maxPasswordLength: 256 },
    session: { expiresIn: SESSION_MS / 1000, disableSessionRefresh: true, cookieCache: { enabled: false } },
    plugins: [
      twoFactor({
        issuer: "联络站",
        twoFactorCookieMaxAge: CHALLENGE_MS / 1000,
        accountLockout: { enabled: true, maxFailedAttempts: WRONG_CODES, durationSeconds: PAUSE_MS / 1000 },
        backupCodeOptions: { amount: 10 },
      }),
    ],
    advanced: {
      useSecureCookies: false,
      cookies: {
        session_token: { name: cookies.session },
        two_factor: { name: cookies.challenge },
      },
      defaultCookieAttributes: { httpOnly: true, secure: cookies.isSecure, sameSite: "strict", path: "/" },
      database: { generateId: () => newId() },
    },
    rateLimit: { enabled: false },
    telemetry: { enabled: false },
    // Its messages quote addresses; ours are written where its answers are read.
    logger: { disabled: true },
  });
}
