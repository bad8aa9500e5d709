import type { WebhookRequest } from "../../src/channels/channel.ts";
import { aesKeyOf, decrypt } from "../../src/channels/tencent-callback/crypto.ts";
import type { HandedRequest } from "../../src/edge-protocol.ts";
import { ACCOUNT, callback, xml } from "../channels/wechat-official/request.ts";

/** What the edge is given of an account in safe mode, and of one in plain mode. */
export const ACCOUNTS = {
  "wechat-official/safe": {
    settings: { "app-id": ACCOUNT.appId },
    secrets: { token: ACCOUNT.token, "aes-key": ACCOUNT.encodingAesKey },
  },
  "wechat-official/plain": { settings: { "app-id": ACCOUNT.appId }, secrets: { token: "plainToken" } },
  "wechat-official/passive": {
    settings: { "app-id": ACCOUNT.appId },
    secrets: { token: ACCOUNT.token, "aes-key": ACCOUNT.encodingAesKey },
    answersOnly: true,
  },
};

/** The text of a message that somebody writes, with this number. */
export const words = (id: number, text = `${id}号楼前路灯坏了`): string =>
  xml({
    ...{ ToUserName: "gh_demo", FromUserName: "o_somebody", CreateTime: String(Math.floor(Date.now() / 1000)) },
    ...{ MsgType: "text", Content: text, MsgId: String(1000 + id) },
  });

/** A message of a person as the platform sends it now. */
export const message = (id: number, text?: string): WebhookRequest => callback(words(id, text), { at: new Date() });

/** Sends a request of the platform to an address. */
export function send(url: string, account: string, request: WebhookRequest): Promise<Response> {
  const type = request.header("content-type");
  return fetch(`${url}/webhooks/wechat-official/${account}?${request.query}`, {
    method: request.method,
    headers: type === null ? {} : { "content-type": type },
    ...(request.method === "POST" ? { body: new Uint8Array(request.body) } : {}),
  });
}

/** The number of a message that was handed over sealed; null where it cannot be opened. */
export function numberOf(handed: HandedRequest): number | null {
  const sealed = /<Encrypt><!\[CDATA\[([^\]]+)\]\]>/.exec("body" in handed ? handed.body : "")?.[1] ?? "";
  const opened = decrypt(aesKeyOf(ACCOUNT.encodingAesKey)!, sealed, ACCOUNT.appId);
  const id = /<MsgId><!\[CDATA\[(\d+)\]\]>/.exec(Buffer.from(opened ?? []).toString())?.[1];
  return id === undefined ? null : Number(id) - 1000;
}
