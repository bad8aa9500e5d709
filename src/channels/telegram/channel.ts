import type { Channel, ChannelAccount, SenderServices } from "../channel.ts";
import { option, secretsAmong, settingsAmong } from "../options.ts";
import { openUploads } from "../uploads.ts";
import { openApi } from "./api.ts";
import { openSender } from "./send.ts";
import { testBot } from "./test-account.ts";
import { receive, type WebhookKeys } from "./webhook.ts";

const API_BASE = "https://api.telegram.org";
const OPTIONS = [
  option("bot-token", "the bot's token, as the platform's @BotFather gave it", { isSecret: true, isRequired: true }),
  option("secret-token", "with which the platform proves its requests, 16 to 256 letters, digits, _ and -", {
    ...{ isSecret: true, isRequired: true, isForReceiving: true },
  }),
];
const RULES: Readonly<Record<string, readonly [RegExp, string]>> = {
  "bot-token": [
    /^\d{1,20}:[\w-]{20,100}$/,
    "must be the bot's token: its number, a colon, and letters, digits, _ and -",
  ],
  "secret-token": [/^[\w-]{16,256}$/, "must be 16 to 256 letters, digits, _ and -"],
};
/** What is handed over; everything else would only be kept. */
const UPDATES = ["message", "edited_message", "callback_query", "my_chat_member"];

/** The channel of Telegram bots: updates in by webhook, the Bot API out. */
export const telegram: Channel = {
  type: "telegram",
  names: { "zh-CN": "Telegram", en: "Telegram" },
  apiBaseVariable: "TELEGRAM_API_BASE",
  options: OPTIONS,
  answerWithinMs: 10_000,
  configure(options) {
    const problems = Object.entries(RULES).flatMap(([name, [form, rule]]) =>
      form.test(options[name] ?? "") ? [] : [`--${name} ${rule}`],
    );
    if (problems.length > 0) return { ok: false, problems };
    // The bot's number, which its token begins with, is no secret: what is received is told apart by it.
    const settings = { "bot-id": botIdOf(options["bot-token"]), ...settingsAmong(OPTIONS, options) };
    return { ok: true, settings, secrets: secretsAmong(OPTIONS, options) };
  },
  receive: (account, request, { now }) => receive(keysOf(account), request, now),
  connect(account, services) {
    const api = openApi(credentialsOf(account, services), services);
    return {
      ...openSender(api, openUploads(services, account.id), services),
      test: (callback) => testBot(api, callback),
    };
  },
  async register(account, services, webhookUrl) {
    const api = openApi(credentialsOf(account, services), services);
    const order = { url: webhookUrl, secret_token: keysOf(account).secretToken, allowed_updates: UPDATES };
    const answer = await api.request("setWebhook", order);
    return answer.ok ? [] : [`The platform could not be told the address: ${answer.failure.reason}.`];
  },
};

function botIdOf(token: string | undefined): string {
  return token?.split(":")[0] ?? "";
}

/** Accounts were checked when they were added: without a secret the check of requests would mean nothing. */
function keysOf({ settings, secrets }: ChannelAccount): WebhookKeys {
  const [botId, secretToken] = [settings["bot-id"], secrets["secret-token"]];
  if (!botId || !secretToken) throw new Error("The account has no bot number or no secret token.");
  return { botId, secretToken };
}

function credentialsOf({ secrets }: ChannelAccount, { apiBase }: SenderServices) {
  const token = secrets["bot-token"];
  if (!token) throw new Error("The account has no bot token.");
  return { base: apiBase ?? API_BASE, token };
}
