/** The names of the channels as people read them, by the codes of the registry; a channel without one is shown by its code. */
export const CHANNEL_NAMES: Readonly<Record<"zh" | "en", Readonly<Record<string, string>>>> = {
  zh: {
    "wechat-official": "微信公众号",
    wecom: "企业微信",
    "wecom-customer": "微信客服",
    wechaty: "微信（Wechaty）",
    telegram: "Telegram",
    feishu: "飞书",
    dingtalk: "钉钉",
    web: "网页",
    sms: "短信",
    desk: "来访来电",
    rehearsal: "演练",
  },
  en: {
    "wechat-official": "WeChat official account",
    wecom: "WeCom",
    "wecom-customer": "WeChat customer service",
    wechaty: "WeChat (Wechaty)",
    telegram: "Telegram",
    feishu: "Feishu",
    dingtalk: "DingTalk",
    web: "Web page",
    sms: "Text message",
    desk: "Visits and calls",
    rehearsal: "Rehearsal",
  },
};
