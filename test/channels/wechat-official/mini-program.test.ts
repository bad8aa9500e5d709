import { expect, test } from "vitest";
import { wechatOfficial } from "../../../src/channels/wechat-official/channel.ts";
import { startWechat } from "../../../src/demo/platforms/wechat.ts";
import { wechatPlatform } from "../../../src/demo/platforms/wechat-platform.ts";
import { accountWith, NOW, RULES, type Said } from "../conformance/driver.ts";
import { conform } from "../conformance.ts";
import { ANN, senderAt, startPlatform } from "./platform.ts";
import { callback, xml } from "./request.ts";
import { bodyOf, CALLBACKS, OPTIONS, refusal, requestsOf, SEND, TO_ONE, TOKEN } from "./suite.ts";

const KIND = "mini-program";
const NOTICE = "TPL:character_string1={number},thing2={summary}";

/** A mini program is entered and never followed, and has no menus, places, sounds and films. */
function ofMiniProgram(said: Said, at: Date): string | null {
  const head = {
    ToUserName: "gh_mini",
    FromUserName: said.by ?? "1001",
    CreateTime: String(Math.floor(at.getTime() / 1000)),
  };
  switch (said.kind) {
    case "open":
      return xml({ ...head, MsgType: "event", Event: "user_enter_tempsession", SessionFrom: said.scene ?? "" });
    case "link": {
      const page = { Title: said.title, PagePath: said.url, AppId: "wx1", ThumbUrl: "", ThumbMediaId: "" };
      return xml({ ...head, MsgId: String(said.id), MsgType: "miniprogrampage", ...page });
    }
    case "choice":
    case "voice":
    case "video":
    case "place":
    case "leave":
      return null;
    default:
      return bodyOf(said, at);
  }
}

conform({
  channel: wechatOfficial,
  kind: KIND,
  startPlatform: async (now) => wechatPlatform(await startWechat({ accounts: [], now, retryAfterMs: 10 }), KIND),
  inService: ({ wechat }) => wechatPlatform(wechat, KIND),
  options: { ...OPTIONS, kind: KIND },
  wrongOptions: [
    { options: { kind: "game" }, names: "--kind" },
    { options: { template: NOTICE }, names: "--template" },
    { options: { replies: "passive" }, names: "--replies" },
  ],
  request: requestsOf(ofMiniProgram),
  ...CALLBACKS,
  contents: {
    link: { kind: "link", title: "通知", description: "https://example.org/a", url: "" },
  },
  calls: {
    text: { ...TO_ONE, msgtype: "text", text: { content: "已收到，编号12" } },
    choices: { ...TO_ONE, msgtype: "text", text: { content: "是哪里？\n1. 柳东村\n2. 柳西村\n回数字就行" } },
    card: { ...TO_ONE, msgtype: "text", text: { content: "编号12：路灯坏了" } },
  },
  errors: [
    refusal(45015, "rung"),
    refusal(45047, "rung"),
    refusal(40003, "person"),
    refusal(48001, "account"),
    refusal(99_999, "content"),
    { fault: { path: SEND, times: 1, kind: "error", code: -1 }, expect: { outcome: "retry", scope: "account" } },
  ],
  sendPath: SEND,
  token: { path: TOKEN, refused: { path: SEND, times: 1, kind: "error", code: 42_001 } },
  wrongSecret: { "app-secret": "wrongSecretOfTheSuite" },
  without: [
    ...["I6", "I11-choice", "I11-press", "I11-voice", "I11-video", "I11-file", "I11-place", "I11-edited"],
    ...["I11-recalled", "I11-leave", "I11-answer", "I15", "I16", "I17", "O6", "O11", "O15"],
    ...["R4", "R5", "R6", "R7", "R10", "R12", "P1", "P2", "P3", "P4", "P5", "P6", "P7", "P8", "P9", "P10"],
  ],
});

test("entering without a scene says nothing, and allows two messages for a minute; no answer carries words", () => {
  const account = accountWith(wechatOfficial, { ...OPTIONS, kind: KIND });
  const request = callback(ofMiniProgram({ kind: "open", id: 1, scene: null }, NOW)!, { at: NOW });
  const result = wechatOfficial.receive(account, request, RULES);
  expect(result).toMatchObject({
    messages: [
      {
        ...{ content: { kind: "note", name: "user_enter_tempsession" }, isContact: true },
        window: { messages: 2, durationMs: 60_000 },
      },
    ],
  });
  expect(result.kind === "received" && result.replyWith({ key: "k", kind: "text", text: "您好" })).toBeNull();
});

test("a notice goes by the mini program's own interface, and no code is made for a scene", async () => {
  const platform = await startPlatform();
  try {
    const sender = senderAt(platform.base, { kind: KIND, "subscribe-template": NOTICE });
    expect(sender.abilities.rungs).toEqual(["direct", "subscription"]);
    const fields = { number: "2026-000012", summary: "路灯", deputy: "王建国", date: "2026-12-01" };
    const sent = await sender.send("subscription", ANN, { key: "k", kind: "notice", fields });
    expect(sent).toMatchObject({ outcome: "delivered" });
    expect(platform.sent("/cgi-bin/message/subscribe/send")).toMatchObject([{ touser: ANN.id, template_id: "TPL" }]);
    expect(await sender.link("g:柳东-1")).toMatchObject({ ok: false, reason: expect.stringContaining("session-from") });
  } finally {
    await platform.close();
  }
});
