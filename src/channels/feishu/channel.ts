import type { Channel, ChannelAccount, SenderServices } from "../channel.ts";
import { option, secretsAmong, settingsAmong } from "../options.ts";
import { tokenLine } from "../token-line.ts";
import { type Credentials, openApi } from "./api.ts";
import { openSender } from "./send.ts";
import { receive, type WebhookKeys } from "./webhook.ts";

/** The two houses of the platform, which share nothing but their API. */
const API_BASES: Readonly<Record<string, string>> = {
  feishu: "https://open.feishu.cn",
  larksuite: "https://open.larksuite.com",
};
const RECEIVING = { isRequired: true, isForReceiving: true };
const OPTIONS = [
  option("app-id", "App ID, as the platform shows it under Credentials (凭证与基础信息)", RECEIVING),
  option("app-secret", "App Secret, beside it", { isSecret: true, isRequired: true }),
  option("encrypt-key", "Encrypt Key, from Events & Callbacks (事件与回调, 加密策略)", {
    ...RECEIVING,
    isSecret: true,
  }),
  option("verification-token", "Verification Token, beside it", { ...RECEIVING, isSecret: true }),
  option("region", "larksuite for Lark; feishu when left out", { choices: ["feishu", "larksuite"] }),
];
const RULES: Readonly<Record<string, readonly [RegExp, string]>> = {
  "app-id": [/^cli_[\w-]{8,64}$/, "must be the App ID, which begins with cli_"],
  "app-secret": [/^[\x21-\x7e]{16,128}$/, "must be the App Secret, 16 signs or more"],
  "encrypt-key": [
    /^[\x21-\x7e]{8,128}$/,
    "must be the Encrypt Key, 8 signs or more: without one anybody could write here",
  ],
  "verification-token": [/^[\x21-\x7e]{8,128}$/, "must be the Verification Token, 8 signs or more"],
};

/** The channel of Feishu, and of Lark: encrypted events and presses in by webhook, messages and cards out. */
export const feishu: Channel = {
  type: "feishu",
  names: { "zh-CN": "飞书", en: "Feishu" },
  apiBaseVariable: "FEISHU_API_BASE",
  options: OPTIONS,
  answerWithinMs: 3000,
  configure(options) {
    const problems = Object.entries(RULES).flatMap(([name, [form, rule]]) =>
      form.test(options[name] ?? "") ? [] : [`--${name} ${rule}`],
    );
    if (options.region !== undefined && API_BASES[options.region] === undefined)
      problems.push("--region is feishu or larksuite");
    if (problems.length > 0) return { ok: false, problems };
    return { ok: true, settings: settingsAmong(OPTIONS, options), secrets: secretsAmong(OPTIONS, options) };
  },
  memberId: (typed) => /^ou_\w{8,64}$/.exec(typed.trim())?.[0] ?? null,
  receive: (account, request, rules) => receive(keysOf(account), request, rules),
  connect(account, services) {
    const credentials = credentialsOf(account, services);
    const api = openApi(credentials, services);
    const test = async () => [tokenLine(await api.newToken())];
    return { ...openSender(api, credentials.appId, services), test };
  },
};

/** Accounts were checked when they were added: without a key the check of requests would mean nothing. */
function keysOf({ settings, secrets }: ChannelAccount): WebhookKeys {
  const [appId, encryptKey, token] = [settings["app-id"], secrets["encrypt-key"], secrets["verification-token"]];
  if (!appId || !encryptKey || !token) throw new Error("The account has no app id, no encrypt key or no token.");
  return { appId, encryptKey, token };
}

function credentialsOf({ settings, secrets }: ChannelAccount, { apiBase }: SenderServices): Credentials {
  const [appId, appSecret] = [settings["app-id"], secrets["app-secret"]];
  const base = apiBase ?? API_BASES[settings.region ?? "feishu"];
  if (!appId || !appSecret || !base) throw new Error("The account has no app id or no app secret.");
  return { base, appId, appSecret };
}
