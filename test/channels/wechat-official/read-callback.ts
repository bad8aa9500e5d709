import { parseBody } from "../../../src/channels/tencent-callback/body.ts";
import { inboundsOf } from "../../../src/channels/wechat-official/inbound.ts";
import type { Inbound } from "../../../src/domain/messages/message.ts";
import { ACCOUNT } from "./request.ts";

/** The moment at which callbacks are read. */
export const NOW = new Date("2026-09-21T15:00:00Z");
/** The moment at which they were sent, in seconds since 1970. */
export const SENT = 1790000000;

/** The fields of every callback. */
export const COMMON = { ToUserName: "gh_demo", FromUserName: "oDemo1", CreateTime: String(SENT) };

/** The messages and events of a callback's clear body. */
export function inbounds(body: string): readonly Inbound[] {
  const bytes = Buffer.from(body);
  const parsed = parseBody(bytes);
  if (!parsed.ok) throw new Error(parsed.reason);
  return inboundsOf({ appId: ACCOUNT.appId, body: bytes, now: NOW }, parsed.fields);
}
