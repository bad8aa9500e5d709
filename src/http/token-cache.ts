import { createHash } from "node:crypto";
import type { Database } from "../../db/database.ts";
import { checkToken } from "../casework/access/api-tokens.ts";
import type { Caller } from "../casework/access/caller.ts";
import { withTimeout } from "../with-timeout.ts";
import { createTurns } from "./in-turn.ts";

/** A cache of tokens, so that the database is not asked each time. */
export type TokenCache = {
  /** Who this is, if it was seen to be right lately; costs no query. */
  known(token: string): Caller | null;
  /**
   * Whose token this is; null where it is none.
   * @throws when the database does not answer, unless the token was right a short while ago
   */
  check(token: string): Promise<Caller | null>;
};

type Seen = { readonly caller: Caller; readonly atMs: number };

/** A revoked token is accepted for at most so long, in milliseconds. */
const FRESH_MS = 10_000;
/** A known token is accepted for so long while the database does not answer; the operator's monitoring must be told of that. */
const AWAY_MS = 15 * 60_000;
const CHECK_LIMIT_MS = 2000;
const REMEMBERED = 1000;
/** So many tokens are looked up at once: guesses must not take the connections that messages need. */
const LOOKUPS = 3;

/** Creates a cache over the tokens in the database. */
export function createTokenCache(services: { readonly database: Database; readonly now: () => Date }): TokenCache {
  const seen = new Map<string, Seen>();
  const inTurn = createTurns(LOOKUPS);
  const within = (key: string, ageMs: number): Caller | null => {
    const found = seen.get(key);
    return found !== undefined && performance.now() - found.atMs < ageMs ? found.caller : null;
  };
  return {
    known: (token) => within(nameOf(token), FRESH_MS),
    async check(token) {
      const key = nameOf(token);
      const fresh = within(key, FRESH_MS);
      if (fresh !== null) return fresh;
      try {
        const caller = await inTurn(() =>
          withTimeout(CHECK_LIMIT_MS, checkToken(services.database, token, services.now())),
        );
        seen.delete(key);
        if (seen.size >= REMEMBERED) seen.clear();
        if (caller !== null) seen.set(key, { caller, atMs: performance.now() });
        return caller;
      } catch (error) {
        const before = within(key, AWAY_MS);
        if (before !== null) return before;
        throw error;
      }
    },
  };
}

/** Tokens themselves are not kept in memory. */
function nameOf(token: string): string {
  return createHash("sha256").update(token).digest("base64");
}
