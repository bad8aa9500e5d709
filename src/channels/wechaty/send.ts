import type { Outbound, OutboundContent } from "../../domain/messages/message.ts";
import { WORDS_ONLY } from "../abilities.ts";
import { createAddressPace } from "../address-pace.ts";
import type { Abilities, Address, FetchedMedia, IsOurs, Sender, SenderServices, SendOutcome } from "../channel.ts";
import { exchange } from "../exchange.ts";
import type { Failed, Failure } from "../failure.ts";
import { createGate } from "../gate.ts";
import { numbered } from "../numbered.ts";
import { parseJsonObject } from "../tencent-callback/json.ts";
import { splitText } from "../text-pieces.ts";
import { failureOf, isDown, restMs } from "./errors.ts";
import { SIGNATURE_HEADER, signatureOf } from "./signature.ts";

/** A message as the bridge takes it. */
type Said = { readonly text: string; readonly file?: { readonly name: string; readonly base64: string } };
type Answered = { readonly ok: true; readonly id: string | null };
type Call = { readonly base: string; readonly secret: string; readonly services: SenderServices };

const SEND = "/send";
const MEBIBYTE = 1024 * 1024;
const MAX_TEXT_BYTES = 5000;
const MAX_ANSWER_BYTES = 64 * 1024;
const MAX_FILE_BYTES = 20 * MEBIBYTE;
const RETRY_MS = 5000;
/** The bridge keeps the account's own pace, of one message in two seconds, for it alone sees all of them: here calls are only not crowded. */
const CALLS_PER_SECOND = 20;

const ABILITIES: Abilities = {
  ...WORDS_ONLY,
  window: "open",
  joinsTexts: false,
  media: { image: 10 * MEBIBYTE, file: MAX_FILE_BYTES },
  replyTo: "words",
  rooms: true,
  pace: { perSecond: 0.5, perAddressPerMinute: 6 },
};

/** Opens the sender of an account: it does what {@link Sender} promises, by the bridge. */
export function openSender(base: string, secret: string, services: SenderServices): Sender {
  const gate = createGate(services, { isDown, restMs, perSecond: CALLS_PER_SECOND });
  const pace = createAddressPace(services, ABILITIES.pace.perAddressPerMinute);
  const call = { base: base.replace(/\/+$/, ""), secret, services };
  return {
    abilities: ABILITIES,
    split: (text) => splitText(text, MAX_TEXT_BYTES),
    pause: () => gate.pause(SEND),
    async send(rung, to, outbound, isOurs = () => true) {
      if (rung !== "direct") return refused(`the bridge has no ${rung} messages`, "rung");
      const said = saidIn(outbound);
      if (typeof said === "string") return refused(said, "content");
      const slow = gate.pause(SEND) === null ? pace.take(`${to.kind} ${to.id}`) : null;
      if (slow !== null) return slow;
      const answer = await gate.pass(SEND, () => post(call, to, said, isOurs));
      return answer.ok ? { outcome: "delivered", platformId: answer.id } : answer.failure;
    },
    revise: async () => refused("what was said stays as it is", "content"),
    fetchMedia: ({ mediaId }) => fetchFile(call, mediaId),
    link: async () => ({ ok: false, reason: "a personal account has no code with a scene" }),
  };
}

/** What is said, or why it cannot be. */
function saidIn(content: Outbound): Said | string {
  switch (content.kind) {
    case "text":
    case "card":
      return { text: content.text };
    case "choices":
      return { text: numbered(content) };
    case "media":
      return fileIn(content);
    case "notice":
      return "a notice has no direct form";
  }
}

function fileIn({ form, bytes, fileName, caption }: Extract<OutboundContent, { kind: "media" }>): Said | string {
  const largest = ABILITIES.media[form];
  if (largest === undefined) return `the bridge sends no ${form}`;
  if (bytes.byteLength > largest) return `a ${form} that is too large`;
  return { text: caption, file: { name: fileName, base64: Buffer.from(bytes).toString("base64") } };
}

async function post(call: Call, to: Address, said: Said, isOurs: IsOurs): Promise<Answered | Failed> {
  const { base, secret, services } = call;
  if (!isOurs()) return { ...failed({ ...RETRY, reason: "it took too long to begin" }), uncalled: true };
  const body = JSON.stringify({ to: { kind: to.kind, id: to.id }, ...said });
  const headers = { [SIGNATURE_HEADER]: signatureOf(secret, body, services.now()) };
  const limits = { timeoutMs: services.timeoutMs, maxBytes: MAX_ANSWER_BYTES, fetch: services.fetch };
  const init = { method: "POST", contentType: "application/json", headers, body } as const;
  const answer = await exchange(new URL(`${base}${SEND}`), init, limits);
  if (answer.kind === "unsent") return failed({ ...RETRY, reason: answer.reason });
  if (answer.kind !== "response") return failed({ outcome: "uncertain", reason: answer.reason });
  const fields = parseJsonObject(answer.bytes.toString());
  if (answer.status === 200) {
    if (fields === null) return failed({ outcome: "uncertain", reason: "an answer that is no JSON" });
    const { id, error } = fields;
    if (error === undefined) return { ok: true, id: typeof id === "string" && id !== "" ? id : null };
    return failed({ outcome: "refused", reason: "HTTP 200 with an error", blocks: "content" });
  }
  const error = typeof fields?.error === "string" ? fields.error.slice(0, 40) : "";
  const scope = typeof fields?.scope === "string" ? fields.scope : "";
  const failure = failureOf({ status: answer.status, error, scope, waitSeconds: Number(fields?.waitSeconds) });
  return { ok: false, code: answer.status, failure };
}

async function fetchFile({ base, secret, services }: Call, mediaId: string): Promise<FetchedMedia> {
  const path = `/media/${encodeURIComponent(mediaId)}`;
  const headers = { [SIGNATURE_HEADER]: signatureOf(secret, `GET ${path}`, services.now()) };
  const limits = { timeoutMs: services.timeoutMs, maxBytes: MAX_FILE_BYTES, fetch: services.fetch };
  const answer = await exchange(new URL(`${base}${path}`), { method: "GET", headers }, limits);
  if (answer.kind === "too-large") return { ok: false, reason: answer.reason, retryable: false, isTooLarge: true };
  if (answer.kind !== "response") return { ok: false, reason: answer.reason, retryable: true };
  if (answer.status === 200) return { ok: true, bytes: answer.bytes, contentType: answer.contentType };
  return { ok: false, reason: `HTTP ${answer.status}`, retryable: answer.status >= 500 };
}

const RETRY = { outcome: "retry", afterMs: RETRY_MS, scope: "message" } as const;

function failed(failure: Failure): Failed {
  return { ok: false, code: null, failure };
}

function refused(reason: string, blocks: "rung" | "content"): Extract<SendOutcome, { outcome: "refused" }> {
  return { outcome: "refused", reason, blocks };
}
