import type { Outbound } from "../../domain/messages/message.ts";
import { WORDS_ONLY } from "../abilities.ts";
import type { Abilities, Address, IsOurs, Sender, SenderServices, SendOutcome } from "../channel.ts";
import { type Exchange, exchange } from "../exchange.ts";
import type { Failed, Failure } from "../failure.ts";
import { createGate, type Gate } from "../gate.ts";
import { numbered } from "../numbered.ts";
import { parseJsonObject } from "../tencent-callback/json.ts";
import { splitText } from "../text-pieces.ts";
import { SIGNATURE_HEADER, signatureOf } from "./signature.ts";

/** The county's own gateway, and the secret that it shares with us. */
export type Gateway = { readonly url: string; readonly secret: string };

type Taken = { readonly ok: true; readonly id: string | null };

/** The one text that its operator has approved: an answer waits. */
const TEMPLATE = "answer-waits";
const MAX_TEXT_BYTES = 1500;
const MAX_ANSWER_BYTES = 64 * 1024;
const CALLS_PER_SECOND = 10;
const MINUTE_MS = 60_000;
const RETRY_MS = 5000;
const INTERFACE = "/messages";
const PHONE = /^\d{3,15}$/;
const ADDRESS = /https?:\/\/[^\s，。；]+/;
/** The gateway knows the key: it was taken before. */
const KNOWN = 409;
const TOO_MANY = 429;
const PASSED_ON: ReadonlySet<number> = new Set([502, 504]);

const ABILITIES: Abilities = {
  ...WORDS_ONLY,
  window: "open",
  mustWriteFirst: false,
  joinsTexts: false,
  idempotentMs: 24 * 60 * MINUTE_MS,
  reports: true,
  pace: { perSecond: CALLS_PER_SECOND, perAddressPerMinute: 1 },
};

/** Opens the sender of an account: it does what {@link Sender} promises, by one signed call to the gateway for each message. */
export function openSender(gateway: Gateway, services: SenderServices): Sender {
  const gate = createGate(services, {
    isDown: ({ code }) => code !== null && code >= 500,
    restMs: ({ code, failure }) => (code === TOO_MANY && failure.outcome === "retry" ? failure.afterMs : 0),
    perSecond: CALLS_PER_SECOND,
  });
  const lastAt = new Map<string, number>();
  return {
    abilities: ABILITIES,
    split: (text) => splitText(text, MAX_TEXT_BYTES),
    pause: () => gate.pause(INTERFACE),
    async send(rung, to, outbound, isOurs = () => true) {
      const text = wordsOf(outbound);
      if (rung !== "direct") return refused(`the gateway has no ${rung} messages`, "rung");
      if (text === null) return refused(`no ${outbound.kind} can be sent as a short message`, "content");
      if (to.kind === "room" || !PHONE.test(to.id)) return refused("no telephone number", "person");
      const waitMs = (lastAt.get(to.id) ?? Number.NEGATIVE_INFINITY) + MINUTE_MS - services.now().getTime();
      if (waitMs > 0) return { outcome: "retry", reason: "one a minute", afterMs: waitMs, scope: "address" };
      lastAt.set(to.id, services.now().getTime());
      return outcomeOf(await call({ gateway, services, gate, isOurs }, to, { text, key: outbound.key }));
    },
    revise: async () => refused("short messages are not changed", "content"),
    fetchMedia: async () => ({ ok: false, reason: "short messages bring no files", retryable: false }),
    link: async () => ({ ok: false, reason: "nobody writes to us by short message" }),
  };
}

function wordsOf(outbound: Outbound): string | null {
  if (outbound.kind === "text" || outbound.kind === "card") return outbound.text;
  return outbound.kind === "choices" ? numbered(outbound) : null;
}

type Calling = {
  readonly gateway: Gateway;
  readonly services: SenderServices;
  readonly gate: Gate;
  readonly isOurs: IsOurs;
};

function call(
  { gateway, services, gate, isOurs }: Calling,
  to: Address,
  { text, key }: { readonly text: string; readonly key: string },
): Promise<Taken | Failed> {
  const params = { text, link: ADDRESS.exec(text)?.[0] ?? "" };
  const body = JSON.stringify({ phone: to.id, template: TEMPLATE, params, key });
  return gate.pass<Taken>(INTERFACE, async () => {
    if (!isOurs()) return { ...failed(null, again("it took too long to begin")), uncalled: true };
    let retryAfter: string | null = null;
    const signed: typeof fetch = async (url, init) => {
      const headers = new Headers(init?.headers);
      headers.set(SIGNATURE_HEADER, signatureOf(gateway.secret, body, services.now()));
      const response = await (services.fetch ?? fetch)(url, { ...init, headers });
      retryAfter = response.headers.get("retry-after");
      return response;
    };
    const url = new URL(`${gateway.url.replace(/\/+$/, "")}${INTERFACE}`);
    const answer = await exchange(
      url,
      { method: "POST", contentType: "application/json", body },
      { timeoutMs: services.timeoutMs, maxBytes: MAX_ANSWER_BYTES, fetch: signed },
    );
    return readAnswer(answer, retryAfter);
  });
}

/** Only the gateway's own word is a delivery: that it took the message, or knows its key. */
function readAnswer(answer: Exchange, retryAfter: string | null): Taken | Failed {
  if (answer.kind === "unsent") return failed(null, again(answer.reason));
  if (answer.kind !== "response") return failed(null, { outcome: "uncertain", reason: answer.reason });
  const { status } = answer;
  const fields = parseJsonObject(answer.bytes.toString());
  if (PASSED_ON.has(status) || (status < 300 && fields === null))
    return failed(null, { outcome: "uncertain", reason: `HTTP ${status} without the gateway's word` });
  if ((status >= 200 && status < 300) || status === KNOWN) {
    const id = fields?.id;
    return { ok: true, id: typeof id === "string" && id !== "" ? id : null };
  }
  if (status >= 500) return failed(status, again(`HTTP ${status}`));
  if (status === TOO_MANY) return failed(status, again("429 too many calls", Number(retryAfter) * 1000 || MINUTE_MS));
  if (status === 422) return failed(status, refused("422 the number takes no short messages", "person"));
  const blocks = status === 400 || status === 413 ? "content" : "account";
  return failed(status, refused(`the gateway answers ${status}`, blocks));
}

function outcomeOf(answer: Taken | Failed): SendOutcome {
  return answer.ok ? { outcome: "delivered", platformId: answer.id } : answer.failure;
}

function failed(code: number | null, failure: Failure): Failed {
  return { ok: false, code, failure };
}

function again(reason: string, afterMs = RETRY_MS): Failure {
  return { outcome: "retry", reason, afterMs, scope: "account" };
}

function refused(
  reason: string,
  blocks: "rung" | "person" | "content" | "account",
): { readonly outcome: "refused"; readonly reason: string; readonly blocks: typeof blocks } {
  return { outcome: "refused", reason, blocks };
}
