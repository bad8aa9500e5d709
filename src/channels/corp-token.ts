import { createHash } from "node:crypto";
import { type NewToken, type TokenRules, type TokenSource, tokenSource } from "./access-token.ts";
import type { SenderServices } from "./channel.ts";
import { exchange } from "./exchange.ts";
import type { Failure } from "./failure.ts";
import { parseJsonObject } from "./tencent-callback/json.ts";

/** The credentials of an app of a corporation at WeCom: which corporation, and the app's secret. */
export type CorpCredentials = { readonly apiBase: string; readonly corpId: string; readonly secret: string };

/** What an app's channel knows of the token: the name of its place in the store, and what the platform's codes mean. */
type CorpTokenRules = Pick<TokenRules, "isTokenRefused"> & {
  readonly name: string;
  /** @param unknownBlocks what a code that nobody knows blocks */
  failureOf(code: number, message: string, unknownBlocks: "account"): Failure;
};

const MAX_ANSWER_BYTES = 64 * 1024;
const RETRY_MS = 5000;
/** So much earlier than the platform says a token is not used any more. */
const MARGIN_S = 300;

/**
 * The access token of an app of a corporation: a second request gives the same token while it is valid, so processes do not disturb one
 * another. Its place in the store depends on the secret too.
 */
export function corpToken(
  { name, failureOf, isTokenRefused }: CorpTokenRules,
  credentials: CorpCredentials,
  services: SenderServices,
): TokenSource {
  const identity = [credentials.apiBase, credentials.corpId, credentials.secret].join("\n");
  const key = `${name}-${createHash("sha256").update(identity).digest("hex").slice(0, 32)}`;
  const fetchToken = () => requestToken(credentials, failureOf, services);
  return tokenSource({ key, fetchToken, isTokenRefused }, services);
}

async function requestToken(
  { apiBase, corpId, secret }: CorpCredentials,
  failureOf: CorpTokenRules["failureOf"],
  services: SenderServices,
): Promise<NewToken> {
  const url = new URL(`${apiBase.replace(/\/+$/, "")}/cgi-bin/gettoken`);
  url.search = new URLSearchParams({ corpid: corpId, corpsecret: secret }).toString();
  const { timeoutMs, fetch } = services;
  const answer = await exchange(url, { method: "GET" }, { timeoutMs, maxBytes: MAX_ANSWER_BYTES, fetch });
  if (answer.kind !== "response") return unavailable(answer.reason);
  if (answer.status !== 200) return unavailable(`HTTP ${answer.status}`);
  const fields = parseJsonObject(answer.bytes.toString()) ?? {};
  const code = Number(fields.errcode ?? 0);
  if (code !== 0) {
    const message = String(fields.errmsg ?? "")
      .replaceAll(secret, "***")
      .slice(0, 200);
    return { ok: false, failure: failureOf(code, message, "account") };
  }
  const token = fields.access_token;
  if (typeof token !== "string" || token === "") return unavailable("no token in the answer");
  const lifeSeconds = Number(fields.expires_in);
  return { ok: true, token, lifeMs: (Number.isFinite(lifeSeconds) ? lifeSeconds - MARGIN_S : 0) * 1000 };
}

/** A token request changes nothing, so every failure of it may be tried again. */
function unavailable(reason: string): NewToken {
  const failure = { outcome: "retry", reason: `access token: ${reason}`, afterMs: RETRY_MS, scope: "account" } as const;
  return { ok: false, failure };
}
