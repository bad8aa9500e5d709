import { createHash } from "node:crypto";
import { inboundOf } from "../../domain/messages/inbound.ts";
import type { Inbound } from "../../domain/messages/message.ts";
import type { WebhookReply, WebhookRequest, WebhookResult } from "../channel.ts";
import { wellFormed } from "../tencent-callback/fields.ts";
import { SIGNATURE_HEADER, signedAt } from "./signature.ts";

type Rules = { readonly now: Date; readonly unmoved?: Date | undefined; readonly maxAgeSeconds: number };
type Report = { readonly id: string; readonly ok: boolean; readonly reason: string };

const MAX_BODY_BYTES = 256 * 1024;
const MAX_REPORTS = 1000;
const TAKEN: WebhookReply = { status: 204, contentType: "text/plain", body: "" };
const REFUSAL: WebhookReply = { status: 403, contentType: "text/plain", body: "refused" };
const TOO_LARGE: WebhookReply = { status: 413, contentType: "text/plain", body: "too large" };

/** Receives what the gateway tells later of its messages: `[{id, ok, reason}]`, signed over the raw bytes. Nobody writes by it. */
export function receive(secret: string, request: WebhookRequest, rules: Rules): WebhookResult {
  if (request.body.byteLength > MAX_BODY_BYTES) return refused("body over 256 KB", TOO_LARGE);
  if (request.method !== "POST") return refused("no report");
  const seconds = signedAt(secret, request.body, request.header(SIGNATURE_HEADER));
  if (seconds === null) return refused("signature");
  if (!isFresh(seconds, rules)) return refused("timestamp outside the allowed span");
  const messages = messagesOf(request.body, rules.now);
  return { kind: "received", messages, nudges: [], acknowledgement: TAKEN, replyWith: () => null };
}

function messagesOf(body: Uint8Array, now: Date): Inbound[] {
  const raw = wellFormed(new TextDecoder().decode(body));
  const reports = reportsIn(raw);
  if (reports === null)
    return [told(`q_${digestOf(raw)}`, now, { kind: "quarantined", reason: "no list of reports", raw })];
  return reports.map(({ id, ok, reason }) => {
    const platformId = wellFormed(id);
    const content = { kind: "delivery-report", platformId, ok, reason: wellFormed(reason).slice(0, 200) } as const;
    return told(`r_${digestOf(`${platformId}\n${ok}`)}`, now, content);
  });
}

function told(key: string, sentAt: Date, content: Inbound["content"]): Inbound {
  return inboundOf({ dedupeKey: `sms_${key}`, sender: "", sentAt, content });
}

function reportsIn(raw: string): readonly Report[] | null {
  try {
    const list: unknown = JSON.parse(raw);
    if (!Array.isArray(list) || list.length > MAX_REPORTS) return null;
    const reports = list.flatMap((one) => {
      const { id, ok, reason }: Readonly<Record<string, unknown>> = Object(one);
      if (typeof id !== "string" || id === "" || typeof ok !== "boolean") return [];
      return [{ id, ok, reason: typeof reason === "string" ? reason : "" }];
    });
    return reports.length === list.length ? reports : null;
  } catch {
    return null;
  }
}

function digestOf(text: string): string {
  return createHash("sha256").update(text).digest("hex").slice(0, 32);
}

function isFresh(seconds: number, { now, unmoved = now, maxAgeSeconds }: Rules): boolean {
  if (maxAgeSeconds === 0) return true;
  return [now, unmoved].some((clock) => Math.abs(clock.getTime() / 1000 - seconds) <= maxAgeSeconds);
}

function refused(reason: string, reply = REFUSAL): WebhookResult {
  return { kind: "refused", reason, reply };
}
