import type { WebhookRequest } from "../../../src/channels/channel.ts";
import { wechaty } from "../../../src/channels/wechaty/channel.ts";
import { startWechaty } from "../../../src/demo/platforms/wechaty.ts";
import type { Said } from "../conformance/driver.ts";
import { conform } from "../conformance.ts";
import { messageOf, SECRET, signed, withHeader } from "./request.ts";

const SEND = "/send";
const TO = { kind: "person", id: "1001" };

function bodyOf(said: Said | readonly Said[], at: Date): object | null {
  const messages = [said].flat().map((one) => messageOf(one, at));
  return messages.includes(null) ? null : { messages };
}

function request(said: Said | readonly Said[], at: Date): WebhookRequest | null {
  if (!Array.isArray(said) && (said as Said).kind === "unreadable") return signed('{"messages":', at);
  const body = bodyOf(said, at);
  return body === null ? null : signed(JSON.stringify(body), at);
}

const header = (genuine: WebhookRequest) => genuine.header("liaison-signature") ?? "";
const respond = (status: number, says: object = {}) =>
  ({ path: SEND, times: 1, kind: "error", code: status, says: { ...says } }) as const;

conform({
  channel: wechaty,
  startPlatform: (now) => startWechaty({ now }),
  options: { secret: SECRET },
  wrongOptions: [{ options: { secret: "too short" }, names: "--secret" }],
  request,
  spaced: (said, at) => signed(JSON.stringify(bodyOf(said, at), null, 4), at),
  spoiled: {
    signature: (genuine) =>
      withHeader(
        genuine.body,
        header(genuine).replace(/.$/, (sign) => (sign === "0" ? "1" : "0")),
      ),
    "signature-length": (genuine) => withHeader(genuine.body, header(genuine).slice(0, -1)),
    body: (genuine) => ({ ...genuine, body: Buffer.from(`${Buffer.from(genuine.body)} `) }),
    timestamp: (genuine) => withHeader(genuine.body, header(genuine).replace(/t=\d+/, "t=1")),
    token: (genuine) => withHeader(genuine.body, null),
  },
  isTimed: true,
  hostile: [
    (at) => signed(`${"[".repeat(100)}${"]".repeat(100)}`, at),
    (at) => signed(`{"messages":[${'{"a":'.repeat(5000)}1${"}".repeat(5000)}]}`, at),
    (at) => signed('{"messages":[7,null,"x"]}', at),
  ],
  contents: {
    open: { kind: "follow", scene: null },
    voice: { kind: "media", media: { mediaId: "V1", form: "voice" } },
  },
  calls: {
    text: { to: TO, text: "已收到，编号12" },
    choices: { to: TO, text: "是哪里？\n1. 柳东村\n2. 柳西村\n回数字就行" },
    card: { to: TO, text: "编号12：路灯坏了" },
    media: { to: TO, text: "", file: 5 },
  },
  errors: [
    { fault: respond(503, { error: "logged-out" }), expect: { outcome: "retry", scope: "account" } },
    { fault: respond(502, { error: "puppet" }), expect: { outcome: "uncertain" } },
    { fault: respond(404, { error: "unknown-chat" }), expect: { outcome: "refused", blocks: "rung" } },
    { fault: respond(401, { error: "signature" }), expect: { outcome: "refused", blocks: "account" } },
    { fault: respond(413), expect: { outcome: "refused", blocks: "content" } },
    { fault: respond(418), expect: { outcome: "refused", blocks: "content" } },
    {
      fault: respond(429, { error: "pace", scope: "address", waitSeconds: 7 }),
      expect: { outcome: "retry", scope: "address", afterMs: 7000 },
    },
  ],
  sendPath: SEND,
  wrongSecret: { secret: "secret-of-somebody-else-who-is-none" },
  notBlocked: { path: SEND, times: 1, kind: "error", code: 400 },
  without: [
    ...["I1", "I2", "I7", "I11-choice", "I11-press", "I11-edited", "I11-leave", "O6", "O12"],
    ...["R4", "R5", "R6", "R7", "R10", "P1", "P2", "P3", "P4", "P5", "P6", "P7", "P8", "P9", "P10"],
  ],
});
