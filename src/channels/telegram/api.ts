import type { FetchedMedia, IsOurs, Pause, SenderServices } from "../channel.ts";
import { type Exchange, exchange } from "../exchange.ts";
import type { Failed, Failure } from "../failure.ts";
import { createGate } from "../gate.ts";
import { parseJsonObject } from "../tencent-callback/json.ts";
import { failureOf, isDown, restMs } from "./errors.ts";

/** A successful answer of the platform. */
type Answered = { readonly ok: true; readonly result: unknown };
/** A failed call; `movedTo` where the platform says that the chat has another id now. */
type NotDone = Failed & { readonly movedTo?: string };

/** The platform's API for one bot. No call throws for what the platform or the network does, and no reason holds the address. */
export type Api = {
  pause(): Pause | null;
  /** A call that must not be repeated when its answer is lost, and is not made any more when it is not ours. */
  send(method: string, body: object | FormData, isOurs: IsOurs): Promise<Answered | NotDone>;
  /** A call that may be repeated: a lost answer is a `retry`. */
  request(method: string, body: object): Promise<Answered | NotDone>;
  /** Fetches a file by the path that the platform gave for it. */
  download(path: string): Promise<FetchedMedia>;
};

/** The calls of an account in a second: the platform takes about thirty. */
export const CALLS_PER_SECOND = 25;

const MAX_ANSWER_BYTES = 1024 * 1024;
const MAX_FILE_BYTES = 20 * 1024 * 1024;
const RETRY_MS = 5000;
const INTERFACE = "bot";
/** A path of a file as the platform gives them: nothing that could lead elsewhere. */
const FILE_PATH = /^[\w-]+(?:\/[\w.-]+)+$/;

/** Opens the platform's API (Bot API): the token is part of every address. */
export function openApi(
  { base, token }: { readonly base: string; readonly token: string },
  services: SenderServices,
): Api {
  const gate = createGate(services, { isDown, restMs, perSecond: CALLS_PER_SECOND });
  const root = base.replace(/\/+$/, "");
  const { timeoutMs, fetch } = services;

  const call = (method: string, body: object | FormData, isOurs: IsOurs): Promise<Answered | NotDone> =>
    gate.pass<Answered>(INTERFACE, async () => {
      if (!isOurs()) return { ...failed({ ...RETRY, reason: "it took too long to begin" }), uncalled: true };
      const init =
        body instanceof FormData ? { body } : { body: JSON.stringify(body), contentType: "application/json" };
      const url = new URL(`${root}/bot${token}/${method}`);
      const answer = await exchange(url, { method: "POST", ...init }, { timeoutMs, maxBytes: MAX_ANSWER_BYTES, fetch });
      return readAnswer(answer, token);
    });

  return {
    pause: () => gate.pause(INTERFACE),
    send: call,
    async request(method, body) {
      const answer = await call(method, body, () => true);
      if (answer.ok || answer.failure.outcome !== "uncertain") return answer;
      return failed({ ...RETRY, reason: answer.failure.reason });
    },
    async download(path) {
      if (!FILE_PATH.test(path)) return { ok: false, reason: "a path that is none", retryable: false };
      const url = new URL(`${root}/file/bot${token}/${path}`);
      const answer = await exchange(url, { method: "GET" }, { timeoutMs, maxBytes: MAX_FILE_BYTES, fetch });
      if (answer.kind === "too-large") return { ok: false, reason: answer.reason, retryable: false, isTooLarge: true };
      if (answer.kind !== "response") return { ok: false, reason: answer.reason, retryable: true };
      if (answer.status === 200) return { ok: true, bytes: answer.bytes, contentType: answer.contentType };
      return { ok: false, reason: `HTTP ${answer.status}`, retryable: answer.status >= 500 };
    },
  };
}

const RETRY = { outcome: "retry", afterMs: RETRY_MS, scope: "message" } as const;

/** A gateway's 502 or 504 tells nothing of what the platform did, whoever words it. */
const PASSED_ON: ReadonlySet<number> = new Set([502, 504]);

function readAnswer(answer: Exchange, token: string): Answered | NotDone {
  if (answer.kind === "unsent") return failed({ ...RETRY, reason: answer.reason });
  if (answer.kind !== "response") return failed({ outcome: "uncertain", reason: answer.reason });
  if (PASSED_ON.has(answer.status))
    return failed({ outcome: "uncertain", reason: `HTTP ${answer.status} without the platform's word` });
  const fields = parseJsonObject(answer.bytes.toString());
  if (fields === null) {
    if (answer.status >= 500) return failed({ ...RETRY, reason: `HTTP ${answer.status}` });
    return failed({ outcome: "uncertain", reason: "an answer that is no JSON" });
  }
  if (fields.ok === true && answer.status === 200) return { ok: true, result: fields.result };
  const code = Number(fields.error_code ?? answer.status);
  const told = Object(fields.parameters) as Readonly<Record<string, unknown>>;
  const description = String(fields.description ?? "")
    .replaceAll(token, "***")
    .slice(0, 200);
  const retryAfter = Number(told.retry_after);
  const failure = failureOf(code, description, Number.isFinite(retryAfter) ? { retryAfter } : {});
  const movedTo = told.migrate_to_chat_id;
  return { ok: false, code, failure, ...(typeof movedTo === "string" && { movedTo }) };
}

function failed(failure: Failure): NotDone {
  return { ok: false, code: null, failure };
}
