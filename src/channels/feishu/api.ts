import { createHash } from "node:crypto";
import { type NewToken, type TokenSource, tokenSource } from "../access-token.ts";
import type { FetchedMedia, IsOurs, Pause, SenderServices } from "../channel.ts";
import { type Exchange, exchange } from "../exchange.ts";
import { type Failed, type Failure, notFetched } from "../failure.ts";
import { createGate } from "../gate.ts";
import { fieldsIn, idIn, type JsonFields } from "../json-fields.ts";
import { parseJsonObject } from "../tencent-callback/json.ts";
import { failureOf, isDown, isTokenCode, restMs } from "./errors.ts";

/** The app at the platform: its API's address, its id and its secret. */
export type Credentials = { readonly base: string; readonly appId: string; readonly appSecret: string };

/** A successful answer of the platform, with its data. */
export type Answered = { readonly ok: true; readonly data: JsonFields };

type Request = {
  readonly method: "GET" | "POST" | "PATCH";
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  /** Made anew for each try. */
  readonly body?: () => object | FormData;
};

/** The platform's API for one app. No call throws for what the platform or the network does. */
export type Api = {
  /** Why nothing is sent now; null when it is. */
  pause(): Pause | null;
  /** Asks the platform for a token, whichever is shared; null when it gave one. */
  newToken(): Promise<Failure | null>;
  /** A call that must not be repeated without its key when its answer is lost, and is not made any more when it is not ours. */
  send(request: Request, isOurs: IsOurs): Promise<Answered | Failed>;
  /** A call that may be repeated: a lost answer is a `retry`. */
  request(request: Request): Promise<Answered | Failed>;
  download(path: string, query: Readonly<Record<string, string>>): Promise<FetchedMedia>;
};

/** The calls of an app in a second: the platform takes fifty. */
export const CALLS_PER_SECOND = 45;

type Tokens = { readonly tokens: TokenSource; readonly fetchToken: () => Promise<NewToken> };

const MAX_ANSWER_BYTES = 1024 * 1024;
const MAX_FILE_BYTES = 20 * 1024 * 1024;
const RETRY_MS = 5000;
const SENDING = "send";
const TOKEN_PATH = "/open-apis/auth/v3/tenant_access_token/internal";
/** Before a token ends, another is had for the same: half an hour before by the platform's own rule. */
const SPARE_S = 300;
/** A gateway's 502 or 504 tells nothing of what the platform did, whoever words it. */
const PASSED_ON: ReadonlySet<number> = new Set([502, 504]);

/** Opens the platform's API: each call carries the shared token, which is renewed once where the platform refuses it. */
export function openApi(credentials: Credentials, services: SenderServices): Api {
  const { tokens, fetchToken } = tenantToken(credentials, services);
  const gate = createGate(services, { isDown, restMs, perSecond: CALLS_PER_SECOND });
  const { timeoutMs, fetch } = services;

  const ask = (token: string, { method, path, query, body }: Request, maxBytes: number): Promise<Exchange> => {
    const content = body?.();
    const said =
      content === undefined
        ? {}
        : content instanceof FormData
          ? { body: content }
          : { body: JSON.stringify(content), contentType: "application/json; charset=utf-8" };
    const headers = { authorization: `Bearer ${token}` };
    return exchange(addressOf(credentials, path, query), { method, headers, ...said }, { timeoutMs, maxBytes, fetch });
  };
  const call = (name: string, request: Request, isOurs: IsOurs): Promise<Answered | Failed> =>
    gate.pass<Answered>(name, () =>
      tokens.with(async (token) => {
        if (!isOurs()) return { ...failed({ ...RETRY, reason: "it took too long to begin" }), uncalled: true };
        return readAnswer(await ask(token, request, MAX_ANSWER_BYTES), [token]);
      }),
    );

  return {
    pause: () => gate.pause(SENDING),
    async newToken() {
      const fetched = await fetchToken();
      return fetched.ok ? null : fetched.failure;
    },
    send: (request, isOurs) => call(SENDING, request, isOurs),
    request: async (request) => repeatable(await call(request.path.split("/")[4] ?? "", request, () => true)),
    async download(path, query) {
      let file: FetchedMedia | null = null;
      const answer = await gate.pass<Answered>("download", () =>
        tokens.with(async (token) => {
          const got = await ask(token, { method: "GET", path, query }, MAX_FILE_BYTES);
          if (got.kind === "response" && got.status === 200 && !/json/i.test(got.contentType)) {
            file = { ok: true, bytes: got.bytes, contentType: got.contentType };
            return { ok: true, data: {} };
          }
          if (got.kind === "too-large") {
            return { ...failed({ outcome: "refused", reason: got.reason, blocks: "content" }), isTooLarge: true };
          }
          const read = readAnswer(got, [token]);
          return read.ok ? failed({ outcome: "refused", reason: "JSON instead of a file", blocks: "content" }) : read;
        }),
      );
      return file ?? notFetched(answer as Failed);
    },
  };
}

const RETRY = { outcome: "retry", afterMs: RETRY_MS, scope: "message" } as const;

/** The tenant's access token; its name among the shared values depends on the secret too. */
function tenantToken(credentials: Credentials, services: SenderServices): Tokens {
  const { base, appId, appSecret } = credentials;
  const identity = createHash("sha256").update([base, appId, appSecret].join("\n")).digest("hex").slice(0, 32);
  const fetchToken = async (): Promise<NewToken> => {
    const { timeoutMs, fetch } = services;
    const answer = await exchange(
      addressOf(credentials, TOKEN_PATH),
      {
        method: "POST",
        contentType: "application/json; charset=utf-8",
        body: JSON.stringify({ app_id: appId, app_secret: appSecret }),
      },
      { timeoutMs, maxBytes: MAX_ANSWER_BYTES, fetch },
    );
    const read = repeatable(readAnswer(answer, [appSecret], "account"));
    if (!read.ok) return { ok: false, failure: ofToken(read.failure) };
    const token = idIn(read.data, "tenant_access_token");
    if (token === "") return { ok: false, failure: ofToken({ ...RETRY, reason: "no token in the answer" }) };
    const seconds = Number(idIn(read.data, "expire"));
    return { ok: true, token, lifeMs: (Number.isFinite(seconds) ? seconds - SPARE_S : 0) * 1000 };
  };
  return {
    tokens: tokenSource({ key: `feishu-token-${identity}`, fetchToken, isTokenRefused: isTokenCode }, services),
    fetchToken,
  };
}

function ofToken(failure: Failure): Failure {
  const reason = `access token: ${failure.reason}`;
  return failure.outcome === "retry" ? { ...failure, reason, scope: "account" } : { ...failure, reason };
}

function addressOf({ base }: Credentials, path: string, query: Readonly<Record<string, string>> = {}): URL {
  const url = new URL(base.replace(/\/+$/, "") + path);
  url.search = new URLSearchParams(query).toString();
  return url;
}

/** Only code 0 is a success, whatever the status; what is refused here is refused with a code and a status of 4xx. */
function readAnswer(answer: Exchange, secrets: readonly string[], otherwise?: "account"): Answered | Failed {
  if (answer.kind === "unsent") return failed({ ...RETRY, reason: answer.reason });
  if (answer.kind !== "response") return failed({ outcome: "uncertain", reason: answer.reason });
  const { status } = answer;
  const fields = parseJsonObject(answer.bytes.toString());
  const code = Number(fields?.code ?? Number.NaN);
  if (fields === null || !Number.isSafeInteger(code)) {
    if (PASSED_ON.has(status))
      return failed({ outcome: "uncertain", reason: `HTTP ${status} without the platform's word` });
    if (status >= 500) return failed({ ...RETRY, reason: `HTTP ${status}` });
    return failed({ outcome: "uncertain", reason: `HTTP ${status}, an answer that is no JSON of the platform` });
  }
  // What is not in `data` stands beside it, as a token does.
  if (code === 0 && status === 200) return { ok: true, data: "data" in fields ? fieldsIn(fields, "data") : fields };
  const message = secrets.reduce((text, secret) => text.replaceAll(secret, "***"), idIn(fields, "msg")).slice(0, 200);
  const reset = Number(answer.header("x-ogw-ratelimit-reset") ?? Number.NaN);
  const failure = failureOf(code, message, { status, resetSeconds: reset >= 0 ? reset : null });
  const isUnknown = failure.outcome === "refused" && failure.blocks === "content" && otherwise !== undefined;
  return { ok: false, code, failure: isUnknown ? { ...failure, blocks: otherwise } : failure };
}

function repeatable<T extends { ok: true }>(answer: T | Failed): T | Failed {
  if (answer.ok || answer.failure.outcome !== "uncertain") return answer;
  return failed({ ...RETRY, reason: answer.failure.reason });
}

function failed(failure: Failure): Failed {
  return { ok: false, code: null, failure };
}
