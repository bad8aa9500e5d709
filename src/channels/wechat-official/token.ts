import { createHash } from "node:crypto";
import { type NewToken, type TokenSource, tokenSource } from "../access-token.ts";
import type { SenderServices } from "../channel.ts";
import { exchange } from "../exchange.ts";
import type { Failure } from "../failure.ts";
import { parseJsonObject } from "../tencent-callback/json.ts";
import { failureOf, isTokenCode } from "./errors.ts";

/** The AppID and AppSecret of an account. */
export type Credentials = { readonly apiBase: string; readonly appId: string; readonly appSecret: string };

const MAX_ANSWER_BYTES = 64 * 1024;
const RETRY_MS = 5000;

/**
 * The access token of an account, from `stable_token` in its normal mode: a second request gives the same token while it
 * is valid, so processes do not invalidate one another's.
 *
 * `force_refresh` is never used: it invalidates the token for all (protocols.md 2.1).
 *
 * The key in the store depends on the secret as well: knowing another account's app id does not give its token.
 */
export function wechatToken(credentials: Credentials, services: SenderServices): TokenSource {
  const identity = [credentials.apiBase, credentials.appId, credentials.appSecret].join("\n");
  const key = `wechat-official-token-${createHash("sha256").update(identity).digest("hex").slice(0, 32)}`;
  const fetchToken = () => requestToken(credentials, services);
  return tokenSource({ key, fetchToken, isTokenRefused: isTokenCode }, services);
}

async function requestToken(credentials: Credentials, services: SenderServices): Promise<NewToken> {
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
  const lifeSeconds = Number(fields.expires_in);
  return { ok: true, token, lifeMs: (Number.isFinite(lifeSeconds) ? lifeSeconds - 300 : 0) * 1000 };
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
function unavailable(reason: string): NewToken {
  const failure = { outcome: "retry", reason: `access token: ${reason}`, afterMs: RETRY_MS, scope: "account" } as const;
  return { ok: false, failure };
}
