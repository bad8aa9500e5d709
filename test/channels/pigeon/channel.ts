import { createHash, createHmac, timingSafeEqual } from "node:crypto";
import { WORDS_ONLY } from "../../../src/channels/abilities.ts";
import type {
  Channel,
  ChannelAccount,
  SendOutcome,
  WebhookReply,
  WebhookRequest,
  WebhookResult,
} from "../../../src/channels/channel.ts";
import { exchange } from "../../../src/channels/exchange.ts";
import type { Failed, Failure } from "../../../src/channels/failure.ts";
import { createGate } from "../../../src/channels/gate.ts";
import { numbered } from "../../../src/channels/numbered.ts";
import { option, secretsAmong, settingsAmong } from "../../../src/channels/options.ts";
import { wellFormed } from "../../../src/channels/tencent-callback/fields.ts";
import { parseJsonObject } from "../../../src/channels/tencent-callback/json.ts";
import { splitText } from "../../../src/channels/text-pieces.ts";
import { inboundOf } from "../../../src/domain/messages/inbound.ts";
import type { Inbound, InboundContent, Outbound } from "../../../src/domain/messages/message.ts";

/*
 * The pigeon post: the smallest platform that a channel can be written for, to be read beside CONTRIBUTING.md. Its requests are JSON,
 * signed over their bytes; its only call is `POST /send`, which knows a message again by its key for an hour.
 */

const HOUR_MS = 3_600_000;
const MAX_BYTES = 256 * 1024;
const PIECE_BYTES = 1000;
const OPTIONS = [
  option("loft", "the name of the pigeon loft", { isRequired: true, isForReceiving: true }),
  option("ring", "with which the post signs its requests", { isSecret: true, isRequired: true, isForReceiving: true }),
  option("seal", "with which we sign ours", { isSecret: true, isRequired: true }),
];
const OK: WebhookReply = { status: 200, contentType: "application/json", body: "{}" };
const NO: WebhookReply = { status: 403, contentType: "text/plain", body: "refused" };

/** What the post's codes mean for the message at hand; another code blocks its content. */
const ERRORS: Readonly<Record<number, Failure>> = {
  1: { outcome: "refused", reason: "1 nobody of this name", blocks: "person" },
  2: { outcome: "refused", reason: "2 the letter is too heavy", blocks: "content" },
  3: { outcome: "refused", reason: "3 the seal is not known", blocks: "account" },
  4: { outcome: "refused", reason: "4 not now", blocks: "rung" },
};

/** A request is signed over its moment and its bytes. */
export function ringOf(ring: string, at: string, body: Uint8Array): string {
  return createHmac("sha256", ring).update(`${at}.`).update(body).digest("hex");
}

export const pigeon: Channel = {
  type: "pigeon",
  names: { "zh-CN": "信鸽", en: "pigeon" },
  apiBaseVariable: "PIGEON_API_BASE",
  options: OPTIONS,
  answerWithinMs: 5000,
  configure(given) {
    const problems = OPTIONS.flatMap(({ name }) =>
      /^[\x21-\x7e]{4,64}$/.test(given[name] ?? "") ? [] : [`--${name} must be 4 to 64 signs`],
    );
    if (problems.length > 0) return { ok: false, problems };
    return { ok: true, settings: settingsAmong(OPTIONS, given), secrets: secretsAmong(OPTIONS, given) };
  },
  receive(account, request, { now, maxAgeSeconds }) {
    const at = request.header("pigeon-at") ?? "";
    const ageMs = Math.abs(now.getTime() - Number(at || Number.NaN));
    if (request.body.byteLength > MAX_BYTES) return refused("too large");
    if (maxAgeSeconds > 0 && !(ageMs <= maxAgeSeconds * 1000)) return refused("too old");
    if (!isEqual(request.header("pigeon-ring") ?? "", ringOf(account.secrets.ring ?? "", at, request.body)))
      return refused("signature");
    return received(request, now);
  },
  connect(account, services) {
    const gate = createGate(services, { isDown: () => false, restMs: restAfter, perSecond: 1000 });
    const abilities = {
      ...WORDS_ONLY,
      window: "open",
      joinsTexts: false,
      idempotentMs: HOUR_MS,
      replyTo: "id",
    } as const;
    return {
      abilities,
      split: (text) => splitText(text, PIECE_BYTES),
      pause: () => gate.pause("/send"),
      async send(_rung, to, outbound, isOurs = () => true): Promise<SendOutcome> {
        const text = textOf(outbound);
        if (text === null) return { outcome: "refused", reason: "a pigeon carries words alone", blocks: "content" };
        const answer = await gate.pass("/send", async () => {
          if (!isOurs())
            return failed({ outcome: "retry", reason: "begun too late", afterMs: 0, scope: "message" }, true);
          return call(account, services.apiBase ?? "https://pigeon.invalid", services.timeoutMs, {
            key: outbound.key,
            to: to.id,
            text,
          });
        });
        return answer.ok ? { outcome: "delivered", platformId: answer.id } : answer.failure;
      },
      revise: async () => ({ outcome: "refused", reason: "a letter stays as it is", blocks: "content" }),
      fetchMedia: async () => ({ ok: false, reason: "a pigeon brings words alone", retryable: false }),
      link: async (scene) => ({
        ok: true,
        url: `https://pigeon.invalid/${account.settings.loft}?from=${encodeURIComponent(scene)}`,
      }),
    };
  },
};

function received({ body }: WebhookRequest, now: Date): WebhookResult {
  const raw = wellFormed(new TextDecoder().decode(body));
  const fields = parseJsonObject(raw);
  const list: readonly unknown[] = Array.isArray(fields?.letters) ? fields.letters : [];
  const messages = list.flatMap((letter) => messageOf(letter as Readonly<Record<string, unknown>>, now));
  const kept = fields === null || list.length === 0 ? [quarantined(raw, body, now)] : messages;
  return { kind: "received", messages: kept, nudges: [], acknowledgement: OK, replyWith: () => null };
}

function messageOf(letter: Readonly<Record<string, unknown>>, now: Date): Inbound[] {
  const said = (name: string) => wellFormed(typeof letter[name] === "string" ? letter[name] : "");
  if (said("from") === "") return [];
  const content = contentOf(said("kind"), said);
  const isContact = content.kind !== "unfollow";
  const replyTo = said("answers") === "" ? null : ({ by: "id", platformId: said("answers") } as const);
  return [inboundOf({ dedupeKey: `p_${said("id")}`, sender: said("from"), sentAt: now, isContact, replyTo, content })];
}

function contentOf(kind: string, said: (name: string) => string): InboundContent {
  if (kind === "letter") return { kind: "text", text: said("text") };
  if (kind === "come") return { kind: "follow", scene: said("text") || null };
  if (kind === "go") return { kind: "unfollow" };
  return { kind: "unsupported", type: kind.slice(0, 64) };
}

function quarantined(raw: string, body: Uint8Array, now: Date): Inbound {
  const dedupeKey = `p_q_${createHash("sha256").update(body).digest("hex").slice(0, 32)}`;
  return inboundOf({ dedupeKey, sender: "", sentAt: now, content: { kind: "quarantined", reason: "no letters", raw } });
}

function textOf(outbound: Outbound): string | null {
  if (outbound.kind === "choices") return numbered(outbound);
  return "text" in outbound ? outbound.text : null;
}

async function call(
  account: ChannelAccount,
  base: string,
  timeoutMs: number,
  letter: object,
): Promise<{ ok: true; id: string } | Failed> {
  const init = {
    method: "POST",
    contentType: "application/json",
    body: JSON.stringify({ seal: account.secrets.seal, ...letter }),
  } as const;
  const answer = await exchange(new URL(`${base}/send`), init, { timeoutMs, maxBytes: MAX_BYTES });
  if (answer.kind === "unsent")
    return failed({ outcome: "retry", reason: answer.reason, afterMs: 5000, scope: "message" });
  if (answer.kind !== "response") return failed({ outcome: "uncertain", reason: answer.reason });
  const fields = parseJsonObject(answer.bytes.toString());
  if (answer.status >= 500 && answer.status !== 502)
    return failed({ outcome: "retry", reason: `HTTP ${answer.status}`, afterMs: 5000, scope: "message" });
  if (fields === null || answer.status !== 200)
    return failed({ outcome: "uncertain", reason: "no answer of the post" });
  if (fields.wait !== undefined)
    return failed({
      outcome: "retry",
      reason: "too many letters",
      afterMs: Number(fields.wait) * 1000,
      scope: "account",
    });
  if (fields.code === undefined) return { ok: true, id: String(fields.id) };
  const code = Number(fields.code);
  return {
    ok: false,
    code,
    failure: ERRORS[code] ?? { outcome: "refused", reason: `${code} unknown to us`, blocks: "content" },
  };
}

function restAfter({ failure }: Failed): number {
  return failure.outcome === "retry" && failure.scope === "account" ? failure.afterMs : 0;
}

function failed(failure: Failure, uncalled = false): Failed {
  return { ok: false, code: null, failure, ...(uncalled && { uncalled }) };
}

function refused(reason: string): WebhookResult {
  return { kind: "refused", reply: NO, reason };
}

function isEqual(given: string, right: string): boolean {
  const [one, other] = [Buffer.from(given), Buffer.from(right)];
  return one.length === other.length && timingSafeEqual(one, other);
}
