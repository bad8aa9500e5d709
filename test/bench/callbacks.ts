import { seal, sign } from "../../src/demo/platforms/wechat/envelope.ts";
import { writeFields } from "../../src/demo/platforms/wechat/format.ts";

/** The one account of the benchmarks, in safe mode: every message is signed and encrypted. */
export const ACCOUNT = {
  name: "oa",
  appId: "wx00000000000000bb",
  appSecret: "s3cret",
  token: "t0ken",
  aesKey: "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG",
} as const;

/** A request that is ready to be sent. */
export type Callback = { readonly path: string; readonly body: string };

let messages = BigInt(Date.now()) * 1_000_000n;

/** What WeChat posts when somebody writes a text; each has a MsgId of its own. */
export function textCallback(openid: string, text: string): Callback {
  messages += 1n;
  const seconds = Math.floor(Date.now() / 1000);
  const timestamp = String(seconds);
  const nonce = String(messages % 1_000_000_007n);
  const fields = {
    ToUserName: "gh_0000000000bb",
    FromUserName: openid,
    CreateTime: seconds,
    MsgType: "text",
    Content: text,
    MsgId: messages,
  };
  const sealed = seal(writeFields(fields, "xml"), ACCOUNT.aesKey, ACCOUNT.appId);
  const query = new URLSearchParams({
    signature: sign(ACCOUNT.token, timestamp, nonce),
    timestamp,
    nonce,
    openid,
    encrypt_type: "aes",
    msg_signature: sign(ACCOUNT.token, timestamp, nonce, sealed),
  });
  return {
    path: `/webhooks/wechat-official/${ACCOUNT.name}?${query}`,
    body: writeFields({ ToUserName: "gh_0000000000bb", Encrypt: sealed }, "xml"),
  };
}

/** Texts of as many residents, such as people write. */
export function residentsTexts(count: number): Callback[] {
  return Array.from({ length: count }, (_, index) =>
    textCallback(`o_${index}_${messages}`, WORDS[index % WORDS.length] ?? ""),
  );
}

const WORDS = [
  "楼下路灯不亮好几天了，晚上老人出门看不见路，请帮忙看看",
  "小区电梯又坏了，物业说等配件，已经一个星期",
  "村口的桥栏杆断了一截，孩子上学从那里走，很危险",
  "垃圾三天没人收，夏天味道很大",
];
