import type { SenderServices, SharedStore } from "./channel.ts";
import type { Failed, Failure } from "./failure.ts";

type TokenAnswer = { readonly ok: true; readonly token: string } | { readonly ok: false; readonly failure: Failure };

/** A token as the platform gave it just now, with how long it may be used; or why there is none. */
export type NewToken =
  | { readonly ok: true; readonly token: string; readonly lifeMs: number }
  | { readonly ok: false; readonly failure: Failure };

/** The platform's own part in the life of a token. */
export type TokenRules = {
  /** The name under which the processes share it; it depends on all that the token is given for, the secret too. */
  readonly key: string;
  /** Asks the platform for one; never throws. */
  fetchToken(): Promise<NewToken>;
  /** Whether a code says that the token is wrong or expired. */
  isTokenRefused(code: number | null): boolean;
};

/** A source of the access token of one account, shared by all processes of the installation. */
export type TokenSource = {
  /** The token in the store, or a new one; callers that wait at the same time share one request. */
  current(): Promise<TokenAnswer>;
  /** Makes a call with the token; where the platform refuses the token, it is renewed and the call made once more. */
  with<T extends { ok: true }>(call: (token: string) => Promise<T | Failed>): Promise<T | Failed>;
};

/** So long a process does not look again what the others have: a look costs as much as a part of the delivery itself. */
const FRESH_MS = 5000;

type Known = {
  /** Requests that are on their way. */
  readonly requests: Map<string, Promise<TokenAnswer>>;
  readonly tokens: Map<string, { readonly token: string; readonly atMs: number }>;
  /** What the platform refused last: a look at the store that began before may still come back with it. */
  readonly refused: Map<string, string>;
};

/** By store: senders are made and forgotten, but a process must not ask for the same token twice at once. */
const knownBy = new WeakMap<SharedStore, Known>();

/**
 * The token source of an account: one token for all processes, fetched by one request of each, thrown away only while it is the
 * one that was refused, and renewed once for a call.
 */
export function tokenSource(rules: TokenRules, services: Pick<SenderServices, "store" | "now">): TokenSource {
  const { store, now } = services;
  const { key } = rules;

  const current = async (): Promise<TokenAnswer> => {
    const { tokens, requests, refused } = knownOf(store);
    const fresh = tokens.get(key);
    if (fresh !== undefined && Math.abs(now().getTime() - fresh.atMs) < FRESH_MS)
      return { ok: true, token: fresh.token };
    const stored = await store.get(key);
    if (stored !== null && stored !== refused.get(key)) {
      tokens.set(key, { token: stored, atMs: now().getTime() });
      return { ok: true, token: stored };
    }
    const running = requests.get(key) ?? renew(rules, store).finally(() => requests.delete(key));
    requests.set(key, running);
    return running;
  };

  /** Forgets a token that the platform refused, unless another process has renewed it already. */
  const discard = async (token: string): Promise<void> => {
    const { tokens, refused } = knownOf(store);
    refused.set(key, token);
    if (tokens.get(key)?.token === token) tokens.delete(key);
    await store.deleteIfEqual(key, token);
  };

  return {
    current,
    async with(call) {
      const first = await current();
      if (!first.ok) return { ok: false, code: null, failure: first.failure };
      const answer = await call(first.token);
      if (answer.ok || !rules.isTokenRefused(answer.code)) return answer;
      await discard(first.token);
      const second = await current();
      return second.ok ? call(second.token) : { ok: false, code: null, failure: second.failure };
    },
  };
}

function knownOf(store: SharedStore): Known {
  const known = knownBy.get(store) ?? { requests: new Map(), tokens: new Map(), refused: new Map() };
  knownBy.set(store, known);
  return known;
}

async function renew({ key, fetchToken }: TokenRules, store: SharedStore): Promise<TokenAnswer> {
  const { refused } = knownOf(store);
  const renewed = await store.get(key);
  if (renewed !== null && renewed !== refused.get(key)) return { ok: true, token: renewed };
  const given = await fetchToken();
  if (!given.ok) return given;
  const { token, lifeMs } = given;
  if (token === refused.get(key)) refused.delete(key);
  await store.set(key, token, Math.max(60_000, lifeMs));
  return { ok: true, token };
}
