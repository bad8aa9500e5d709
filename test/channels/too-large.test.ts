import { expect, test } from "vitest";
import type { Channel } from "../../src/channels/channel.ts";
import { dingtalk } from "../../src/channels/dingtalk/channel.ts";
import { feishu } from "../../src/channels/feishu/channel.ts";
import { telegram } from "../../src/channels/telegram/channel.ts";
import { wechatOfficial } from "../../src/channels/wechat-official/channel.ts";
import { wechaty } from "../../src/channels/wechaty/channel.ts";
import { wecom } from "../../src/channels/wecom/channel.ts";
import { wecomCustomer } from "../../src/channels/wecom-customer/channel.ts";
import { accountWith, senderAt } from "./conformance/driver.ts";

const KEYS = { token: "signsTheRequests", "aes-key": "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG" };
const CORP = { "corp-id": "wwQinghe", ...KEYS };
/** Whatever a platform is asked for but a file: each of them finds its own among it. */
const SAID = {
  ...{ errcode: 0, access_token: "t", expires_in: 7200, accessToken: "t", expireIn: 7200 },
  ...{ code: 0, tenant_access_token: "t", expire: 7200, ok: true, result: { file_path: "photos/a.jpg" } },
  downloadUrl: "https://static.dingtalk.com/resources/a",
};
const CHUNK = new Uint8Array(1024 * 1024);

/** A platform whose files never end. */
const endless: typeof fetch = async (address) => {
  const { pathname } = new URL(String(address));
  if (!/\/(?:media|resources)\/|^\/file\/|\/media\/get$/.test(pathname)) return Response.json(SAID);
  const body = new ReadableStream({ pull: (controller) => controller.enqueue(CHUNK) });
  return new Response(body, { headers: { "content-type": "image/jpeg" } });
};

test.each<[Channel, Readonly<Record<string, string>>, string]>([
  [wechatOfficial, { "app-id": "wx0123456789abcdef", "app-secret": "0123456789abcdef0123456789abcdef", ...KEYS }, "m"],
  [wecom, { "agent-id": "1000002", "agent-secret": "s", ...CORP }, "m"],
  [wecomCustomer, { secret: "s", ...CORP }, "m"],
  [telegram, { "bot-token": `123456:${"a".repeat(35)}`, "secret-token": "signsTheRequests" }, "m"],
  [
    feishu,
    {
      "app-id": "cli_a1b2c3d4e5f6a7b8",
      "app-secret": "secret0123456789secret0123456789",
      "encrypt-key": "encryptKey0123456789",
      "verification-token": "verificationToken0123",
    },
    "om_1/img_1",
  ],
  [
    dingtalk,
    {
      "client-id": "ding0123456789",
      "client-secret": "secret0123456789secret0123456789",
      "robot-code": "ding0123456789",
    },
    "m",
  ],
  [wechaty, { secret: "theBridgeAndTheServiceHaveThisOne" }, "m"],
])(
  "$0.type says of a file that it is too large, so that whoever sent it is told so",
  async (channel, options, mediaId) => {
    const sender = senderAt(channel, accountWith(channel, options), "https://platform.example", { fetch: endless });
    const fetched = await sender.fetchMedia({ mediaId, form: "image" });
    expect(fetched).toEqual({ ok: false, retryable: false, isTooLarge: true, reason: expect.stringContaining("over") });
  },
);
