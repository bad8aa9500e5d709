import type { Channel, ChannelAccount, SenderServices } from "../channel.ts";
import { option, secretsAmong, settingsAmong } from "../options.ts";
import { tokenLine } from "../token-line.ts";
import { type Credentials, openApi } from "./api.ts";
import { openSender } from "./send.ts";
import { stayConnected } from "./stream.ts";
import { receive, type WebhookKeys } from "./webhook.ts";

const API_BASE = "https://api.dingtalk.com";
const FILE_BASE = "https://oapi.dingtalk.com";
const OPTIONS = [
  option("client-id", "Client ID (formerly AppKey), as the platform shows it under Credentials (凭证与基础信息)", {
    isRequired: true,
  }),
  option("client-secret", "Client Secret (formerly AppSecret), beside it", {
    ...{ isSecret: true, isRequired: true, isForReceiving: true },
  }),
  option("robot-code", "RobotCode, from the robot's page", { isRequired: true, isForReceiving: true }),
  option(
    "mode",
    "stream: we connect to the platform, and need no public address; http: it calls us. stream when left out",
    { isForReceiving: true, choices: ["stream", "http"] },
  ),
  option("corp-id", "CorpId of the company; needed by --mode http, whose signature says nothing of what is sent", {
    isForReceiving: true,
  }),
];
const RULES: Readonly<Record<string, readonly [RegExp, string]>> = {
  "client-id": [/^[\w-]{8,64}$/, "must be the Client ID, 8 letters, digits, _ and - or more"],
  "client-secret": [/^[\x21-\x7e]{16,128}$/, "must be the Client Secret, 16 signs or more"],
  "robot-code": [/^[\w-]{4,64}$/, "must be the RobotCode"],
};

/** The channel of DingTalk's robots: messages by a connection that we hold (Stream) or over HTTP, the robot's API out. */
export const dingtalk: Channel = {
  type: "dingtalk",
  names: { "zh-CN": "钉钉", en: "DingTalk" },
  apiBaseVariable: "DINGTALK_API_BASE",
  options: OPTIONS,
  answerWithinMs: 5000,
  configure(options) {
    const problems = Object.entries(RULES).flatMap(([name, [form, rule]]) =>
      form.test(options[name] ?? "") ? [] : [`--${name} ${rule}`],
    );
    const { mode = "stream", "corp-id": corpId } = options;
    if (mode !== "stream" && mode !== "http") problems.push("--mode is stream or http");
    if (corpId === undefined ? mode === "http" : !/^[\w-]{4,64}$/.test(corpId))
      problems.push("--corp-id must be the company's CorpId, which --mode http needs");
    if (problems.length > 0) return { ok: false, problems };
    return {
      ok: true,
      settings: settingsAmong(OPTIONS, { ...options, mode }),
      secrets: secretsAmong(OPTIONS, options),
    };
  },
  memberId: (typed) => /^[\w.-]{1,64}$/.exec(typed.trim())?.[0] ?? null,
  receive: (account, request, rules) => receive(keysOf(account), request, rules),
  connect(account, services) {
    const api = openApi(credentialsOf(account, services), services);
    return { ...openSender(api, services), test: async () => [tokenLine(await api.newToken())] };
  },
  staysConnected: ({ settings }) => settings.mode !== "http",
  live: (account, services, hand) => stayConnected(credentialsOf(account, services), services, hand),
};

function keysOf({ settings, secrets }: ChannelAccount): WebhookKeys {
  const [clientSecret, robotCode, corpId] = [secrets["client-secret"], settings["robot-code"], settings["corp-id"]];
  if (settings.mode !== "http") return null;
  // Accounts were checked when they were added: without a secret the check of requests would mean nothing.
  if (!clientSecret || !robotCode || !corpId)
    throw new Error("The account has no secret, no robot code or no company.");
  return { clientSecret, robotCode, corpId };
}

function credentialsOf({ settings, secrets }: ChannelAccount, { apiBase }: SenderServices): Credentials {
  const [clientId, clientSecret, robotCode] = [settings["client-id"], secrets["client-secret"], settings["robot-code"]];
  if (!clientId || !clientSecret || !robotCode) throw new Error("The account has no client id, secret or robot code.");
  return { base: apiBase ?? API_BASE, fileBase: apiBase ?? FILE_BASE, clientId, clientSecret, robotCode };
}
