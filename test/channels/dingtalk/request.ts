import { createHmac } from "node:crypto";
import type { WebhookRequest } from "../../../src/channels/channel.ts";
import type { Said } from "../conformance/driver.ts";

/** The account of the suite, to which the platform speaks over HTTP. */
export const OPTIONS = {
  "client-id": "dingsuite12345678",
  "client-secret": "secretOfTheSuite1234567890abcdefghij",
  "robot-code": "dingrobot1",
  mode: "http",
  "corp-id": "dingcorp1",
};
const GROUP = { conversationType: "2", conversationId: "cidGroup", conversationTitle: "联络站" };

/** A body as the platform would send it at this moment. */
export function signed(body: string, at: Date, secret: string = OPTIONS["client-secret"]): WebhookRequest {
  const timestamp = String(at.getTime());
  const sign = createHmac("sha256", secret).update(`${timestamp}\n${secret}`).digest("base64");
  const headers: Record<string, string> = { timestamp, sign };
  return {
    ...{ method: "POST", query: new URLSearchParams(), body: Buffer.from(body) },
    header: (name) => headers[name] ?? null,
  };
}

/** A robot's callback that says this; null where the platform has nothing of the kind. */
function callbackOf(one: Said, at: Date, more: object = {}): string | null {
  const by = one.by ?? "1001";
  const message = (type: string, said: object) =>
    JSON.stringify({
      ...{
        msgId: `msg${one.id}+/==`,
        msgtype: type,
        createAt: at.getTime(),
        conversationType: "1",
        conversationId: "cid1",
      },
      ...{ senderId: `$:LWCP_v1:$${by}`, senderStaffId: by, senderNick: "Ann", robotCode: OPTIONS["robot-code"] },
      ...{ chatbotUserId: "$:LWCP_v1:$robot", chatbotCorpId: OPTIONS["corp-id"], senderCorpId: OPTIONS["corp-id"] },
      ...said,
      ...more,
    });
  const content = (fields: object) => ({ content: fields });
  switch (one.kind) {
    case "text": {
      const room = one.room === undefined ? {} : { ...GROUP, isInAtList: one.room === "to us" };
      const quoted = one.answers === undefined ? {} : { originalProcessQueryKey: one.answers };
      return message("text", { text: { content: ` ${one.text}` }, ...room, ...quoted });
    }
    case "image":
      return message("picture", content({ downloadCode: one.mediaId }));
    case "voice":
      return message("audio", content({ downloadCode: one.mediaId, recognition: one.transcript }));
    case "video":
    case "file":
      return message(one.kind, content({ downloadCode: one.mediaId }));
    case "unknown message":
      return message("dice", {});
    case "unreadable":
      return '{"msgId":';
    case "own":
      return message("text", { text: { content: "编号12" }, senderId: "$:LWCP_v1:$robot" });
    default:
      return null;
  }
}

/** A genuine request that says this; null where the platform has nothing of the kind. */
export function said(one: Said, at: Date, more: object = {}): WebhookRequest | null {
  const text = callbackOf(one, at, more);
  return text === null ? null : signed(text, at);
}
