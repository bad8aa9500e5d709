import { createHash } from "node:crypto";
import type { SenderServices, SharedStore } from "../channel.ts";
import { parseJsonObject } from "../tencent-callback/json.ts";
import { type Failure, failureOf } from "./errors.ts";
import { exchange } from "./exchange.ts";

/** The AppID and AppSecret of an account. */
export type Credentials = { readonly apiBase: string; readonly appId: string; readonly appSecret: string };

type TokenAnswer = { readonly ok: true; readonly token: string } | { readonly ok: false; readonly failure: Failure };

/** A source of the access token of one account, shared by all processes of the installation. */
export type TokenSource = {
  /** The token in the store, or a new one; callers that wait at the same time share one request. */
  current(): Promise<TokenAnswer>;
  /** Forgets a token that the platform refused, unless another process has renewed it already. */
  discard(token: string): Promise<void>;
};

const MAX_ANSWER_BYTES = 64 * 1024;
const RETRY_MS = 5000;
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
 * The token source of an account, on `stable_token` in its normal mode: a second request gives the same token while it
 * is valid, so processes do not invalidate one another's.
 *
 * `force_refresh` is never used: it invalidates the token for all (protocols.md 2.1).
 *
 * The key in the store depends on the secret as well: knowing another account's app id does not give its token.
 */
export function tokenSource(credentials: Credentials, services: SenderServices): TokenSource {
  const { store } = services;
  const identity = [credentials.apiBase, credentials.appId, credentials.appSecret].join("\n");
  const key = `wechat-official-token-${createHash("sha256").update(identity).digest("hex").slice(0, 32)}`;
  return {
    async current() {
      const { tokens, requests, refused } = knownOf(store);
      const fresh = tokens.get(key);
      if (fresh !== undefined && Math.abs(services.now().getTime() - fresh.atMs) < FRESH_MS)
        return { ok: true, token: fresh.token };
      const stored = await store.get(key);
      if (stored !== null && stored !== refused.get(key)) {
        tokens.set(key, { token: stored, atMs: services.now().getTime() });
        return { ok: true, token: stored };
      }
      const running = requests.get(key) ?? fetchToken(credentials, services, key).finally(() => requests.delete(key));
      requests.set(key, running);
      return running;
    },
    async discard(token) {
      const { tokens, refused } = knownOf(store);
      refused.set(key, token);
      if (tokens.get(key)?.token === token) tokens.delete(key);
      await store.deleteIfEqual(key, token);
    },
  };
}

function knownOf(store: SharedStore): Known {
  const known = knownBy.get(store) ?? { requests: new Map(), tokens: new Map(), refused: new Map() };
  knownBy.set(store, known);
  return known;
}

async function fetchToken(credentials: Credentials, services: SenderServices, key: string): Promise<TokenAnswer> {
  const { refused } = knownOf(services.store);
  const renewed = await services.store.get(key);
  if (renewed !== null && renewed !== refused.get(key)) return { ok: true, token: renewed };
  const answer = await exchange(
    new URL(`${credentials.apiBase.replace(/\/+$/, "")}/cgi-bin/stable_token`),
    { method: "POST", contentType: "application/json", body: JSON.stringify(tokenRequest(credentials)) },
    { timeoutMs: services.timeoutMs, maxBytes: MAX_ANSWER_BYTES, fetch: services.fetch },
  );
  if (answer.kind !== "response") return unavailable(answer.reason);
  if (answer.status !== 200) return unavailable(`HTTP ${answer.status}`);
  const fields = parseJsonObject(answer.bytes.toString()) ?? {};
  const code = Number(fields.errcode ?? 0);
  if (code !== 0) return { ok: false, failure: refusal(code, fields.errmsg, credentials, services.now()) };
  const token = fields.access_token;
  if (typeof token !== "string" || token === "") return unavailable("no token in the answer");
  if (token === refused.get(key)) refused.delete(key);
  const lifeSeconds = Number(fields.expires_in);
  await services.store.set(key, token, Math.max(60, Number.isFinite(lifeSeconds) ? lifeSeconds - 300 : 0) * 1000);
  return { ok: true, token };
}

function tokenRequest({ appId, appSecret }: Credentials): Readonly<Record<string, unknown>> {
  return { grant_type: "client_credential", appid: appId, secret: appSecret, force_refresh: false };
}

function refusal(code: number, message: unknown, { appSecret }: Credentials, now: Date): Failure {
  const told = String(message ?? "")
    .replaceAll(appSecret, "***")
    .slice(0, 200);
  const failure = failureOf(code, told, now, "account");
  // Here 40001 speaks of the secret, not of a token: waiting does not mend it.
  return code === 40001
    ? { outcome: "refused", reason: `40001 wrong app secret: ${told}`, blocks: "account" }
    : failure;
}

/** A token request changes nothing, so every failure of it may be tried again. */
function unavailable(reason: string): TokenAnswer {
  return { ok: false, failure: { outcome: "retry", reason: `access token: ${reason}`, afterMs: RETRY_MS } };
}
