import { randomBytes } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import { seal, sign } from "../wechat/envelope.ts";
import { type Account, newId, type Row, record, type World } from "./world.ts";

const TRIES = 3;
const RETRY_MS = 30;
const LIMIT_MS = 60_000;
/** So long the token of a callback makes a pull cheap. */
const HINT_MS = 10 * 60_000;

/** Puts a row where it can be pulled, and tells the account's server that something is there. @returns whether it took that */
export async function happen(world: World, account: Account, person: string, row: Row): Promise<boolean> {
  const seconds = Math.floor(world.now().getTime() / 1000);
  account.rows.push({ msgid: newId("kfmsg_"), open_kfid: account.openKfId, send_time: seconds, ...row });
  if (account.isSilent) return true;
  const hint = newId("ENC");
  account.hints.set(hint, world.now().getTime() + HINT_MS);
  const body =
    `<xml><ToUserName><![CDATA[${account.corpId}]]></ToUserName><CreateTime>${seconds}</CreateTime>` +
    `<MsgType><![CDATA[event]]></MsgType><Event><![CDATA[kf_msg_or_event]]></Event>` +
    `<Token><![CDATA[${hint}]]></Token><OpenKfId><![CDATA[${account.openKfId}]]></OpenKfId></xml>`;
  account.callbacks.push(body);
  for (let attempt = 1; attempt <= TRIES; attempt += 1) {
    if (attempt > 1) await pause(RETRY_MS);
    if (await callBack(world, account, person, body)) return true;
  }
  return false;
}

/** Posts a callback once, sealed and signed as it is at this moment. */
export async function callBack(world: World, account: Account, person: string | null, body: string): Promise<boolean> {
  const sealed = seal(body, account.aesKey, account.corpId);
  const timestamp = String(Math.floor(world.now().getTime() / 1000));
  const nonce = String(randomBytes(4).readUInt32BE());
  const url = new URL(account.webhookUrl);
  url.searchParams.set("msg_signature", sign(account.token, timestamp, nonce, sealed));
  url.searchParams.set("timestamp", timestamp);
  url.searchParams.set("nonce", nonce);
  const response = await fetch(url, {
    method: "POST",
    body: `<xml><ToUserName><![CDATA[${account.corpId}]]></ToUserName><Encrypt><![CDATA[${sealed}]]></Encrypt></xml>`,
    headers: { "content-type": "text/xml" },
    redirect: "error",
    signal: AbortSignal.any([AbortSignal.timeout(LIMIT_MS), world.closing.signal]),
  }).catch(() => null);
  record(world, {
    ...{ kind: "webhook", at: world.now(), account: account.name, person, path: "kf_msg_or_event", request: {} },
    ...{ status: response?.status ?? null, code: null },
  });
  return response?.status === 200;
}
