import type { WebhookRequest } from "../../../src/channels/channel.ts";
import { aesKeyOf, encrypt, signatureOf } from "../../../src/channels/tencent-callback/crypto.ts";

/** A made-up account as the platform's console would show it. */
export const ACCOUNT = {
  appId: "wxdemo0000000001",
  token: "demoToken",
  encodingAesKey: "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG",
};

export type Mode = "plain" | "compat" | "safe";

type RequestOptions = {
  readonly mode?: Mode;
  readonly format?: "xml" | "json";
  readonly at: Date;
  readonly appId?: string;
  readonly token?: string;
  readonly encodingAesKey?: string;
};

/** A callback as the platform sends it: `clear` signed, and in compat and safe mode encrypted. */
export function callback(clear: string | Uint8Array, options: RequestOptions): WebhookRequest {
  const { mode = "safe", format = "xml", token = ACCOUNT.token } = options;
  const query = new URLSearchParams({ timestamp: String(Math.floor(options.at.getTime() / 1000)), nonce: "n0nce" });
  const parts = [token, query.get("timestamp")!, "n0nce"];
  query.set("signature", signatureOf(parts));
  const type = format === "xml" ? "text/xml" : "application/json";
  const header = (name: string) => (name === "content-type" ? type : null);
  if (mode === "plain") return { method: "POST", query, header, body: Buffer.from(clear) };
  const key = aesKeyOf(options.encodingAesKey ?? ACCOUNT.encodingAesKey)!;
  const sealed = encrypt(key, Buffer.from(clear).toString(), options.appId ?? ACCOUNT.appId);
  query.set("encrypt_type", "aes");
  query.set("msg_signature", signatureOf([...parts, sealed]));
  const beside = mode === "compat" ? Buffer.from(clear).toString() : null;
  return { method: "POST", query, header, body: Buffer.from(envelope(sealed, beside, format)) };
}

/** The handshake of the platform's console. */
export function handshake(echo: string, at: Date, token = ACCOUNT.token): WebhookRequest {
  const timestamp = String(Math.floor(at.getTime() / 1000));
  const signature = signatureOf([token, timestamp, "n0nce"]);
  const query = new URLSearchParams({ signature, timestamp, nonce: "n0nce", echostr: echo });
  return { method: "GET", query, header: () => null, body: new Uint8Array() };
}

/** A callback body in XML; values are put in CDATA, `raw` ones as they are. */
export function xml(fields: Readonly<Record<string, string>>, raw = ""): string {
  const elements = Object.entries(fields).map(([name, value]) => `<${name}><![CDATA[${value}]]></${name}>`);
  return `<xml>${elements.join("")}${raw}</xml>`;
}

function envelope(sealed: string, beside: string | null, format: "xml" | "json"): string {
  if (format === "json") {
    const clear = beside === null ? { ToUserName: "gh_demo" } : JSON.parse(beside);
    return JSON.stringify({ ...clear, Encrypt: sealed });
  }
  const clear = beside === null ? "<ToUserName><![CDATA[gh_demo]]></ToUserName>" : beside.slice(5, -6);
  return `<xml>${clear}<Encrypt><![CDATA[${sealed}]]></Encrypt></xml>`;
}
