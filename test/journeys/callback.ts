import { randomBytes } from "node:crypto";
import type { SimulatedAccount } from "../../src/demo/platforms/wechat/account.ts";
import { seal, sign } from "../../src/demo/platforms/wechat/envelope.ts";

/** What is wrong with a callback, besides its body; nothing when left out. */
type Flaws = {
  readonly token?: string;
  readonly appId?: string;
  /** The service's clock, where it is not the real one. */
  readonly now?: Date;
  /** Seconds that the signed moment lies behind the clock. */
  readonly ageSeconds?: number;
  /** Changes the sealed text before it is signed. */
  readonly mangle?: (sealed: string) => string;
  /** Leaves out the encryption, as a stranger would who only knows how plain mode looks. */
  readonly bare?: boolean;
};

/** Posts a body of any kind to an account's own address, signed and sealed as its mode asks. */
export async function post(account: SimulatedAccount, clear: string, flaws: Flaws = {}): Promise<[number, string]> {
  const timestamp = String(Math.floor((flaws.now?.getTime() ?? Date.now()) / 1000) - (flaws.ageSeconds ?? 0));
  const token = flaws.token ?? account.token;
  const url = new URL(account.webhookUrl);
  url.searchParams.set("timestamp", timestamp);
  const nonce = String(randomBytes(4).readUInt32BE());
  url.searchParams.set("nonce", nonce);
  url.searchParams.set("signature", sign(token, timestamp, nonce));
  let body = clear;
  if (account.aesKey !== null && flaws.bare !== true) {
    const mangle = flaws.mangle ?? ((sealed: string) => sealed);
    const sealed = mangle(seal(clear, account.aesKey, flaws.appId ?? account.appId));
    url.searchParams.set("encrypt_type", "aes");
    url.searchParams.set("msg_signature", sign(token, timestamp, nonce, sealed));
    const beside = account.mode === "compat" ? "<Content>not signed</Content>" : "";
    body =
      account.format === "json"
        ? JSON.stringify({ ToUserName: "gh", Encrypt: sealed })
        : `<xml>${beside}<Encrypt><![CDATA[${sealed}]]></Encrypt></xml>`;
  }
  const response = await fetch(url, { method: "POST", body });
  return [response.status, await response.text()];
}
