import { wechatOfficial } from "../../../src/channels/wechat-official/channel.ts";
import { startWechat } from "../../../src/demo/platforms/wechat.ts";
import { wechatPlatform } from "../../../src/demo/platforms/wechat-platform.ts";
import { conform } from "../conformance.ts";
import { bodyOf, CALLBACKS, OPTIONS, refusal, requestsOf, SEND, TO_ONE, TOKEN } from "./suite.ts";

conform({
  channel: wechatOfficial,
  startPlatform: async (now) => wechatPlatform(await startWechat({ accounts: [], now, retryAfterMs: 10 })),
  inService: ({ wechat }) => wechatPlatform(wechat),
  options: OPTIONS,
  wrongOptions: [
    { options: { "app-id": "no blanks" }, names: "--app-id" },
    { options: { "aes-key": "short" }, names: "--aes-key" },
    { options: { replies: "never" }, names: "--replies" },
    { options: { template: "no keys" }, names: "--template" },
  ],
  request: requestsOf(bodyOf),
  ...CALLBACKS,
  calls: {
    text: { ...TO_ONE, msgtype: "text", text: { content: "已收到，编号12" } },
    choices: {
      ...TO_ONE,
      msgtype: "msgmenu",
      msgmenu: {
        head_content: "是哪里？",
        list: [
          { id: "101", content: "1 柳东村" },
          { id: "102", content: "2 柳西村" },
        ],
        tail_content: "回数字就行",
      },
    },
    card: { ...TO_ONE, msgtype: "text", text: { content: "编号12：路灯坏了" } },
  },
  errors: [
    refusal(45015, "rung"),
    refusal(43004, "person"),
    refusal(45008, "content"),
    refusal(48001, "account"),
    refusal(99_999, "content"),
    { fault: { path: SEND, times: 1, kind: "error", code: -1 }, expect: { outcome: "retry", scope: "account" } },
  ],
  sendPath: SEND,
  token: { path: TOKEN, refused: { path: SEND, times: 1, kind: "error", code: 42_001 } },
  wrongSecret: { "app-secret": "wrongSecretOfTheSuite" },
  without: [
    ...[
      "I6",
      "I11-press",
      "I11-file",
      "I11-edited",
      "I11-recalled",
      "I11-answer",
      "I15",
      "I16",
      "I17",
      "O6",
      "O11",
      "O15",
    ],
    ...["R4", "R5", "R6", "R7", "R10", "R12", "P1", "P2", "P3", "P4", "P5", "P6", "P7", "P8", "P9", "P10"],
  ],
});
