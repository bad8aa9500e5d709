import type { Channel, ChannelAccount, Option, SenderServices } from "../channel.ts";
import type { CorpCredentials } from "../corp-token.ts";
import { option, secretsAmong, settingsAmong } from "../options.ts";
import { aesKeyOf } from "../tencent-callback/crypto.ts";
import type { SealKeys } from "../tencent-callback/request.ts";
import { openApi } from "./api.ts";
import { pullPage } from "./pull.ts";
import { openSender } from "./send.ts";
import { testAccount } from "./test-account.ts";
import { receive } from "./webhook.ts";

const API_BASE = "https://qyapi.weixin.qq.com";
const OPTIONS: readonly Option[] = [
  option("corp-id", "the corporation's id at WeCom", { isRequired: true, isForReceiving: true }),
  option("secret", "of the app that may manage the customer service, with which the service calls the platform", {
    ...{ isSecret: true, isRequired: true },
  }),
  option("token", "with which the platform signs its requests", {
    ...{ isSecret: true, isRequired: true, isForReceiving: true },
  }),
  option("aes-key", "with which the platform encrypts its requests", {
    ...{ isSecret: true, isRequired: true, isForReceiving: true },
  }),
  option("open-kfid", "the customer-service account to which links lead; the first one when left out"),
];
const RULES: Readonly<Record<string, readonly [isRight: (value: string) => boolean, rule: string]>> = {
  "corp-id": [(id) => /^[\w-]{1,64}$/.test(id), "must be the corporation's CorpID: letters, digits, _ and -"],
  secret: [(secret) => /^[\x21-\x7e]{1,128}$/.test(secret), "must be the Secret of the app"],
  token: [(token) => /^[\x21-\x7e]{3,64}$/.test(token), "must be the Token of the callback settings, 3 to 64 signs"],
  "aes-key": [(key) => aesKeyOf(key) !== null, "must be the EncodingAESKey: 43 letters, digits, + and /"],
};

/** The channel of WeCom's customer service (微信客服): people in plain WeChat, whose messages are pulled. */
export const wecomCustomer: Channel = {
  type: "wecom-customer",
  names: { "zh-CN": "微信", en: "WeChat" },
  apiBaseVariable: "WECOM_API_BASE",
  options: OPTIONS,
  answerWithinMs: 5000,
  configure(options) {
    const problems = Object.entries(RULES).flatMap(([name, [isRight, rule]]) =>
      isRight(options[name] ?? "") ? [] : [`--${name} ${rule}`],
    );
    if (options["open-kfid"] !== undefined && !/^[\w-]{1,64}$/.test(options["open-kfid"]))
      problems.push("--open-kfid must be the id of a customer-service account: letters, digits, _ and -");
    if (problems.length > 0) return { ok: false, problems };
    return { ok: true, settings: settingsAmong(OPTIONS, options), secrets: secretsAmong(OPTIONS, options) };
  },
  receive: (account, request, rules) => receive(webhookKeys(account), request, rules),
  connect(account, services) {
    const credentials = credentialsOf(account, services);
    const sender = openSender(openApi(credentials, services), services, account.settings["open-kfid"] ?? null);
    return {
      ...sender,
      test: (callback) => testAccount({ credentials, services, keys: webhookKeys(account) }, callback),
    };
  },
  pull: (account, services, from) => pullPage(openApi(credentialsOf(account, services), services), services, from),
};

/** What was read of an account's secrets, for as long as the account is in use. */
const readKeys = new WeakMap<ChannelAccount, SealKeys>();

function webhookKeys(account: ChannelAccount): SealKeys {
  const known = readKeys.get(account) ?? readWebhookKeys(account);
  readKeys.set(account, known);
  return known;
}

function readWebhookKeys({ settings, secrets }: ChannelAccount): SealKeys {
  const aesKey = aesKeyOf(secrets["aes-key"] ?? "");
  if (aesKey === null) throw new Error("The account's AES key cannot be read.");
  return { owner: required(settings, "corp-id"), token: required(secrets, "token"), aesKey };
}

function credentialsOf({ settings, secrets }: ChannelAccount, { apiBase }: SenderServices): CorpCredentials {
  return { apiBase: apiBase ?? API_BASE, corpId: required(settings, "corp-id"), secret: required(secrets, "secret") };
}

/** Accounts were checked when they were added: without this value the signature check would mean nothing. */
function required(values: Readonly<Record<string, string>>, name: string): string {
  const value = values[name];
  if (value === undefined || value === "") throw new Error(`The account has no ${name}.`);
  return value;
}
