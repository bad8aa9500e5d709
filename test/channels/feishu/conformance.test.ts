import { expect } from "vitest";
import type { WebhookRequest } from "../../../src/channels/channel.ts";
import { feishu } from "../../../src/channels/feishu/channel.ts";
import { startFeishu } from "../../../src/demo/platforms/feishu.ts";
import type { Said } from "../conformance/driver.ts";
import { conform } from "../conformance.ts";
import { OPTIONS, said, sealed, signed } from "./request.ts";

const SEND = "/open-apis/im/v1/messages";
const CHANGE = `${SEND}/:message_id`;
const TOKEN = "/open-apis/auth/v3/tenant_access_token/internal";
const PATIENT_MS = 60_000;

const TEXT = { kind: "text", id: 1, text: "柳东村路灯坏了" } as const satisfies Said;
const moment = (genuine: WebhookRequest) => new Date(Number(genuine.header("x-lark-request-timestamp")) * 1000);
const instead = (name: string, value: string | null) => (genuine: WebhookRequest) => ({
  ...genuine,
  header: (asked: string) => (asked === name ? value : genuine.header(asked)),
});
const refusal = (code: number, blocks: "rung" | "person" | "content" | "account") => ({
  fault: { path: SEND, times: 1, kind: "error", code } as const,
  expect: { outcome: "refused", blocks } as const,
});
const later = (code: number, scope: "message" | "address" | "account") => ({
  fault: { path: SEND, times: 1, kind: "error", code } as const,
  expect: { outcome: "retry", scope } as const,
});
const picture = (mediaId: string, form: "image" | "voice" | "video" | "file") =>
  ({ kind: "media", media: { mediaId, form } }) as const;
const plain = (content: string) => ({ tag: "plain_text", content });
const CONFIG = { update_multi: true, wide_screen_mode: true };
const call = (number: number, type: string, content: object) => ({
  ...{ receive_id: "1001", msg_type: type, content, uuid: `suite0000000000000000_${number}` },
});

conform({
  channel: feishu,
  startPlatform: (now) => startFeishu({ now, answerWithinMs: PATIENT_MS }),
  options: OPTIONS,
  wrongOptions: [
    { options: { "app-id": "wx123" }, names: "--app-id" },
    { options: { "app-secret": "短" }, names: "--app-secret" },
    { options: { "encrypt-key": "" }, names: "--encrypt-key" },
    { options: { "verification-token": "x" }, names: "--verification-token" },
    { options: { region: "mars" }, names: "--region" },
  ],
  request: (one, at) => (Array.isArray(one) ? null : said(one as Said, at)),
  spaced: (one, at) => said(one, at, { space: 3 })!,
  handshake: {
    answer: '{"challenge":"ch-77"}',
    request(isRight) {
      const token = isRight ? OPTIONS["verification-token"] : "token-of-somebody-else";
      const text = JSON.stringify({ challenge: "ch-77", token, type: "url_verification" });
      const body = Buffer.from(JSON.stringify({ encrypt: sealed(text) }));
      return { method: "POST", query: new URLSearchParams(), header: () => null, body };
    },
  },
  spoiled: {
    signature: instead("x-lark-signature", "0".repeat(64)),
    "signature-length": instead("x-lark-signature", "ab"),
    body: (genuine) => ({ ...genuine, body: Buffer.concat([genuine.body, Buffer.from(" ")]) }),
    timestamp: instead("x-lark-request-timestamp", "yesterday"),
    nonce: instead("x-lark-request-nonce", "other"),
    owner: (genuine) => said(TEXT, moment(genuine), { appId: "cli_ofSomebodyElse" })!,
    token: (genuine) => said(TEXT, moment(genuine), { token: "token-of-somebody-else" })!,
    "plain-instead-of-sealed": (genuine) => signed('{"header":{},"event":{}}', moment(genuine)),
  },
  isTimed: false,
  hostile: [
    (at) => said({ ...TEXT, kind: "unreadable" } as Said, at)!,
    (at) => said(TEXT, at, { inside: () => `${"[".repeat(100)}${"]".repeat(100)}` })!,
    (at) => said(TEXT, at, { inside: () => `{"event":${'{"a":'.repeat(5000)}1${"}".repeat(5000)}}` })!,
    (at) => signed(JSON.stringify({ encrypt: "AAAA" }), at),
  ],
  calls: {
    text: call(1, "text", { text: "已收到，编号12" }),
    choices: call(2, "interactive", {
      config: CONFIG,
      elements: [
        { tag: "div", text: plain("是哪里？") },
        {
          ...{ tag: "action", layout: "flow" },
          actions: [
            { tag: "button", text: plain("1 柳东村"), type: "default", value: { choice: "1", label: "柳东村" } },
            { tag: "button", text: plain("2 柳西村"), type: "default", value: { choice: "2", label: "柳西村" } },
          ],
        },
        { tag: "note", elements: [plain("回数字就行")] },
      ],
    }),
    card: call(3, "interactive", {
      config: CONFIG,
      header: { title: plain("新的群众意见 12"), template: "blue" },
      elements: [
        { tag: "div", fields: [{ is_short: true, text: plain("地点\n柳东村") }] },
        { tag: "div", text: plain("路灯坏了") },
        {
          ...{ tag: "action", layout: "flow" },
          actions: [{ tag: "button", text: plain("答复"), type: "primary", value: { key: "r_12" } }],
        },
      ],
    }),
    media: call(4, "image", { image_key: expect.stringMatching(/^img_/) }),
  },
  errors: [
    refusal(230_001, "content"),
    refusal(230_002, "person"),
    refusal(230_006, "account"),
    refusal(230_013, "person"),
    refusal(230_027, "account"),
    refusal(230_053, "rung"),
    refusal(230_099, "content"),
    refusal(999_999, "content"),
    later(230_020, "address"),
    later(230_101, "message"),
    { fault: { path: SEND, times: 1, kind: "error", code: 2200 }, expect: { outcome: "uncertain" } },
    { fault: { path: SEND, times: 1, kind: "error", code: 230_049 }, expect: { outcome: "uncertain" } },
  ],
  sendPath: SEND,
  token: { path: TOKEN, refused: { path: SEND, times: 1, kind: "error", code: 99_991_663 } },
  wrongSecret: { "app-secret": "secretOfSomebodyElse1234567890ab" },
  cards: { path: CHANGE, spent: { path: CHANGE, times: 1, kind: "error", code: 230_031 } },
  notBlocked: { path: SEND, times: 1, kind: "error", code: 99_991_672 },
  without: [
    ...["I8", "I11-link", "I11-edited", "I11-recalled", "I11-leave", "I15", "O6"],
    ...["R10", "P1", "P2", "P3", "P4", "P5", "P6", "P7", "P8", "P9", "P10"],
  ],
  contents: {
    image: picture("om_4/M1", "image"),
    voice: picture("om_5/V1", "voice"),
    video: picture("om_6/F1", "video"),
    file: picture("om_7/D1", "file"),
    open: { kind: "follow", scene: null },
  },
});
