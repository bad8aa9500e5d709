import type { WebhookRequest } from "../../../src/channels/channel.ts";
import type { Said } from "../conformance/driver.ts";
import { conform } from "../conformance.ts";
import { pigeon, ringOf } from "./channel.ts";
import { startPigeonPost } from "./platform.ts";

const OPTIONS = { loft: "suite", ring: "ring-of-the-suite", seal: "seal-of-the-suite" };

function signed(text: string, at: Date, ring = OPTIONS.ring): WebhookRequest {
  const body = Buffer.from(text);
  const moment = String(at.getTime());
  const headers: Readonly<Record<string, string>> = { "pigeon-at": moment, "pigeon-ring": ringOf(ring, moment, body) };
  return { method: "POST", query: new URLSearchParams(), header: (name) => headers[name] ?? null, body };
}

function withHeader(request: WebhookRequest, name: string, change: (value: string) => string): WebhookRequest {
  return {
    ...request,
    header: (asked) => (asked === name ? change(request.header(name) ?? "") : request.header(asked)),
  };
}

/** What the post writes of something that was said; null where it has nothing of the kind. */
function letterOf(said: Said): object | null {
  const head = { id: String(said.id), from: said.by ?? "1001" };
  switch (said.kind) {
    case "text":
      if (said.room !== undefined) return null;
      return { ...head, kind: "letter", text: said.text, ...(said.answers !== undefined && { answers: said.answers }) };
    case "open":
      return { ...head, kind: "come", text: said.scene ?? "" };
    case "leave":
      return { ...head, kind: "go", text: "" };
    case "unknown message":
    case "unknown event":
      return { ...head, kind: "feather", text: "" };
    default:
      return null;
  }
}

function request(said: Said | readonly Said[], at: Date): WebhookRequest | null {
  const list: readonly Said[] = Array.isArray(said) ? said : [said as Said];
  if (list.some(({ kind }) => kind === "unreadable")) return signed("coo", at);
  const letters = list.map(letterOf);
  return letters.includes(null) ? null : signed(JSON.stringify({ letters }), at);
}

const NONE_OF_THESE = ["choice", "press", "image", "voice", "video", "file", "place", "link", "edited", "recalled"];

conform({
  channel: pigeon,
  startPlatform: startPigeonPost,
  options: OPTIONS,
  wrongOptions: [
    { options: { loft: "" }, names: "--loft" },
    { options: { ring: "abc" }, names: "--ring" },
    { options: { seal: "with blanks in it" }, names: "--seal" },
  ],
  request,
  spaced: (said, at) => signed(JSON.stringify({ letters: [letterOf(said)] }, null, 3), at),
  spoiled: {
    signature: (genuine) =>
      withHeader(genuine, "pigeon-ring", (ring) => ring.replace(/^./, (sign) => (sign === "0" ? "1" : "0"))),
    "signature-length": (genuine) => withHeader(genuine, "pigeon-ring", (ring) => ring.slice(1)),
    body: (genuine) => ({ ...genuine, body: Buffer.concat([genuine.body, Buffer.from(" ")]) }),
    timestamp: (genuine) => withHeader(genuine, "pigeon-at", () => "yesterday"),
  },
  isTimed: true,
  hostile: [
    (at) => signed(`${"[".repeat(100)}${"]".repeat(100)}`, at),
    (at) => signed('<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>', at),
    (at) => signed('{"letters":[{"kind":"letter","from":{"__proto__":1},"id":7}]}', at),
  ],
  calls: {
    text: { key: "suite0000000000000000_1", to: "1001", text: "已收到，编号12" },
    choices: { key: "suite0000000000000000_2", to: "1001", text: "是哪里？\n1. 柳东村\n2. 柳西村\n回数字就行" },
    card: { key: "suite0000000000000000_3", to: "1001", text: "编号12：路灯坏了" },
  },
  errors: [
    { fault: { path: "/send", times: 1, kind: "error", code: 1 }, expect: { outcome: "refused", blocks: "person" } },
    { fault: { path: "/send", times: 1, kind: "error", code: 2 }, expect: { outcome: "refused", blocks: "content" } },
    { fault: { path: "/send", times: 1, kind: "error", code: 4 }, expect: { outcome: "refused", blocks: "rung" } },
    { fault: { path: "/send", times: 1, kind: "error", code: 99 }, expect: { outcome: "refused", blocks: "content" } },
  ],
  sendPath: "/send",
  wrongSecret: { seal: "no-seal-of-ours" },
  without: [
    ...["I1", "I2", "I7"],
    ...NONE_OF_THESE.map((kind) => `I11-${kind}`),
    ...["I16", "I17", "O6", "O11", "O12", "O15"],
    ...["R4", "R5", "R6", "R7", "R10", "P1", "P2", "P3", "P4", "P5", "P6", "P7", "P8", "P9", "P10"],
  ],
});
