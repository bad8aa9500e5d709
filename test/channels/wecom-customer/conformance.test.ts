import type { WebhookRequest } from "../../../src/channels/channel.ts";
import { wecomCustomer } from "../../../src/channels/wecom-customer/channel.ts";
import { seal, sign } from "../../../src/demo/platforms/wechat/envelope.ts";
import {
  OPEN_KF_ID,
  type SimulatedCustomerService,
  startWecomCustomer,
} from "../../../src/demo/platforms/wecom-customer.ts";
import type { Said } from "../conformance/driver.ts";
import { conform } from "../conformance.ts";
import { DESK, OPTIONS, pullText } from "./pages.ts";

const SEND = "/cgi-bin/kf/send_msg";
const SYNC = "/cgi-bin/kf/sync_msg";
const KEY = OPTIONS["aes-key"];
const CORP = OPTIONS["corp-id"];
const NUDGE = `<xml><ToUserName>${CORP}</ToUserName><CreateTime>1</CreateTime><MsgType>event</MsgType><Event>kf_msg_or_event</Event><Token>T</Token><OpenKfId>${DESK}</OpenKfId></xml>`;

type Parts = {
  readonly sealed: string;
  readonly timestamp: string;
  readonly nonce: string;
  readonly signature: string;
};

function post({ sealed, timestamp, nonce, signature }: Parts): WebhookRequest {
  const query = new URLSearchParams({ msg_signature: signature, timestamp, nonce });
  const body = Buffer.from(`<xml><ToUserName>${CORP}</ToUserName><Encrypt>${sealed}</Encrypt></xml>`);
  return { method: "POST", query, header: () => null, body };
}

function signed(sealed: string, at: Date, change: Partial<Parts> = {}): WebhookRequest {
  const [timestamp, nonce] = [change.timestamp ?? String(Math.floor(at.getTime() / 1000)), "471"];
  const signature = sign(OPTIONS.token, timestamp, nonce, sealed);
  return post({ sealed, timestamp, nonce, signature, ...change });
}

const saying = (text: string, at: Date) => signed(seal(text, KEY, CORP), at);
const sealedIn = (request: WebhookRequest) =>
  /<Encrypt>(.*)<\/Encrypt>/.exec(Buffer.from(request.body).toString())![1]!;
const momentOf = (request: WebhookRequest) => new Date(Number(request.query.get("timestamp")) * 1000);
const withQuery = (request: WebhookRequest, name: string, change: (value: string) => string): WebhookRequest => {
  const query = new URLSearchParams(request.query);
  query.set(name, change(query.get(name) ?? ""));
  return { ...request, query };
};

/** A row of the platform; null where it has nothing of the kind. */
function rowOf(said: Said, at: Date): object | null {
  const person = said.by ?? "1001";
  const head = { msgid: `m${said.id}`, open_kfid: DESK, send_time: Math.floor(at.getTime() / 1000) };
  const wrote = (msgtype: string, content: object, origin = 3) => ({
    ...{ ...head, external_userid: person, origin, msgtype },
    [msgtype]: content,
  });
  const event = (event_type: string, fields: object) => ({
    ...{ ...head, origin: 4, msgtype: "event" },
    event: { event_type, open_kfid: DESK, external_userid: person, ...fields },
  });
  switch (said.kind) {
    case "text":
      return said.room === undefined ? wrote("text", { content: said.text }) : null;
    case "choice":
      return wrote("text", { content: `${said.choice} ${said.text}`, menu_id: `choice_${said.choice}` });
    case "image":
    case "voice":
    case "video":
    case "file":
      return wrote(said.kind, { media_id: said.mediaId });
    case "place":
      return wrote("location", {
        ...{ latitude: said.latitude, longitude: said.longitude, name: said.label, address: "" },
      });
    case "link":
      return wrote("link", { title: said.title, desc: said.description, url: said.url, pic_url: "" });
    case "recalled":
      return event("user_recall_msg", { recall_msgid: String(said.id) });
    case "open":
      return event("enter_session", { scene: "liaison", scene_param: said.scene ?? "", welcome_code: `W${said.id}` });
    case "leave":
      return event("reject_customer_msg_switch_change", { reject_switch: 1 });
    case "unknown message":
      return wrote("channels_shop_product", { product_id: "1" });
    case "unknown event":
      return event("something_new", {});
    case "own":
      return wrote("text", { content: "编号12" }, 5);
    default:
      return null;
  }
}

async function pulled(said: readonly Said[], at: Date) {
  const rows = said.map((one) => rowOf(one, at));
  if (rows.includes(null)) return null;
  return (await pullText(JSON.stringify({ errcode: 0, next_cursor: "c", has_more: 0, msg_list: rows }), at)).messages;
}

function request(said: Said | readonly Said[], at: Date): WebhookRequest | null {
  const list: readonly Said[] = Array.isArray(said) ? said : [said as Said];
  if (list.some(({ kind }) => kind === "unreadable")) return saying("<xml><Event>", at);
  return list.some((one) => rowOf(one, at) === null) ? null : saying(NUDGE, at);
}

const call = (fields: object) => ({ touser: "1001", open_kfid: OPEN_KF_ID, ...fields });
const key = (number: number) => `suite0000000000000000_${number}`;
const refusal = (code: number, blocks: "rung" | "person" | "content" | "account") => ({
  fault: { path: SEND, times: 1, kind: "error", code } as const,
  expect: { outcome: "refused", blocks } as const,
});

conform({
  channel: wecomCustomer,
  startPlatform: (now) => startWecomCustomer({ now }),
  options: OPTIONS,
  wrongOptions: [
    { options: { "corp-id": "no id" }, names: "--corp-id" },
    { options: { "aes-key": "short" }, names: "--aes-key" },
    { options: { token: "a b" }, names: "--token" },
    { options: { "open-kfid": "a b" }, names: "--open-kfid" },
  ],
  request,
  pulled,
  pulling: {
    path: SYNC,
    silence: (platform, isSilent) => (platform as SimulatedCustomerService).silence("qinghe", isSilent),
  },
  lateReports: { noMore: 6, content: 12 },
  personId: (person) => `${person}@${person === "1001" ? OPEN_KF_ID : DESK}`,
  handshake: {
    request(isRight, at) {
      const sealed = seal("4711", KEY, CORP);
      const [timestamp, nonce] = [String(Math.floor(at.getTime() / 1000)), "471"];
      const signature = sign(isRight ? OPTIONS.token : "another", timestamp, nonce, sealed);
      const query = new URLSearchParams({ msg_signature: signature, timestamp, nonce, echostr: sealed });
      return { method: "GET", query, header: () => null, body: new Uint8Array() };
    },
    answer: "4711",
  },
  spoiled: {
    signature: (genuine) =>
      withQuery(genuine, "msg_signature", (value) => value.replace(/^./, (sign) => (sign === "0" ? "1" : "0"))),
    "signature-length": (genuine) => withQuery(genuine, "msg_signature", (value) => value.slice(1)),
    body: (genuine) => ({
      ...genuine,
      body: Buffer.from(
        Buffer.from(genuine.body)
          .toString()
          .replace(/<Encrypt>./, "<Encrypt>!"),
      ),
    }),
    timestamp: (genuine) => withQuery(genuine, "timestamp", () => "yesterday"),
    nonce: (genuine) => withQuery(genuine, "nonce", () => "472"),
    owner: (genuine) => signed(seal(NUDGE, KEY, "ww_another"), momentOf(genuine)),
    padding: (genuine) => signed(sealedIn(genuine).replace(/.{6}$/, "AAAAA="), momentOf(genuine)),
    "plain-instead-of-sealed": (genuine) => ({ ...genuine, body: Buffer.from(NUDGE) }),
  },
  isTimed: true,
  hostile: [
    (at) => saying('<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><xml><Event>&b;</Event></xml>', at),
    (at) => saying(`${"[".repeat(100)}${"]".repeat(100)}`, at),
    (at) => saying(`${"<a>".repeat(200)}${"</a>".repeat(200)}`, at),
  ],
  calls: {
    text: call({ msgid: key(1), msgtype: "text", text: { content: "已收到，编号12" } }),
    choices: call({
      ...{ msgid: key(2), msgtype: "msgmenu" },
      msgmenu: {
        head_content: "是哪里？",
        list: [
          { type: "click", click: { id: "choice_1", content: "1 柳东村" } },
          { type: "click", click: { id: "choice_2", content: "2 柳西村" } },
        ],
        tail_content: "回数字就行",
      },
    }),
    card: call({ msgid: key(3), msgtype: "text", text: { content: "编号12：路灯坏了" } }),
  },
  errors: [
    refusal(40096, "person"),
    refusal(95001, "rung"),
    refusal(95002, "rung"),
    refusal(95000, "account"),
    refusal(48002, "account"),
    refusal(60020, "account"),
    refusal(45002, "content"),
    refusal(77777, "content"),
    { fault: { path: SEND, times: 1, kind: "error", code: 45033 }, expect: { outcome: "retry", scope: "account" } },
  ],
  sendPath: SEND,
  token: { path: "/cgi-bin/gettoken", refused: { path: SEND, times: 1, kind: "error", code: 42001 } },
  wrongSecret: { secret: "no-secret-of-any-app" },
  notBlocked: { path: SEND, times: 1, kind: "error", code: 95013 },
  without: [
    ...["I6", "I11-press", "I11-edited", "I11-answer", "I17", "O6", "O11"],
    ...["R4", "R5", "R6", "R7", "P7", "P8", "P9", "P10"],
  ],
  contents: { voice: { kind: "media", media: { mediaId: "V1", form: "voice" } } },
});
