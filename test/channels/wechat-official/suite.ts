import type { WebhookRequest } from "../../../src/channels/channel.ts";
import type { Driver, Said } from "../conformance/driver.ts";
import { ACCOUNT, callback, handshake, xml } from "./request.ts";

export const OPTIONS = {
  "app-id": ACCOUNT.appId,
  "app-secret": "secretOfTheSuite",
  token: ACCOUNT.token,
  "aes-key": ACCOUNT.encodingAesKey,
};
export const SEND = "/cgi-bin/message/custom/send";
export const TOKEN = "/cgi-bin/stable_token";
export const TO_ONE = { touser: "1001" };

/** The clear body of a callback; null where WeChat has nothing of the kind. */
export function bodyOf(said: Said, at: Date): string | null {
  const head = {
    ToUserName: "gh_demo",
    FromUserName: said.by ?? "1001",
    CreateTime: String(Math.floor(at.getTime() / 1000)),
  };
  const message = (fields: Readonly<Record<string, string>>) => xml({ ...head, MsgId: String(said.id), ...fields });
  const event = (fields: Readonly<Record<string, string>>) => xml({ ...head, MsgType: "event", ...fields });
  switch (said.kind) {
    case "text":
      if (said.room !== undefined) return null;
      return message({ MsgType: "text", Content: said.text.replaceAll("]]>", "]] >") });
    case "choice":
      return message({ MsgType: "text", Content: `${said.choice} ${said.text}`, bizmsgmenuid: `10${said.choice}` });
    case "image":
    case "video":
      return message({ MsgType: said.kind, MediaId: said.mediaId });
    case "voice":
      return message({ MsgType: "voice", MediaId: said.mediaId, Recognition: said.transcript ?? "" });
    case "place": {
      const { latitude, longitude, label } = said;
      return message({
        MsgType: "location",
        Location_X: String(latitude),
        Location_Y: String(longitude),
        Label: label,
      });
    }
    case "link":
      return message({ MsgType: "link", Title: said.title, Description: said.description, Url: said.url });
    case "open":
      return event({ Event: "subscribe", EventKey: said.scene === null ? "" : `qrscene_${said.scene}` });
    case "leave":
      return event({ Event: "unsubscribe", EventKey: "" });
    case "unknown message":
      return message({ MsgType: "hologram" });
    case "unknown event":
      return event({ Event: "hologram_opened" });
    case "unreadable":
      return "<xml><MsgType>text</MsgType><Content>路灯</xml>";
    default:
      return null;
  }
}

/** How callbacks are made of what was said, in safe mode. */
export function requestsOf(bodyOf: (said: Said, at: Date) => string | null): Driver["request"] {
  return (said, at) => {
    const body = Array.isArray(said) ? null : bodyOf(said as Said, at);
    return body === null ? null : callback(body, { at });
  };
}

function withQuery(genuine: WebhookRequest, name: string, value: string): WebhookRequest {
  const query = new URLSearchParams(genuine.query);
  query.set(name, value);
  return { ...genuine, query };
}

const TEXT: Said = { kind: "text", id: 1, text: "柳东村路灯坏了" };
const again = (genuine: WebhookRequest, change: Parameters<typeof callback>[1]) => {
  const at = new Date(Number(genuine.query.get("timestamp")) * 1000);
  return callback(bodyOf(TEXT, at)!, { ...change, at });
};
export const refusal = (code: number, blocks: "rung" | "person" | "content" | "account") => ({
  fault: { path: SEND, times: 1, kind: "error", code } as const,
  expect: { outcome: "refused", blocks } as const,
});

/** How callbacks of the platform can be wrong. */
export const CALLBACKS: Pick<Driver, "handshake" | "spoiled" | "isTimed" | "hostile"> = {
  handshake: { request: (isRight, at) => handshake("42", at, isRight ? ACCOUNT.token : "anotherToken"), answer: "42" },
  spoiled: {
    signature: (genuine) => withQuery(genuine, "msg_signature", "0".repeat(40)),
    "signature-length": (genuine) => withQuery(genuine, "msg_signature", "abc"),
    body: (genuine) => ({
      ...genuine,
      body: Buffer.from(Buffer.from(genuine.body).toString().replace("<Encrypt><![CDATA[", "<Encrypt><![CDATA[A")),
    }),
    timestamp: (genuine) => withQuery(genuine, "timestamp", "yesterday"),
    nonce: (genuine) => withQuery(genuine, "nonce", "another"),
    owner: (genuine) => again(genuine, { at: new Date(), appId: "wxsomebodyelse" }),
    "plain-instead-of-sealed": (genuine) => again(genuine, { at: new Date(), mode: "plain" }),
    token: (genuine) => again(genuine, { at: new Date(), token: "anotherToken" }),
  },
  isTimed: true,
  hostile: [
    (at) => callback('<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><xml><MsgType>&b;</MsgType></xml>', { at }),
    (at) => callback(`${'{"a":'.repeat(100)}1${"}".repeat(100)}`, { at }),
    (at) => callback("<xml>".repeat(3000), { at }),
  ],
};
