import type { TokenSource } from "./access-token.ts";
import type { FetchedMedia, IsOurs, Pause, SenderServices } from "./channel.ts";
import { type Exchange, exchange } from "./exchange.ts";
import { type Failed, type Failure, notFetched } from "./failure.ts";
import { createGate, type GateRules } from "./gate.ts";
import { parseJsonObject } from "./tencent-callback/json.ts";

/** A successful answer of the platform, with its fields. */
export type Answered = { readonly ok: true; readonly fields: Readonly<Record<string, unknown>> };

type Downloaded = { readonly ok: true; readonly bytes: Buffer; readonly contentType: string };

/** The platform's API for one account. No call throws for what the platform or the network does. */
export type ErrcodeApi = {
  /** Why an interface is better not called now; null when it may be. */
  pause(path: string): Pause | null;
  /** A call that must not be repeated when its answer is lost, and is not made any more when it is not ours. */
  send(path: string, body: Readonly<Record<string, unknown>>, isOurs: IsOurs): Promise<Answered | Failed>;
  /** A call that may be repeated: a lost answer is a `retry`. */
  request(path: string, body: Readonly<Record<string, unknown>>): Promise<Answered | Failed>;
  /** Uploads a temporary file; may be repeated. */
  upload(path: string, query: Readonly<Record<string, string>>, form: () => FormData): Promise<Answered | Failed>;
  /** Fetches a file; an error that comes as JSON with HTTP 200 is an error all the same. */
  download(path: string, query: Readonly<Record<string, string>>): Promise<Downloaded | Failed>;
};

/** The rules of one platform for an API that says its errors by an `errcode` in the answer. */
export type ErrcodeRules = GateRules & {
  readonly base: string;
  readonly tokens: TokenSource;
  /** What a code means for the message at hand. */
  failureOf(code: number, message: string): Failure;
  readonly maxMediaBytes: number;
  /** The longest answer that is read; a megabyte where it is left out. */
  readonly maxAnswerBytes?: number;
};

type Body = { readonly body?: string | FormData; readonly contentType?: string };

const MAX_ANSWER_BYTES = 1024 * 1024;

const RETRY_MS = 5000;

/**
 * Opens an API of Tencent's make, as WeChat and WeCom have it: JSON whose `errcode` says what came of a call, and an access token in
 * the address.
 *
 * Each call takes the shared access token; when the platform refuses it, the token is renewed and the call made once
 * more. The token is part of the address, so no reason ever holds the address, nor a message that repeats the token.
 */
export function openErrcodeApi(rules: ErrcodeRules, services: SenderServices): ErrcodeApi {
  const { base, tokens, failureOf, maxMediaBytes, maxAnswerBytes = MAX_ANSWER_BYTES } = rules;
  const gate = createGate(services, rules);

  function withToken<T extends { ok: true }>(
    path: string,
    run: (token: string) => Promise<T | Failed>,
  ): Promise<T | Failed> {
    return gate.pass(path, () => tokens.with(run));
  }

  function call(path: string, token: string, query: Readonly<Record<string, string>>, body: Body, maxBytes: number) {
    const url = new URL(base.replace(/\/+$/, "") + path);
    url.search = new URLSearchParams({ ...query, access_token: token }).toString();
    const method = body.body === undefined ? "GET" : "POST";
    return exchange(url, { method, ...body }, { timeoutMs: services.timeoutMs, maxBytes, fetch: services.fetch });
  }

  function post(
    path: string,
    query: Readonly<Record<string, string>>,
    body: () => Body,
    isOurs: IsOurs = () => true,
  ): Promise<Answered | Failed> {
    return withToken(path, async (token) => {
      if (!isOurs()) return { ...retry("it took too long to begin"), uncalled: true };
      return readAnswer(await call(path, token, query, body(), maxAnswerBytes), token, failureOf);
    });
  }

  return {
    pause: gate.pause,
    send: (path, body, isOurs) => post(path, {}, () => asJson(body), isOurs),
    request: async (path, body) => repeatable(await post(path, {}, () => asJson(body))),
    upload: async (path, query, form) => repeatable(await post(path, query, () => ({ body: form() }))),
    download: async (path, query) =>
      repeatable(
        await withToken(path, async (token) =>
          readFile(await call(path, token, query, {}, maxMediaBytes), token, failureOf),
        ),
      ),
  };
}

/**
 * Fetches what somebody sent, by the platform's id, within three days of its arrival. Videos of WeChat come back as an address only and
 * are not fetched. Never throws for what the platform or the network does.
 */
export async function fetchMedia(api: ErrcodeApi, mediaId: string): Promise<FetchedMedia> {
  const answer = await api.download("/cgi-bin/media/get", { media_id: mediaId });
  return answer.ok ? { ok: true, bytes: answer.bytes, contentType: answer.contentType } : notFetched(answer);
}

/** Something in between passed the call on and heard nothing good of it (RFC 9110 15.6.3 and 15.6.5). */
const PASSED_ON: ReadonlySet<number> = new Set([502, 504]);

/**
 * The fields of a JSON answer whose errcode is 0 or absent; HTTP 200 alone says nothing.
 *
 * The platform says its errors with HTTP 200 and an errcode (protocols.md 2.2). A gateway's 502 or 504 without one tells
 * nothing of what the platform did (docs/decisions/0003); any other 5xx says that the call was not carried out.
 */
function readAnswer(answer: Exchange, token: string, failureOf: ErrcodeRules["failureOf"]): Answered | Failed {
  if (answer.kind === "unsent") return retry(answer.reason);
  if (answer.kind !== "response") return uncertain(answer.reason);
  const fields = parseJsonObject(answer.bytes.toString());
  const code = Number(fields?.errcode ?? 0);
  if (answer.status >= 500 && !(Number.isSafeInteger(code) && code !== 0)) {
    if (PASSED_ON.has(answer.status)) return uncertain(`HTTP ${answer.status} without the platform's word`);
    return retry(`HTTP ${answer.status}`);
  }
  if (fields === null) return answer.status === 200 ? uncertain("an answer that is no JSON") : badStatus(answer.status);
  if (!Number.isSafeInteger(code)) return uncertain("an errcode that is no number");
  if (code !== 0) {
    const message = String(fields.errmsg ?? "")
      .replaceAll(token, "***")
      .slice(0, 200);
    return { ok: false, code, failure: failureOf(code, message) };
  }
  return answer.status === 200 ? { ok: true, fields } : badStatus(answer.status);
}

function readFile(answer: Exchange, token: string, failureOf: ErrcodeRules["failureOf"]): Downloaded | Failed {
  if (answer.kind === "too-large") return { ...refused(answer.reason), isTooLarge: true };
  if (answer.kind === "response" && answer.status === 200 && !isJson(answer.contentType, answer.bytes)) {
    if (answer.bytes.length === 0) return retry("an empty file");
    return { ok: true, bytes: answer.bytes, contentType: answer.contentType };
  }
  const read = readAnswer(answer, token, failureOf);
  if (!read.ok) return read;
  // A video is answered with an address: files are never fetched from an address that a message names.
  return refused("video_url" in read.fields ? "the platform gives only an address" : "JSON instead of a file");
}

/** No image, sound or film starts with a brace, whatever content type a gateway puts on an error. */
function isJson(contentType: string, bytes: Buffer): boolean {
  return /json|text\/plain/i.test(contentType) || bytes.at(0) === 0x7b;
}

function asJson(body: Readonly<Record<string, unknown>>): Body {
  return { body: JSON.stringify(body), contentType: "application/json" };
}

function repeatable<T extends { ok: true }>(answer: T | Failed): T | Failed {
  return answer.ok || answer.failure.outcome !== "uncertain" ? answer : retry(answer.failure.reason);
}

function badStatus(status: number): Failed {
  if (status === 429) return retry("HTTP 429", 60_000);
  return { ok: false, code: null, failure: { outcome: "refused", reason: `HTTP ${status}`, blocks: "account" } };
}

function refused(reason: string): Failed {
  return { ok: false, code: null, failure: { outcome: "refused", reason, blocks: "content" } };
}

function retry(reason: string, afterMs = RETRY_MS): Failed {
  return { ok: false, code: null, failure: { outcome: "retry", reason, afterMs, scope: "message" } };
}

function uncertain(reason: string): Failed {
  return { ok: false, code: null, failure: { outcome: "uncertain", reason } };
}
