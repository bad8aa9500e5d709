import type { Channel, ChannelAccount } from "../channel.ts";
import { option, secretsAmong, settingsAmong } from "../options.ts";
import { openSender } from "./send.ts";
import { receive } from "./webhook.ts";

const API_BASE = "http://127.0.0.1:8788";
const OPTIONS = [
  option("secret", "with which the bridge and the service sign what they say to each other, 24 to 200 signs", {
    ...{ isSecret: true, isRequired: true, isForReceiving: true },
  }),
];
const SECRET = /^[\x21-\x7e]{24,200}$/;

/** The channel of accounts that a Wechaty bridge holds (workers/wechaty): signed HTTP in both directions. */
export const wechaty: Channel = {
  type: "wechaty",
  names: { "zh-CN": "微信", en: "WeChat" },
  apiBaseVariable: "WECHATY_API_BASE",
  options: OPTIONS,
  answerWithinMs: 10_000,
  configure(options) {
    if (!SECRET.test(options.secret ?? ""))
      return { ok: false, problems: ["--secret must be 24 to 200 letters, digits and signs, without a space"] };
    return { ok: true, settings: settingsAmong(OPTIONS, options), secrets: secretsAmong(OPTIONS, options) };
  },
  receive: (account, request, rules) => receive(secretOf(account), request, rules),
  connect: (account, services) => openSender(services.apiBase ?? API_BASE, secretOf(account), services),
};

/** Accounts were checked when they were added: without a secret a signature would mean nothing. */
function secretOf({ secrets }: ChannelAccount): string {
  if (!secrets.secret) throw new Error("The account has no secret.");
  return secrets.secret;
}
