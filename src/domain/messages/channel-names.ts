/** The names of the channels as people read them, by the codes of the registry; a channel without one is shown by its code. */
export const CHANNEL_NAMES: Readonly<Record<"zh" | "en", Readonly<Record<string, string>>>> = {
  zh: {
    "wechat-official": "微信公众号",
    telegram: "Telegram",
    feishu: "飞书",
    dingtalk: "钉钉",
    web: "网页",
    desk: "来访来电",
    rehearsal: "演练",
  },
  en: {
    "wechat-official": "WeChat official account",
    telegram: "Telegram",
    feishu: "Feishu",
    dingtalk: "DingTalk",
    web: "Web page",
    desk: "Visits and calls",
    rehearsal: "Rehearsal",
  },
};
