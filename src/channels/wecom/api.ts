import { createHash } from "node:crypto";
import { type NewToken, type TokenSource, tokenSource } from "../access-token.ts";
import type { SenderServices } from "../channel.ts";
import { type ErrcodeApi, openErrcodeApi } from "../errcode-api.ts";
import { exchange } from "../exchange.ts";
import { parseJsonObject } from "../tencent-callback/json.ts";
import { failureOf, isDown, isTokenCode, restMs } from "./errors.ts";

/** The credentials of an app of a corporation: who it is, and the secret for its token. */
export type Credentials = { readonly apiBase: string; readonly corpId: string; readonly secret: string };

/** The most calls of an app in a second: well below the 10,000 a minute that a corporation may make. */
export const CALLS_PER_SECOND = 50;

const MAX_ANSWER_BYTES = 64 * 1024;
const MAX_MEDIA_BYTES = 20 * 1024 * 1024;
const RETRY_MS = 5000;

/** Opens the platform's API for an app (protocols.md 3.2). */
export function openApi(credentials: Credentials, services: SenderServices): ErrcodeApi {
  return openErrcodeApi(
    {
      base: credentials.apiBase,
      tokens: appToken(credentials, services),
      failureOf,
      ...{ isDown, restMs, perSecond: CALLS_PER_SECOND, maxMediaBytes: MAX_MEDIA_BYTES },
    },
    services,
  );
}

/** The access token of an app: repeated requests give the same one while it is valid, and the key depends on the secret too. */
function appToken(credentials: Credentials, services: SenderServices): TokenSource {
  const identity = [credentials.apiBase, credentials.corpId, credentials.secret].join("\n");
  const key = `wecom-token-${createHash("sha256").update(identity).digest("hex").slice(0, 32)}`;
  return tokenSource(
    { key, fetchToken: () => requestToken(credentials, services), isTokenRefused: isTokenCode },
    services,
  );
}

async function requestToken({ apiBase, corpId, secret }: Credentials, services: SenderServices): Promise<NewToken> {
  const url = new URL(`${apiBase.replace(/\/+$/, "")}/cgi-bin/gettoken`);
  url.search = new URLSearchParams({ corpid: corpId, corpsecret: secret }).toString();
  const { timeoutMs, fetch } = services;
  const answer = await exchange(url, { method: "GET" }, { timeoutMs, maxBytes: MAX_ANSWER_BYTES, fetch });
  if (answer.kind !== "response") return unavailable(answer.reason);
  if (answer.status !== 200) return unavailable(`HTTP ${answer.status}`);
  const fields = parseJsonObject(answer.bytes.toString()) ?? {};
  const code = Number(fields.errcode ?? 0);
  if (code !== 0) {
    const told = String(fields.errmsg ?? "")
      .replaceAll(secret, "***")
      .slice(0, 200);
    return { ok: false, failure: failureOf(code, told, "account") };
  }
  const token = fields.access_token;
  if (typeof token !== "string" || token === "") return unavailable("no token in the answer");
  const lifeSeconds = Number(fields.expires_in);
  return { ok: true, token, lifeMs: (Number.isFinite(lifeSeconds) ? lifeSeconds - 300 : 0) * 1000 };
}

/** A token request changes nothing, so every failure of it may be tried again. */
function unavailable(reason: string): NewToken {
  const failure = { outcome: "retry", reason: `access token: ${reason}`, afterMs: RETRY_MS, scope: "account" } as const;
  return { ok: false, failure };
}
