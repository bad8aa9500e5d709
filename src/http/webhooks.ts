import { setTimeout as pause } from "node:timers/promises";
import type { HttpBindings } from "@hono/node-server";
import { type Context, Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import { createMiddleware } from "hono/factory";
import type { Logger } from "pino";
import type { PassiveReply } from "../casework/delivery/passive-reply.ts";
import type { Inbox } from "../casework/inbox/accept.ts";
import type { Accounts } from "../casework/runtime/accounts.ts";
import { answersOnly } from "../casework/runtime/accounts.ts";
import type { Channel, ChannelAccount, LooseSignature, WebhookReply, WebhookResult } from "../channels/channel.ts";
import type { Inbound } from "../domain/messages/message.ts";
import type { Tally, WebhookOutcome } from "../observe/watch.ts";
import { withTimeout } from "../with-timeout.ts";
import { isBrokenOff } from "./broken-off.ts";
import { requestIdOf } from "./request-id.ts";

/** The services behind the webhooks. */
export type WebhookServices = {
  readonly accounts: Accounts;
  readonly channelOf: (type: string) => Channel | null;
  readonly inbox: Inbox;
  /** What the answer to this request may carry, for accounts that can only answer passively. */
  readonly passiveReply: (account: ChannelAccount, inbound: Inbound) => Promise<PassiveReply>;
  readonly now: () => Date;
  /** The clock that platforms have, where `now` was moved for a rehearsal. */
  readonly unmoved?: (() => Date) | undefined;
  /** 0 for ever. */
  readonly maxAgeSeconds: number;
  /** How long a request may wait for its answer, in real time; a second less than its platform waits when left out. */
  readonly answerWithinMs?: number;
  readonly log: Logger;
  /** Nothing is counted when it is left out. */
  readonly tally?: Tally;
};

/** How a request ended, and what goes back. */
type WebhookAnswer = { readonly outcome: WebhookOutcome; readonly response: Response };

type Env = { Bindings: Partial<HttpBindings> };
type Received = Extract<WebhookResult, { kind: "received" }>;

const BODY_LIMIT_BYTES = 256 * 1024;
/** The answer needs so long to reach its platform, which otherwise gives up and repeats; the repeat finds what was stored too late. */
const ON_ITS_WAY_MS = 1000;
const PASSIVE_PAUSE_MS = 50;

/**
 * The routes `/webhooks/<channel type>/<account>`, which store what a platform sends, and only then acknowledge it.
 *
 * Whatever could not be stored is answered with 503, so that the platform repeats it.
 */
export function webhooks(services: WebhookServices): Hono<Env> {
  const routes = new Hono<Env>();
  // The rest of the body stays unread, so that nothing else can be sent over this connection.
  const tooLarge = (c: Context) => {
    services.tally?.webhook(labelOf(services, c.req.param("channel")), "refused", 0);
    return c.text("This is too large.", 413, { connection: "close" });
  };
  const limitStream = bodyLimit({ maxSize: BODY_LIMIT_BYTES, onError: tooLarge });
  // Looking at the body of a request makes a stream of it: only one that does not say its length is worth that.
  const limit = createMiddleware<Env>((c, next) => {
    const length = c.req.header("transfer-encoding") === undefined ? c.req.header("content-length") : undefined;
    if (length === undefined) return limitStream(c, next);
    return Number(length) > BODY_LIMIT_BYTES ? Promise.resolve(tooLarge(c)) : next();
  });
  routes.on(["GET", "POST"], "/:channel/:account", limit, async (c) => {
    const startedAt = performance.now();
    let outcome: WebhookOutcome = "failed";
    try {
      const answered = await answer(c, services, c.req.param("channel"), c.req.param("account"));
      outcome = answered.outcome;
      return answered.response;
    } finally {
      const seconds = (performance.now() - startedAt) / 1000;
      services.tally?.webhook(labelOf(services, c.req.param("channel")), outcome, seconds);
    }
  });
  routes.all("/:channel/:account", (c) =>
    c.text("Only GET and POST are understood here.", 405, { allow: "GET, POST" }),
  );
  return routes;
}

/** What stands in the address is anybody's choice; only channels that there are become labels. */
function labelOf(services: WebhookServices, type: string | undefined): string {
  return services.channelOf(type ?? "")?.type ?? "unknown";
}

async function answer(c: Context<Env>, services: WebhookServices, type: string, name: string): Promise<WebhookAnswer> {
  const channel = services.channelOf(type);
  if (channel === null) return { outcome: "refused", response: c.text("There is no such account.", 404) };
  const limitMs = services.answerWithinMs ?? channel.answerWithinMs - ON_ITS_WAY_MS;
  let account: ChannelAccount | null;
  try {
    account = await withTimeout(limitMs, services.accounts.find(type, name));
  } catch (error) {
    services.log.error({ err: error, channel: type, request: requestIdOf(c) }, "an account could not be looked up");
    return { outcome: "failed", response: sendAgain(c) };
  }
  if (account === null) return { outcome: "refused", response: c.text("There is no such account.", 404) };
  const body = await bodyOf(c);
  if (body === null) {
    services.log.info({ channel: type, account: name, request: requestIdOf(c) }, "a request broke off");
    return { outcome: "refused", response: c.text("The body is not whole.", 400) };
  }
  const result = channel.receive(
    account,
    {
      method: c.req.method === "GET" ? "GET" : "POST",
      query: new URL(c.req.url).searchParams,
      header: (name) => c.req.header(name) ?? null,
      body,
    },
    { now: services.now(), unmoved: services.unmoved?.(), maxAgeSeconds: services.maxAgeSeconds },
  );
  switch (result.kind) {
    case "refused":
      return refuse(c, services, account, result);
    case "answered": {
      const hindered =
        result.loose === undefined
          ? null
          : await keep(c, services, account, { messages: [], nudges: [], loose: result.loose, limitMs });
      return hindered ?? { outcome: "answered", response: respond(result.reply) };
    }
    case "received": {
      const until = performance.now() + limitMs;
      const hindered = await keep(c, services, account, { ...result, limitMs });
      if (hindered !== null) return hindered;
      const reply = (await isPassive(services, account))
        ? await waitForReply(c, services, account, result, until)
        : null;
      return { outcome: "accepted", response: respond(reply ?? result.acknowledgement) };
    }
  }
}

/** Whether this account's people hear from us only in the answers to what they send. */
async function isPassive({ accounts }: WebhookServices, account: ChannelAccount): Promise<boolean> {
  const found = await accounts.byId(account.jurisdictionId, account.id);
  return found !== null && answersOnly(account, found.sender.abilities);
}

/** The body of a request; null where it broke off, which is nothing that failed here. */
async function bodyOf(c: Context<Env>): Promise<Uint8Array | null> {
  try {
    return new Uint8Array(await c.req.arrayBuffer());
  } catch (error) {
    if (isBrokenOff(c)) return null;
    throw error;
  }
}

function refuse(
  c: Context<Env>,
  services: WebhookServices,
  { channel, name }: ChannelAccount,
  { reason, reply }: { readonly reason: string; readonly reply: WebhookReply },
): WebhookAnswer {
  services.log.info({ channel, account: name, reason, request: requestIdOf(c) }, "a request was refused");
  return { outcome: "refused", response: respond(reply) };
}

/** Stores what a request brought. @returns the answer where nothing was stored, null where all is */
async function keep(
  c: Context<Env>,
  services: WebhookServices,
  account: ChannelAccount,
  {
    messages,
    nudges,
    loose,
    limitMs,
  }: Pick<Received, "messages" | "nudges"> & {
    readonly loose?: LooseSignature | undefined;
    readonly limitMs: number;
  },
): Promise<WebhookAnswer | null> {
  try {
    const accepting = services.inbox.accept(account, messages, { nudges, ...(loose && { loose }) });
    const accepted = await withTimeout(limitMs, accepting);
    if (accepted !== "spent" || loose === undefined) return null;
    return refuse(c, services, account, { reason: "the signature served for another request", reply: loose.refusal });
  } catch (error) {
    const { channel, name } = account;
    services.log.error({ err: error, channel, account: name, request: requestIdOf(c) }, "messages could not be stored");
    return { outcome: "failed", response: sendAgain(c) };
  }
}

function sendAgain(c: Context<Env>): Response {
  return c.text("This could not be stored: send it again.", 503, { "x-request-id": requestIdOf(c) });
}

/** The words that go out with this answer: those that are there within the time that the platform gives. */
async function waitForReply(
  c: Context<Env>,
  services: WebhookServices,
  account: ChannelAccount,
  received: Received,
  until: number,
): Promise<WebhookReply | null> {
  const inbound = received.messages.findLast((message) => message.sender !== "");
  const carriesWords = received.replyWith({ key: "", kind: "text", text: "…" }) !== null;
  if (inbound === undefined || !carriesWords) return null;
  while (performance.now() < until) {
    const reply = await services.passiveReply(account, inbound);
    if (reply.kind === "nothing") return null;
    if (reply.kind === "reply") {
      const startedAt = performance.now();
      afterWriting(c, () =>
        reply
          .handedOver()
          .then(() => {
            const seconds = (performance.now() - startedAt) / 1000;
            services.tally?.called(account.channel, "passive", { outcome: "delivered" }, seconds);
          })
          .catch((error) => services.log.error({ err: error }, "a passive reply could not be recorded")),
      );
      return received.replyWith(reply.outbound);
    }
    await pause(PASSIVE_PAUSE_MS);
  }
  return null;
}

/** Only an answer that was written whole may count as handed over. */
function afterWriting(c: Context<Env>, work: () => Promise<void>): void {
  const response = c.env?.outgoing;
  if (response === undefined) void work();
  else response.once("finish", () => void work());
}

/** Some statuses allow no body, not even an empty one. */
function respond(reply: WebhookReply): Response {
  return new Response(reply.body === "" ? null : reply.body, {
    status: reply.status,
    headers: { "content-type": reply.contentType, "x-content-type-options": "nosniff" },
  });
}
