import type { Channel, ChannelAccount, Option, SenderServices } from "../channel.ts";
import { option, secretsAmong, settingsAmong } from "../options.ts";
import { aesKeyOf } from "../tencent-callback/crypto.ts";
import { openUploads } from "../uploads.ts";
import { openApi } from "./api.ts";
import { openSender } from "./send.ts";
import { parseTemplate, type Template } from "./template.ts";
import { testAccount } from "./test-account.ts";
import { receive, type WebhookKeys } from "./webhook.ts";

type Options = Readonly<Record<string, string | undefined>>;

const API_BASE = "https://api.weixin.qq.com";
const OFFICIAL_ACCOUNT = "official-account";
const MINI_PROGRAM = "mini-program";
const OPTIONS: readonly Option[] = [
  option("app-id", "the platform's id of the account", { isRequired: true, isForReceiving: true }),
  option("app-secret", "with which the service calls the platform", { isSecret: true, isRequired: true }),
  option("token", "with which the platform signs its requests", {
    ...{ isSecret: true, isRequired: true, isForReceiving: true },
  }),
  option(
    "aes-key",
    "with which the platform encrypts its requests (safe mode, 安全模式); without it plain mode, which proves little",
    { isSecret: true, isForReceiving: true },
  ),
  option("kind", "mini-program for the customer messages of a mini program; official-account when left out", {
    isForReceiving: true,
    choices: [OFFICIAL_ACCOUNT, MINI_PROGRAM],
  }),
  option("replies", "passive for an account that may only answer, direct otherwise", {
    choices: ["direct", "passive"],
  }),
  option("template", "the template for notices, 'ID:field={number},…'"),
  option("subscribe-template", "the template for subscription notices"),
];

const PLAIN_MODE =
  "plain mode (明文模式) proves little, for whoever sees requests on their way can read them and write in residents' names: " +
  "choose safe mode (安全模式) in the platform's console, and add the account again with --aes-key.";

/**
 * The channel of WeChat Official Accounts (服务号 and 公众号): callbacks in, customer-service messages, templates and notices
 * out.
 */
export const wechatOfficial: Channel = {
  type: "wechat-official",
  names: { "zh-CN": "微信", en: "WeChat" },
  apiBaseVariable: "WECHAT_API_BASE",
  options: OPTIONS,
  answerWithinMs: 5000,
  configure(options) {
    const problems = problemsOf(options);
    if (problems.length > 0) return { ok: false, problems };
    const settings = { replies: "direct", ...settingsAmong(OPTIONS, options) };
    return { ok: true, settings, secrets: secretsAmong(OPTIONS, options) };
  },
  weaknesses: ({ secrets }) => (secrets["aes-key"] === undefined ? [PLAIN_MODE] : []),
  receive: (account, request, rules) => receive(webhookKeys(account), request, rules),
  connect(account, services) {
    const [credentials, ways] = [credentialsOf(account, services), waysOf(account)];
    return {
      ...openSender(openApi(credentials, services), openUploads(services, account.id), ways),
      test: (callback) => testAccount({ credentials, services, ways, token: webhookKeys(account).token }, callback),
    };
  },
};

function problemsOf(options: Options): string[] {
  const problems: string[] = [];
  const check = (option: string, isRight: (value: string) => boolean, rule: string) => {
    const value = options[option];
    if (value === undefined || !isRight(value)) problems.push(`--${option} ${rule}`);
  };
  check("app-id", (id) => /^[\w-]{1,64}$/.test(id), "must be the account's AppID: letters, digits, _ and -");
  check("app-secret", (secret) => /^[\x21-\x7e]{1,128}$/.test(secret), "must be the account's AppSecret");
  check(
    "token",
    (token) => /^[\x21-\x7e]{3,64}$/.test(token),
    "must be the token of the server settings, 3 to 64 signs",
  );
  if (options["aes-key"] !== undefined) {
    check("aes-key", (key) => aesKeyOf(key) !== null, "must be the EncodingAESKey: 43 letters, digits, + and /");
  }
  if (options.replies !== undefined) {
    check("replies", (replies) => replies === "passive" || replies === "direct", "must be passive or direct");
  }
  return [
    ...problems,
    ...kindProblems(options),
    ...templateProblems(options, "template"),
    ...templateProblems(options, "subscribe-template"),
  ];
}

/** A mini program answers nothing in its callbacks, and has no template messages. */
function kindProblems({ kind, replies, template }: Options): string[] {
  if (kind === undefined || kind === OFFICIAL_ACCOUNT) return [];
  if (kind !== MINI_PROGRAM) return [`--kind must be ${OFFICIAL_ACCOUNT} or ${MINI_PROGRAM}`];
  return [
    ...(replies === "passive" ? ["--replies must not be passive: a mini program has no passive replies"] : []),
    ...(template === undefined ? [] : ["--template must be left out: a mini program has subscription notices only"]),
  ];
}

function templateProblems(options: Options, option: string): string[] {
  const text = options[option];
  const parsed = text === undefined ? null : parseTemplate(text);
  return parsed === null || parsed.ok ? [] : parsed.problems.map((problem) => `--${option} ${problem}`);
}

/** What was read of an account's secrets, for as long as the account is in use. */
const readKeys = new WeakMap<ChannelAccount, WebhookKeys>();

function webhookKeys(account: ChannelAccount): WebhookKeys {
  const known = readKeys.get(account) ?? readWebhookKeys(account);
  readKeys.set(account, known);
  return known;
}

/** An AES key that cannot be read must never turn the account into one of plain mode. */
function readWebhookKeys({ settings, secrets }: ChannelAccount): WebhookKeys {
  const encodingAesKey = secrets["aes-key"];
  const aesKey = encodingAesKey === undefined ? null : aesKeyOf(encodingAesKey);
  if (encodingAesKey !== undefined && aesKey === null) throw new Error("The account's AES key cannot be read.");
  const isMute = settings.kind === MINI_PROGRAM;
  return { appId: required(settings, "app-id"), token: required(secrets, "token"), aesKey, isMute };
}

function credentialsOf({ settings, secrets }: ChannelAccount, services: SenderServices) {
  return {
    apiBase: services.apiBase ?? API_BASE,
    appId: required(settings, "app-id"),
    appSecret: required(secrets, "app-secret"),
  };
}

function waysOf({ settings }: ChannelAccount) {
  return {
    isMiniProgram: settings.kind === MINI_PROGRAM,
    replies: settings.replies === "passive" ? ("passive" as const) : ("direct" as const),
    template: templateOf(settings.template),
    subscription: templateOf(settings["subscribe-template"]),
  };
}

function templateOf(option: string | undefined): Template | null {
  const parsed = option === undefined ? null : parseTemplate(option);
  if (parsed === null) return null;
  if (!parsed.ok) throw new Error(`The account's template ${parsed.problems.join("; ")}.`);
  return parsed.template;
}

/** Accounts were checked when they were added: without this value the signature check would mean nothing. */
function required(values: Readonly<Record<string, string>>, name: string): string {
  const value = values[name];
  if (value === undefined || value === "") throw new Error(`The account has no ${name}.`);
  return value;
}
