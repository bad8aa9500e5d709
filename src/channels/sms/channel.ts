import { SMS_CHANNEL } from "../../domain/messages/sms.ts";
import type { Channel, ChannelAccount } from "../channel.ts";
import { option, secretsAmong, settingsAmong } from "../options.ts";
import { openSender } from "./send.ts";
import { testAccount } from "./test-account.ts";
import { receive } from "./webhook.ts";

const OPTIONS = [
  option("url", "the address of the county's gateway; /messages is added", { isRequired: true }),
  option("secret", "that the gateway and the service share, 16 to 256 signs", {
    ...{ isSecret: true, isRequired: true, isForReceiving: true },
  }),
];

/** The channel of short messages, over a gateway of the county's own: it only says that an answer waits, and nobody writes by it. */
export const sms: Channel = {
  type: SMS_CHANNEL,
  names: { "zh-CN": "短信", en: "text message" },
  apiBaseVariable: "SMS_API_BASE",
  options: OPTIONS,
  answerWithinMs: 10_000,
  configure(options) {
    const problems = [
      ...(isAddress(options.url) ? [] : ["--url must be the gateway's address, http:// or https://"]),
      ...(/^[\x21-\x7e]{16,256}$/.test(options.secret ?? "")
        ? []
        : ["--secret must be 16 to 256 signs without blanks"]),
    ];
    if (problems.length > 0) return { ok: false, problems };
    return { ok: true, settings: settingsAmong(OPTIONS, options), secrets: secretsAmong(OPTIONS, options) };
  },
  receive: (account, request, rules) => receive(secretOf(account), request, rules),
  connect(account, services) {
    const secret = secretOf(account);
    const sender = openSender({ url: services.apiBase ?? account.settings.url ?? "", secret }, services);
    return { ...sender, test: (callback) => testAccount(secret, services, callback) };
  },
};

function isAddress(url: string | undefined): boolean {
  return /^https?:\/\/\S+$/.test(url ?? "") && URL.canParse(url ?? "");
}

/** Accounts were checked when they were added: without a secret a signature would mean nothing. */
function secretOf({ secrets }: ChannelAccount): string {
  if (!secrets.secret) throw new Error("The account has no secret.");
  return secrets.secret;
}
