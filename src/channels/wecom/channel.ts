import type { Channel, ChannelAccount, Option } from "../channel.ts";
import { option, secretsAmong, settingsAmong } from "../options.ts";
import { aesKeyOf } from "../tencent-callback/crypto.ts";
import { openApi } from "./api.ts";
import { memberOf } from "./inbound.ts";
import { openSender } from "./send.ts";
import { receive, type WebhookKeys } from "./webhook.ts";

const API_BASE = "https://qyapi.weixin.qq.com";
const FOR_BOTH = { isRequired: true, isForReceiving: true } as const;
const OPTIONS: readonly Option[] = [
  option("corp-id", "the corporation's id (企业ID)", FOR_BOTH),
  option("agent-id", "the app's number (AgentId)", FOR_BOTH),
  option("agent-secret", "the app's secret, with which the service calls the platform", {
    ...{ isSecret: true, isRequired: true },
  }),
  option("token", "with which the platform signs its requests (接收消息服务器配置)", { isSecret: true, ...FOR_BOTH }),
  option("aes-key", "with which the platform encrypts its requests (EncodingAESKey)", { isSecret: true, ...FOR_BOTH }),
];
const RULES: Readonly<Record<string, readonly [isRight: (value: string) => boolean, rule: string]>> = {
  "corp-id": [(id) => /^[\w-]{1,64}$/.test(id), "must be the corporation's id: letters, digits, _ and -"],
  "agent-id": [(id) => /^[1-9]\d{0,14}$/.test(id), "must be the app's number"],
  "agent-secret": [(secret) => /^[\x21-\x7e]{1,128}$/.test(secret), "must be the app's secret"],
  token: [(token) => /^[\x21-\x7e]{1,64}$/.test(token), "must be the token of the app's callback settings"],
  "aes-key": [(key) => aesKeyOf(key) !== null, "must be the EncodingAESKey: 43 letters, digits, + and /"],
};
/** A member's id at the platform (账号); it takes no notice of its case. */
const MEMBER = /^[\w.@-]{1,64}$/;

/** The channel of an app in a corporation's WeCom (企业微信自建应用): callbacks in, app messages and cards out, to members alone. */
export const wecom: Channel = {
  type: "wecom",
  names: { "zh-CN": "企业微信", en: "WeCom" },
  apiBaseVariable: "WECOM_API_BASE",
  options: OPTIONS,
  answerWithinMs: 5000,
  configure(options) {
    const problems = Object.entries(RULES).flatMap(([name, [isRight, rule]]) =>
      isRight(options[name] ?? "") ? [] : [`--${name} ${rule}`],
    );
    if (problems.length > 0) return { ok: false, problems };
    return { ok: true, settings: settingsAmong(OPTIONS, options), secrets: secretsAmong(OPTIONS, options) };
  },
  memberId: (typed) => (MEMBER.test(typed) ? memberOf(typed) : null),
  receive: (account, request, rules) => receive(keysOf(account), request, rules),
  connect(account, services) {
    const { owner: corpId, agentId } = keysOf(account);
    const secret = account.secrets["agent-secret"];
    if (!secret) throw new Error("The account has no agent secret.");
    const api = openApi({ apiBase: services.apiBase ?? API_BASE, corpId, secret }, services);
    return openSender(api, { corpId, agentId }, services);
  },
};

/** What was read of an account's secrets, for as long as the account is in use. */
const readKeys = new WeakMap<ChannelAccount, WebhookKeys>();

function keysOf(account: ChannelAccount): WebhookKeys {
  const known = readKeys.get(account) ?? readKeysOf(account);
  readKeys.set(account, known);
  return known;
}

/** Accounts were checked when they were added: without these the check of requests would mean nothing. */
function readKeysOf({ settings, secrets }: ChannelAccount): WebhookKeys {
  const [owner, agentId, token] = [settings["corp-id"], settings["agent-id"], secrets.token];
  const aesKey = aesKeyOf(secrets["aes-key"] ?? "");
  if (!owner || !agentId || !token || aesKey === null) throw new Error("The account's keys cannot be read.");
  return { owner, agentId, token, aesKey };
}
