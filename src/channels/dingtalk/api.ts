import { createHash } from "node:crypto";
import { type NewToken, type TokenSource, tokenSource } from "../access-token.ts";
import type { IsOurs, Pause, SenderServices } from "../channel.ts";
import { type Exchange, exchange } from "../exchange.ts";
import type { Failed, Failure } from "../failure.ts";
import { createGate } from "../gate.ts";
import { idIn, type JsonFields } from "../json-fields.ts";
import { parseJsonObject } from "../tencent-callback/json.ts";
import { failureOf, isDown, isTokenCode, numberOf, restMs } from "./errors.ts";

/** The robot at the platform: its API's addresses (the newer one, and the older, which takes files), and what proves it. */
export type Credentials = {
  readonly base: string;
  readonly fileBase: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly robotCode: string;
};

/** A successful answer of the platform. */
export type Answered = { readonly ok: true; readonly fields: JsonFields };

/** The platform's API for one robot. No call throws for what the platform or the network does. */
export type Api = {
  readonly robotCode: string;
  /** Why nothing is sent now; null when it is. */
  pause(): Pause | null;
  /** Asks the platform for a token, whichever is shared; null when it gave one. */
  newToken(): Promise<Failure | null>;
  /** A call that must not be repeated when its answer is lost, and is not made any more when it is not ours. */
  send(path: string, body: object, isOurs: IsOurs): Promise<Answered | Failed>;
  /** A call that may be repeated: a lost answer is a `retry`. */
  request(path: string, body: object): Promise<Answered | Failed>;
  /** Uploads a file; may be repeated. */
  upload(type: string, form: () => FormData): Promise<Answered | Failed>;
};

/** The calls of a robot in a second: the platform takes twenty. */
export const CALLS_PER_SECOND = 18;

type Tokens = { readonly tokens: TokenSource; readonly fetchToken: () => Promise<NewToken> };

const MAX_ANSWER_BYTES = 1024 * 1024;
const RETRY_MS = 5000;
const SENDING = "send";
const TOKEN_PATH = "/v1.0/oauth2/accessToken";
const SPARE_S = 300;
const RETRY = { outcome: "retry", afterMs: RETRY_MS, scope: "message" } as const;
/** A gateway's 502 or 504 tells nothing of what the platform did, whoever words it. */
const PASSED_ON: ReadonlySet<number> = new Set([502, 504]);

/** Opens the platform's API: each call carries the shared token, which is renewed once where the platform refuses it. */
export function openApi(credentials: Credentials, services: SenderServices): Api {
  const { base, fileBase, robotCode } = credentials;
  const { tokens, fetchToken } = accessToken(credentials, services);
  const gate = createGate(services, { isDown, restMs, perSecond: CALLS_PER_SECOND });
  const { timeoutMs, fetch } = services;
  const limits = { timeoutMs, maxBytes: MAX_ANSWER_BYTES, fetch };

  const call = (name: string, isOurs: IsOurs, make: (token: string) => Promise<Exchange>): Promise<Answered | Failed> =>
    gate.pass<Answered>(name, () =>
      tokens.with(async (token) => {
        if (!isOurs()) return { ...failed({ ...RETRY, reason: "it took too long to begin" }), uncalled: true };
        return readAnswer(await make(token), [token]);
      }),
    );
  const post = (path: string, body: object) => (token: string) =>
    exchange(
      new URL(base.replace(/\/+$/, "") + path),
      { ...asJson(body), headers: { "x-acs-dingtalk-access-token": token } },
      limits,
    );

  return {
    robotCode,
    pause: () => gate.pause(SENDING),
    async newToken() {
      const fetched = await fetchToken();
      return fetched.ok ? null : fetched.failure;
    },
    send: (path, body, isOurs) => call(SENDING, isOurs, post(path, body)),
    request: async (path, body) => repeatable(await call(path, () => true, post(path, body))),
    async upload(type, form) {
      const make = (token: string) => {
        const url = new URL(`${fileBase.replace(/\/+$/, "")}/media/upload`);
        url.search = new URLSearchParams({ access_token: token, type }).toString();
        return exchange(url, { method: "POST", body: form() }, limits);
      };
      return repeatable(await call("upload", () => true, make));
    },
  };
}

/** The access token of the app; its name among the shared values depends on the secret too. */
function accessToken({ base, clientId, clientSecret }: Credentials, services: SenderServices): Tokens {
  const identity = createHash("sha256").update([base, clientId, clientSecret].join("\n")).digest("hex").slice(0, 32);
  const fetchToken = async (): Promise<NewToken> => {
    const { timeoutMs, fetch } = services;
    const answer = await exchange(
      new URL(base.replace(/\/+$/, "") + TOKEN_PATH),
      asJson({ appKey: clientId, appSecret: clientSecret }),
      { timeoutMs, maxBytes: MAX_ANSWER_BYTES, fetch },
    );
    const read = repeatable(readAnswer(answer, [clientSecret]));
    if (!read.ok) return { ok: false, failure: ofToken(read.failure) };
    const token = idIn(read.fields, "accessToken");
    if (token === "") return { ok: false, failure: ofToken({ ...RETRY, reason: "no token in the answer" }) };
    const seconds = Number(idIn(read.fields, "expireIn"));
    return { ok: true, token, lifeMs: (Number.isFinite(seconds) ? seconds - SPARE_S : 0) * 1000 };
  };
  return {
    tokens: tokenSource({ key: `dingtalk-token-${identity}`, fetchToken, isTokenRefused: isTokenCode }, services),
    fetchToken,
  };
}

/** What is wrong with a request for a token is wrong with the account: there is nothing of any message in it. */
function ofToken(failure: Failure): Failure {
  const reason = `access token: ${failure.reason}`;
  if (failure.outcome === "refused") return { ...failure, reason, blocks: "account" };
  return failure.outcome === "retry" ? { ...failure, reason, scope: "account" } : { ...failure, reason };
}

/** A code beside HTTP 200, or any other status, is a failure; the older interface names its code `errcode`. */
export function readAnswer(answer: Exchange, secrets: readonly string[]): Answered | Failed {
  if (answer.kind === "unsent") return failed({ ...RETRY, reason: answer.reason });
  if (answer.kind !== "response") return failed({ outcome: "uncertain", reason: answer.reason });
  const { status } = answer;
  const fields = parseJsonObject(answer.bytes.toString());
  if (fields === null) {
    if (PASSED_ON.has(status))
      return failed({ outcome: "uncertain", reason: `HTTP ${status} without the platform's word` });
    if (status >= 500) return failed({ ...RETRY, reason: `HTTP ${status}` });
    return failed({ outcome: "uncertain", reason: `HTTP ${status}, an answer that is no JSON` });
  }
  const code = idIn(fields, "code") || idIn(fields, "errcode");
  if (status === 200 && (code === "" || code === "0")) return { ok: true, fields };
  const told = idIn(fields, "message") || idIn(fields, "errmsg");
  const message = secrets.reduce((text, secret) => text.replaceAll(secret, "***"), told).slice(0, 200);
  const wait = Number(answer.header("retry-after") ?? Number.NaN);
  const failure = failureOf(code || `HTTP ${status}`, message, { status, waitSeconds: wait >= 0 ? wait : null });
  return { ok: false, code: numberOf(code), failure };
}

function asJson(body: object) {
  return { method: "POST", contentType: "application/json", body: JSON.stringify(body) } as const;
}

function repeatable<T extends { ok: true }>(answer: T | Failed): T | Failed {
  if (answer.ok || answer.failure.outcome !== "uncertain") return answer;
  return failed({ ...RETRY, reason: answer.failure.reason });
}

function failed(failure: Failure): Failed {
  return { ok: false, code: null, failure };
}
