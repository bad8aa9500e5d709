import type { HttpBindings } from "@hono/node-server";
import { type Context, Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import { z } from "zod";
import type { ChannelAccount, WebhookResult } from "../channels/channel.ts";
import { type HandedRequest, isSigned, LARGEST_REQUEST_BYTES, SIGNATURE_HEADER } from "../edge-protocol.ts";
import type { WebhookOutcome } from "../observe/watch.ts";
import { withTimeout } from "../with-timeout.ts";
import { isBrokenOff } from "./broken-off.ts";
import { requestIdOf } from "./request-id.ts";
import type { WebhookServices } from "./webhooks.ts";

/** The services behind what the edge hands over. */
export type EdgeInboxServices = Omit<WebhookServices, "passiveReply"> & {
  /** What edge and service share. */
  readonly secret: string;
};

type Env = { Bindings: Partial<HttpBindings> };

/** What the edge hands over at once, and a request in which every byte is written as several signs. */
const BODY_LIMIT_BYTES = 4 * 1024 * 1024;
const STORE_LIMIT_MS = 10_000;
const OLDEST_MS = 15 * 86_400_000;
const AHEAD_MS = 60_000;

const batch = z.object({
  account: z.string(),
  requests: z
    .array(
      z
        .object({
          id: z.string(),
          at: z.iso.datetime(),
          method: z.enum(["GET", "POST"]),
          query: z.string(),
          headers: z.record(z.string(), z.string()),
        })
        .and(z.union([z.object({ body: z.string() }), z.object({ base64: z.base64() })])),
    )
    .min(1)
    .max(200),
});

/** A request that was verified once more, with the moment at which it counts as arrived. */
type Genuine = { readonly arrivedAt: Date; readonly result: Exclude<WebhookResult, { kind: "refused" }> };

/**
 * The routes `/edge/inbox/<channel type>/<account>`, to which the edge hands over what waited there.
 *
 * The edge's signature is not enough: every request is read again by its channel, as of the moment at which the edge received it. 204 when all
 * of a batch is committed, 422 when one of it is refused, with nothing said of the others: the edge looks for that one. Whatever says
 * nothing of a request (a wrong key, an account that is not there, a failure) has an answer at which the edge waits.
 */
export function edgeInbox(services: EdgeInboxServices): Hono<Env> {
  const routes = new Hono<Env>();
  const limit = bodyLimit({
    maxSize: BODY_LIMIT_BYTES,
    onError: (c) => c.text("This is too large.", 413, { connection: "close" }),
  });
  routes.post("/:channel/:account", limit, async (c) => {
    const startedAt = performance.now();
    const { channel, account } = c.req.param();
    let outcome: WebhookOutcome = "failed";
    try {
      const answered = await answer(c, services, `${channel}/${account}`);
      outcome = answered.outcome;
      return answered.response;
    } finally {
      const seconds = (performance.now() - startedAt) / 1000;
      services.tally?.webhook(services.channelOf(channel)?.type ?? "unknown", outcome, seconds);
    }
  });
  routes.all("/:channel/:account", (c) => c.text("Only POST is understood here.", 405, { allow: "POST" }));
  return routes;
}

type Answered = { readonly outcome: WebhookOutcome; readonly response: Response };

async function answer(c: Context<Env>, services: EdgeInboxServices, name: string): Promise<Answered> {
  const body = await bodyOf(c);
  if (body === null) return { outcome: "refused", response: c.text("The body is not whole.", 400) };
  const clock = services.unmoved ?? services.now;
  if (!isSigned(services.secret, body, c.req.header(SIGNATURE_HEADER) ?? null, clock())) {
    services.log.warn({ request: requestIdOf(c) }, "a call of the edge is not signed as it must be");
    return { outcome: "refused", response: c.text("This is not signed as it must be.", 401) };
  }
  const parsed = batch.safeParse(jsonIn(body));
  if (!parsed.success || parsed.data.account !== name) return refuse(c, services, name, "a batch that cannot be read");
  try {
    const account = await withTimeout(STORE_LIMIT_MS, find(services, name));
    if (account === null) return { outcome: "refused", response: c.text("There is no such account.", 404) };
    const genuine: Genuine[] = [];
    for (const handed of parsed.data.requests) {
      const verified = verify(services, account, handed);
      if (typeof verified === "string") return refuse(c, services, name, verified);
      genuine.push(verified);
    }
    return await store(c, services, account, genuine);
  } catch (error) {
    services.log.error(
      { err: error, account: name, request: requestIdOf(c) },
      "what the edge hands over is not stored",
    );
    return { outcome: "failed", response: c.text("This could not be stored: send it again.", 503) };
  }
}

async function find({ accounts, channelOf }: EdgeInboxServices, name: string): Promise<ChannelAccount | null> {
  const [type = "", account = ""] = name.split("/");
  return channelOf(type) === null ? null : accounts.find(type, account);
}

/** Reads a request again, as of the moment at which the edge received it. @returns why it is refused, where it is */
function verify(services: EdgeInboxServices, account: ChannelAccount, handed: HandedRequest): Genuine | string {
  const { channelOf, maxAgeSeconds, now, unmoved } = services;
  const at = new Date(handed.at);
  const aheadMs = unmoved === undefined ? 0 : now().getTime() - unmoved().getTime();
  const ageMs = (unmoved ?? now)().getTime() - at.getTime();
  if (ageMs > OLDEST_MS) return "received more than 15 days ago";
  if (ageMs < -AHEAD_MS) return "received at a moment that has not come yet";
  const body =
    "body" in handed ? new TextEncoder().encode(handed.body) : new Uint8Array(Buffer.from(handed.base64, "base64"));
  if (body.byteLength > LARGEST_REQUEST_BYTES) return "a body of more than 256 KB";
  const headers = new Headers(handed.headers);
  const arrivedAt = new Date(at.getTime() + aheadMs);
  const result = channelOf(account.channel)?.receive(
    account,
    {
      method: handed.method,
      query: new URLSearchParams(handed.query),
      header: (name) => headers.get(name),
      body,
    },
    { now: arrivedAt, unmoved: at, maxAgeSeconds },
  );
  if (result === undefined || result.kind === "refused") return `not genuine: ${result?.reason ?? "no such channel"}`;
  return { arrivedAt, result };
}

/** Stores a batch in one commit of its county, in the order in which it arrived. */
async function store(
  c: Context<Env>,
  services: EdgeInboxServices,
  account: ChannelAccount,
  genuine: readonly Genuine[],
): Promise<Answered> {
  const accepting = genuine.map(({ arrivedAt, result }) => {
    const { messages, nudges } = result.kind === "received" ? result : { messages: [], nudges: [] };
    const loose = result.loose && { loose: result.loose };
    return services.inbox.accept(account, messages, { arrivedAt, nudges, ...loose });
  });
  const accepted = await withTimeout(STORE_LIMIT_MS, Promise.all(accepting));
  if (accepted.includes("spent")) {
    return refuse(c, services, `${account.channel}/${account.name}`, "the signature served for another request");
  }
  return { outcome: "accepted", response: c.body(null, 204) };
}

function refuse(c: Context<Env>, services: EdgeInboxServices, account: string, reason: string): Answered {
  services.log.info({ account, reason, request: requestIdOf(c) }, "what the edge hands over is refused");
  return { outcome: "refused", response: c.text(reason, 422) };
}

async function bodyOf(c: Context<Env>): Promise<Uint8Array | null> {
  try {
    return new Uint8Array(await c.req.arrayBuffer());
  } catch (error) {
    if (isBrokenOff(c)) return null;
    throw error;
  }
}

function jsonIn(body: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(body));
  } catch {
    return null;
  }
}
