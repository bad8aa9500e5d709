import { randomBytes } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import { seal, sign } from "../wechat/envelope.ts";
import { type App, type CallbackFields, record, type World } from "./world.ts";

const TRIES = 4;
const RETRY_MS = 30;
const LIMIT_MS = 60_000;

/** Posts a callback to the app's server, and again where it is not taken. @returns whether it was taken */
export async function callBack(world: World, app: App, person: string, fields: CallbackFields): Promise<boolean> {
  app.callbacks.push(fields);
  for (let attempt = 1; attempt <= TRIES; attempt += 1) {
    if (attempt > 1) await pause(RETRY_MS);
    if (await tryCallback(world, app, person, fields)) return true;
  }
  return false;
}

/** Posts a callback once more: the same words, sealed and signed anew. */
export async function tryCallback(
  world: World,
  app: App,
  person: string | null,
  fields: CallbackFields,
): Promise<boolean> {
  const { url, body } = sealed(world, app, fields);
  const response = await fetch(url, {
    method: "POST",
    body,
    headers: { "content-type": "text/xml" },
    redirect: "error",
    signal: AbortSignal.any([AbortSignal.timeout(LIMIT_MS), world.closing.signal]),
  }).catch(() => null);
  const path = [fields.MsgType, fields.Event].filter(Boolean).join(":");
  record(world, {
    ...{ kind: "webhook", at: world.now(), account: app.account, person, path, request: fields },
    ...{ status: response?.status ?? null, code: null },
  });
  return response?.status === 200;
}

/** The body and address of a callback, as the platform makes them at this moment. */
function sealed(world: World, app: App, fields: CallbackFields): { readonly url: URL; readonly body: string } {
  const encrypted = seal(xml(fields), app.aesKey, app.corpId);
  const timestamp = String(Math.floor(world.now().getTime() / 1000));
  const nonce = String(randomBytes(4).readUInt32BE());
  const url = new URL(app.webhookUrl);
  url.searchParams.set("msg_signature", sign(app.token, timestamp, nonce, encrypted));
  url.searchParams.set("timestamp", timestamp);
  url.searchParams.set("nonce", nonce);
  return { url, body: xml({ ToUserName: app.corpId, Encrypt: encrypted, AgentID: app.agentId }) };
}

function xml(fields: CallbackFields): string {
  const write = ([name, value]: [string, string]) =>
    `<${name}><![CDATA[${value.replaceAll("]]>", "]]]]><![CDATA[>")}]]></${name}>`;
  return `<xml>${Object.entries(fields).map(write).join("")}</xml>`;
}
