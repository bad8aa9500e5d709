import { describe, expect, it } from "vitest";
import { isPlaceholder } from "../../../src/channels/wechat-official/message.ts";

describe("what the platform writes in place of a sticker", () => {
  it.each([
    "【收到不支持的消息类型，暂无法显示】",
    "[收到不支持的消息类型,暂无法显示]",
    "[收到不支持的消息类型,暂时无法显示]",
    "［收到不支持的消息类型，暂无法显示］",
    " 【 收到不支持的消息类型，暂无法显示 】\n",
    "收到不支持的消息类型，暂无法显示",
    "【收到不支援的訊息類型，暫無法顯示】",
    "[收到不支援的訊息類型，暫時無法顯示]",
    "[Unsupported Message]",
    "[unsupported message]",
    "【Unsupported Message】",
    "[Unsupported message type, unable to display]",
    "[Received an unsupported message type. Cannot be displayed]",
    "[This message type is not supported]",
    "[动画表情]",
    "[Sticker]",
    "[サポートされていないメッセージ]",
    "[지원되지 않는 메시지]",
  ])("is recognised: %s", (text) => {
    expect(isPlaceholder(text)).toBe(true);
  });

  it.each([
    "",
    "[]",
    "【】",
    "[微笑]",
    "为什么我发照片显示收到不支持的消息类型，暂无法显示？",
    "【收到不支持的消息类型，暂无法显示】这是什么意思",
    "路灯坏了【收到不支持的消息类型，暂无法显示】",
    "unsupported message",
    "贴图",
    "[路灯坏了]",
  ])("is not what somebody says: %s", (text) => {
    expect(isPlaceholder(text)).toBe(false);
  });
});
