import type { WireTraffic } from "./phones/wire.ts";
import type { PlatformLogEntry } from "./platforms/wechat/log.ts";

const DEEDS: Readonly<Record<string, string>> = {
  text: "文字消息",
  image: "图片消息",
  voice: "语音消息",
  location: "位置消息",
  subscribe: "关注事件",
  unsubscribe: "取消关注事件",
  SCAN: "扫码事件",
  CLICK: "菜单事件",
  TEMPLATESENDJOBFINISH: "模板消息送达报告",
  subscribe_msg_popup_event: "订阅授权事件",
  subscribe_msg_sent_event: "订阅通知送达报告",
};

const CALLS: Readonly<Record<string, string>> = {
  "/cgi-bin/stable_token": "取接口凭证",
  "/cgi-bin/message/custom/send": "发客服消息",
  "/cgi-bin/message/custom/typing": "显示正在输入",
  "/cgi-bin/message/template/send": "发模板消息",
  "/cgi-bin/message/subscribe/bizsend": "发订阅通知",
  "/cgi-bin/media/upload": "上传素材",
  "/cgi-bin/media/get": "取素材",
  "/cgi-bin/qrcode/create": "生成二维码",
};

const ANSWERS = { accepted: "success", replied: "被动回复", invalid: "回答无效", "no-answer": "没有回答" } as const;

function nameOfDeed(type: unknown, event: unknown): string {
  const key = type === "event" ? String(event) : String(type);
  return DEEDS[key] ?? key;
}

/** Describes an exchange in words that a visitor understands; nothing of what people wrote is repeated. */
export function describeTraffic(entry: PlatformLogEntry): WireTraffic {
  const time = `${Math.round(entry.durationMs)} 毫秒`;
  const head = { id: entry.id, at: entry.at.toISOString() };
  if (entry.kind === "webhook") {
    const seal = entry.sealed ? "签名并加密" : "签名";
    const repeat = entry.attempt > 1 ? `，第 ${entry.attempt} 次` : "";
    return {
      ...head,
      kind: "webhook",
      what: `${nameOfDeed(entry.fields.MsgType, entry.fields.Event)}（${seal}${repeat}）`,
      result: `${ANSWERS[entry.answer]} · ${time}`,
      ok: entry.answer === "accepted" || entry.answer === "replied",
    };
  }
  const result = entry.status === null ? "连接中断" : `errcode ${entry.errcode ?? 0}`;
  return {
    ...head,
    kind: "call",
    what: CALLS[entry.path] ?? entry.path,
    result: `${result} · ${time}`,
    ok: entry.status === 200 && (entry.errcode ?? 0) === 0,
  };
}
