import { randomBytes } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import { open, seal, sign } from "./envelope.ts";
import { type Fields, readFields, writeFields } from "./format.ts";
import { type AccountState, record, type World } from "./world.ts";

const TRIES = 3;

/**
 * The outcome of a callback after at most three tries; `reply` is the opened passive reply, if the account gave one.
 */
export type CallbackOutcome =
  | { readonly accepted: true; readonly tries: number; readonly reply: Readonly<Record<string, unknown>> | null }
  | { readonly accepted: false; readonly tries: number };

type Try =
  | { answer: "accepted"; status: number }
  | { answer: "replied"; status: number; reply: Readonly<Record<string, unknown>> }
  | { answer: "invalid"; status: number }
  | { answer: "no-answer"; status: null };

/** The body and query of one callback in the account's format and mode. */
function compose(world: World, state: AccountState, openid: string, fields: Fields): { url: URL; body: string } {
  const { account } = state;
  const timestamp = String(Math.floor(world.now().getTime() / 1000));
  const nonce = String(randomBytes(4).readUInt32BE());
  const url = new URL(account.webhookUrl);
  url.searchParams.set("signature", sign(account.token, timestamp, nonce));
  url.searchParams.set("timestamp", timestamp);
  url.searchParams.set("nonce", nonce);
  url.searchParams.set("openid", openid);
  if (account.mode === "plain" || account.aesKey === null) return { url, body: writeFields(fields, account.format) };
  const sealed = seal(writeFields(fields, account.format), account.aesKey, account.appId);
  url.searchParams.set("encrypt_type", "aes");
  url.searchParams.set("msg_signature", sign(account.token, timestamp, nonce, sealed));
  const clear = account.mode === "compat" ? fields : { ToUserName: state.originalId };
  return { url, body: writeFields({ ...clear, Encrypt: sealed }, account.format) };
}

/** Checks and opens a passive reply; null when the platform would not take it. */
function openReply(state: AccountState, openid: string, body: string): Readonly<Record<string, unknown>> | null {
  const { account } = state;
  let fields = readFields(body, account.format);
  if (fields === null) return null;
  if ("Encrypt" in fields) {
    const { Encrypt, MsgSignature, TimeStamp, Nonce } = fields;
    if (account.aesKey === null || account.mode === "plain" || typeof Encrypt !== "string") return null;
    if (MsgSignature !== sign(account.token, String(TimeStamp), String(Nonce), Encrypt)) return null;
    const opened = open(Encrypt, account.aesKey, account.appId);
    fields = opened === null ? null : readFields(opened, account.format);
  } else if (account.mode === "safe") return null;
  if (fields === null || fields.ToUserName !== openid || fields.FromUserName !== state.originalId) return null;
  return fields;
}

async function attempt(world: World, state: AccountState, openid: string, fields: Fields): Promise<Try> {
  const { url, body } = compose(world, state, openid, fields);
  try {
    const response = await fetch(url, {
      method: "POST",
      body,
      headers: { "content-type": state.account.format === "xml" ? "text/xml" : "application/json" },
      redirect: "error",
      signal: AbortSignal.any([AbortSignal.timeout(world.limits.answerWithinMs), world.closing.signal]),
    });
    const text = await response.text();
    if (response.status !== 200) return { answer: "invalid", status: response.status };
    if (text === "" || text === "success") return { answer: "accepted", status: 200 };
    const reply = openReply(state, openid, text);
    return reply === null ? { answer: "invalid", status: 200 } : { answer: "replied", status: 200, reply };
  } catch {
    return { answer: "no-answer", status: null };
  }
}

/**
 * Posts a message or event to the account's server as WeChat does: signed and, but for plain mode, encrypted; five
 * seconds for the answer; three tries in all. `success`, an empty body or a valid passive reply ends the tries.
 */
export async function callBack(
  world: World,
  state: AccountState,
  openid: string,
  fields: Fields,
): Promise<CallbackOutcome> {
  for (let tries = 1; tries <= TRIES; tries += 1) {
    if (tries > 1) {
      await pause(world.limits.retryAfterMs, undefined, { signal: world.closing.signal }).catch(() => undefined);
    }
    if (world.closing.signal.aborted) return { accepted: false, tries: tries - 1 };
    const startedAt = performance.now();
    const at = world.now();
    const result = await attempt(world, state, openid, fields);
    record(world, {
      kind: "webhook",
      at,
      account: state.account.name,
      openid,
      attempt: tries,
      sealed: state.account.mode !== "plain" && state.account.aesKey !== null,
      fields,
      status: result.status,
      answer: result.answer,
      durationMs: performance.now() - startedAt,
    });
    if (result.answer === "accepted") return { accepted: true, tries, reply: null };
    if (result.answer === "replied") return { accepted: true, tries, reply: result.reply };
  }
  return { accepted: false, tries: TRIES };
}

/**
 * Verifies the account's address by the platform's handshake, as the console does. @returns whether the echo came back
 * unchanged
 * @returns whether the echo came back unchanged
 */
export async function shakeHands(world: World, state: AccountState): Promise<boolean> {
  const { account } = state;
  const timestamp = String(Math.floor(world.now().getTime() / 1000));
  const nonce = String(randomBytes(4).readUInt32BE());
  const echo = randomBytes(8).readBigUInt64BE().toString();
  const url = new URL(account.webhookUrl);
  url.searchParams.set("signature", sign(account.token, timestamp, nonce));
  url.searchParams.set("timestamp", timestamp);
  url.searchParams.set("nonce", nonce);
  url.searchParams.set("echostr", echo);
  const response = await fetch(url, { signal: AbortSignal.timeout(world.limits.answerWithinMs) }).catch(() => null);
  return response !== null && response.status === 200 && (await response.text()) === echo;
}
