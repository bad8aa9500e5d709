import { expect } from "vitest";
import type { WebhookRequest } from "../../../src/channels/channel.ts";
import { aesKeyOf, encrypt, signatureOf } from "../../../src/channels/tencent-callback/crypto.ts";
import { wecom } from "../../../src/channels/wecom/channel.ts";
import { startWecom } from "../../../src/demo/platforms/wecom.ts";
import type { Said } from "../conformance/driver.ts";
import { conform } from "../conformance.ts";
import { ACCOUNT, callback, xml } from "../wechat-official/request.ts";

const CORP = "ww0123456789abcdef";
const OPTIONS = {
  "corp-id": CORP,
  "agent-id": "1000002",
  "agent-secret": "secretOfTheSuite",
  token: ACCOUNT.token,
  "aes-key": ACCOUNT.encodingAesKey,
};
const SEND = "/cgi-bin/message/send";
const UPDATE = "/cgi-bin/message/update_template_card";
const BESIDE = { agentid: expect.any(Number), enable_duplicate_check: 1, duplicate_check_interval: 1800 };

/** The clear body of a callback; null where WeCom has nothing of the kind. */
function bodyOf(said: Said, at: Date): string | null {
  const CreateTime = String(Math.floor(at.getTime() / 1000));
  const head = { ToUserName: CORP, FromUserName: said.by ?? "1001", CreateTime };
  const beside = { AgentID: OPTIONS["agent-id"] };
  const message = (fields: Readonly<Record<string, string>>) =>
    xml({ ...head, ...fields, MsgId: String(said.id), ...beside });
  const event = (fields: Readonly<Record<string, string>>) => xml({ ...head, MsgType: "event", ...fields, ...beside });
  const press = (key: string) =>
    event({
      ...{ Event: "template_card_event", EventKey: key, TaskId: "t1", CardType: "button_interaction" },
      ResponseCode: `code${said.id}`,
    });
  switch (said.kind) {
    case "text":
      if (said.room !== undefined) return null;
      return message({ MsgType: "text", Content: said.text.replaceAll("]]>", "]] >") });
    case "choice":
      return press(`c:${said.choice}:${said.text}`);
    case "press":
      return press(said.key);
    case "image":
    case "video":
    case "voice":
      return message({ MsgType: said.kind, MediaId: said.mediaId });
    case "place": {
      const { latitude, longitude, label } = said;
      const place = { Location_X: String(latitude), Location_Y: String(longitude), Label: label };
      return message({ MsgType: "location", ...place });
    }
    case "link":
      return message({ MsgType: "link", Title: said.title, Description: said.description, Url: said.url });
    case "open":
      // An app has no scenes: what is named here tells two events of one second apart, and is not read.
      return event({ Event: "subscribe", EventKey: said.scene ?? "" });
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

const sealed = (body: string, change: Partial<Parameters<typeof callback>[1]> & { readonly at: Date }) =>
  callback(body, { appId: CORP, ...change });

function request(said: Said | readonly Said[], at: Date): WebhookRequest | null {
  if (Array.isArray(said)) return null;
  const body = bodyOf(said as Said, at);
  return body === null ? null : sealed(body, { at });
}

function handshake(isRight: boolean, at: Date): WebhookRequest {
  const timestamp = String(Math.floor(at.getTime() / 1000));
  const echostr = encrypt(aesKeyOf(OPTIONS["aes-key"])!, "1616140317555161061", CORP);
  const token = isRight ? OPTIONS.token : "anotherToken";
  const signature = signatureOf([token, timestamp, "n0nce", echostr]);
  const query = new URLSearchParams({ msg_signature: signature, timestamp, nonce: "n0nce", echostr });
  return { method: "GET", query, header: () => null, body: new Uint8Array() };
}

function withQuery(genuine: WebhookRequest, name: string, value: string): WebhookRequest {
  const query = new URLSearchParams(genuine.query);
  query.set(name, value);
  return { ...genuine, query };
}

const again = (genuine: WebhookRequest, change: Partial<Parameters<typeof callback>[1]>) => {
  const at = new Date(Number(genuine.query.get("timestamp")) * 1000);
  return sealed(bodyOf({ kind: "text", id: 1, text: "柳东村路灯坏了" }, at)!, { ...change, at });
};
const refusal = (code: number, blocks: "rung" | "person" | "content" | "account") => ({
  fault: { path: SEND, times: 1, kind: "error", code } as const,
  expect: { outcome: "refused", blocks } as const,
});
const retry = (code: number) => ({
  fault: { path: SEND, times: 1, kind: "error", code } as const,
  expect: { outcome: "retry", scope: "account" } as const,
});
const named = (says: Readonly<Record<string, string>>) => ({
  fault: { path: SEND, times: 1, kind: "error", code: 0, says } as const,
  expect: { outcome: "refused", blocks: "person" } as const,
});

conform({
  channel: wecom,
  startPlatform: (now) => startWecom({ now }),
  options: OPTIONS,
  wrongOptions: [
    { options: { "corp-id": "no blanks" }, names: "--corp-id" },
    { options: { "agent-id": "one" }, names: "--agent-id" },
    { options: { "agent-secret": "" }, names: "--agent-secret" },
    { options: { token: "" }, names: "--token" },
    { options: { "aes-key": "short" }, names: "--aes-key" },
  ],
  request,
  handshake: { request: handshake, answer: "1616140317555161061" },
  spoiled: {
    signature: (genuine) => withQuery(genuine, "msg_signature", "0".repeat(40)),
    "signature-length": (genuine) => withQuery(genuine, "msg_signature", "abc"),
    body: (genuine) => ({
      ...genuine,
      body: Buffer.from(Buffer.from(genuine.body).toString().replace("<Encrypt><![CDATA[", "<Encrypt><![CDATA[A")),
    }),
    timestamp: (genuine) => withQuery(genuine, "timestamp", "yesterday"),
    nonce: (genuine) => withQuery(genuine, "nonce", "another"),
    owner: (genuine) => again(genuine, { appId: "wwsomebodyelse" }),
    "plain-instead-of-sealed": (genuine) => again(genuine, { mode: "plain" }),
    token: (genuine) => again(genuine, { token: "anotherToken" }),
  },
  isTimed: true,
  hostile: [
    (at) => sealed('<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><xml><MsgType>&b;</MsgType></xml>', { at }),
    (at) => sealed(`${'{"a":'.repeat(100)}1${"}".repeat(100)}`, { at }),
    (at) => sealed("<xml>".repeat(3000), { at }),
  ],
  contents: {
    voice: { kind: "media", media: { mediaId: "V1", form: "voice" } },
    open: { kind: "follow", scene: null },
  },
  calls: {
    text: { touser: "1001", msgtype: "text", text: { content: "已收到，编号12" }, ...BESIDE },
    choices: {
      touser: "1001",
      msgtype: "template_card",
      template_card: {
        card_type: "button_interaction",
        sub_title_text: "是哪里？\n回数字就行",
        task_id: expect.stringMatching(/^[\w-]{1,32}$/),
        button_list: [
          { text: "柳东村", style: 2, key: "c:1:柳东村" },
          { text: "柳西村", style: 2, key: "c:2:柳西村" },
        ],
      },
      ...BESIDE,
    },
    card: {
      touser: "1001",
      msgtype: "template_card",
      template_card: {
        card_type: "button_interaction",
        main_title: { title: "新的群众意见 12" },
        sub_title_text: "路灯坏了",
        horizontal_content_list: [{ keyname: "地点", value: "柳东村" }],
        task_id: expect.stringMatching(/^[\w-]{1,32}$/),
        button_list: [{ text: "答复", style: 1, key: "r_12" }],
      },
      ...BESIDE,
    },
    media: { touser: "1001", msgtype: "image", image: { media_id: expect.any(String) }, ...BESIDE },
  },
  errors: [
    refusal(81_013, "person"),
    refusal(60_111, "person"),
    refusal(60_020, "account"),
    refusal(40_056, "account"),
    refusal(40_058, "content"),
    refusal(99_999, "content"),
    retry(-1),
    retry(45_033),
  ],
  partlyRefused: [named({ invaliduser: "1001" }), named({ unlicenseduser: "1001" })],
  sendPath: SEND,
  token: { path: "/cgi-bin/gettoken", refused: { path: SEND, times: 1, kind: "error", code: 42_001 } },
  wrongSecret: { "agent-secret": "notTheSecretOfAnyApp" },
  cards: { path: UPDATE, spent: { path: UPDATE, times: 1, kind: "error", code: 40_058 } },
  notBlocked: { path: SEND, times: 1, kind: "error", code: 40_058 },
  without: [
    ...["I6", "I11-file", "I11-edited", "I11-recalled", "I11-answer", "I15", "I16", "I17"],
    ...["R10", "P1", "P2", "P3", "P4", "P5", "P6", "P7", "P8", "P9", "P10"],
  ],
});
