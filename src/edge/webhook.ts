import { createHash } from "node:crypto";
import type { Channel, LooseSignature, WebhookReply, WebhookRequest, WebhookResult } from "../channels/channel.ts";
import { channelOf } from "../channels/registry.ts";
import { edgeWordingOf } from "../domain/wording/edge/wording.ts";
import { type HandedRequest, LARGEST_REQUEST_BYTES } from "../edge-protocol.ts";
import type { Door, SignatureAtDoor } from "./door.ts";
import { accountsOf, type EdgeAccount, type EdgeEnvironment } from "./environment.ts";

type Environment = EdgeEnvironment<Door>;
type Address = { readonly channel: Channel; readonly name: string; readonly search: string } & EdgeAccount;
type Received = Extract<WebhookResult, { kind: "received" }>;

/** The service has so long to answer where its answer is the only way to the person. */
const PASSED_ON_LIMIT_MS = 4000;
const DEFAULT_MAX_AGE = "300";

/**
 * Answers a request to `/webhooks/<type>/<account>`: what its channel finds genuine is in the account's line before the platform hears yes.
 *
 * Whatever could not be stored is answered with 503, so that the platform repeats it.
 */
export async function answerWebhook(request: Request, url: URL, environment: Environment): Promise<Response> {
  const found = find(url, environment);
  if (found === "unreadable") return sendAgain();
  if (found === null) return new Response("There is no such account.", { status: 404 });
  if (request.method !== "GET" && request.method !== "POST") {
    return new Response("Only GET and POST are understood here.", { status: 405, headers: { allow: "GET, POST" } });
  }
  const body = await bodyOf(request);
  if (body === null) return new Response("This is too large.", { status: 413 });
  const at = new Date();
  const read = new Map<string, string>();
  const given: WebhookRequest = {
    method: request.method,
    query: url.searchParams,
    header(name) {
      const value = request.headers.get(name);
      if (value !== null) read.set(name, value);
      return value;
    },
    body,
  };
  try {
    const maxAgeSeconds = Number(environment.WEBHOOK_MAX_AGE ?? DEFAULT_MAX_AGE);
    const result = found.channel.receive(found.account, given, { now: at, maxAgeSeconds });
    if (result.kind === "refused") return respond(result.reply);
    const handed = handedOver(given, { at, query: found.search, headers: Object.fromEntries(read) });
    if (result.kind === "received") return await take(environment, found, { result, given, handed });
    return await shakeHands(environment, found, result, handed);
  } catch {
    return sendAgain();
  }
}

function find(url: URL, environment: Environment): Address | "unreadable" | null {
  const [, type = "", name = ""] = /^\/webhooks\/([^/]+)\/([^/]+)$/.exec(url.pathname) ?? [];
  const channel = channelOf(type);
  if (channel === null) return null;
  const accounts = accountsOf(environment);
  if (accounts === null) return "unreadable";
  const known = accounts.get(`${type}/${name}`);
  return known === undefined ? null : { ...known, channel, name: `${type}/${name}`, search: url.search.slice(1) };
}

/** A handshake is answered here; where its signature is loose, the service must know of it too. */
async function shakeHands(
  environment: Environment,
  { name }: Address,
  { reply, loose }: Extract<WebhookResult, { kind: "answered" }>,
  handed: HandedRequest,
): Promise<Response> {
  if (loose === undefined) return respond(reply);
  const accepted = await environment.DOOR.getByName(name).accept(name, handed, {
    ...{ loose: atDoor(loose), person: null, isAway: false },
  });
  return respond(accepted === "spent" ? loose.refusal : reply);
}

async function take(
  environment: Environment,
  to: Address,
  {
    result,
    given,
    handed,
  }: { readonly result: Received; readonly given: WebhookRequest; readonly handed: HandedRequest },
): Promise<Response> {
  const door = environment.DOOR.getByName(to.name);
  const { loose } = result;
  const signature = loose === undefined ? null : atDoor(loose);
  let isAway = false;
  if (to.answersOnly && (await door.letPast(signature))) {
    const answer = await passOn(environment, to, given, handed);
    if (answer !== null) return answer;
    isAway = true;
  }
  const notice = lateNotice(environment, result);
  const person = notice === null ? null : (result.messages[0]?.sender ?? null);
  const accepted = await door.accept(to.name, handed, { loose: signature, person, isAway });
  if (accepted === "spent" && loose !== undefined) return respond(loose.refusal);
  return respond((accepted === "late" ? notice : null) ?? result.acknowledgement);
}

/** What a person hears at once when the service is away; null where nothing is said, or the platform takes no answer. */
function lateNotice({ EDGE_NOTICE }: Environment, { replyWith }: Received): WebhookReply | null {
  const wording = edgeWordingOf(EDGE_NOTICE ?? "");
  return wording && replyWith({ key: "", kind: "text", text: wording.late() });
}

/** The service's own answer; null where it gave none in time, or failed. */
async function passOn(
  { ORIGIN }: Environment,
  { name, search }: Address,
  { method, body }: WebhookRequest,
  { headers }: HandedRequest,
): Promise<Response | null> {
  try {
    const response = await fetch(`${ORIGIN.replace(/\/+$/, "")}/webhooks/${name}?${search}`, {
      ...{ method, headers, redirect: "manual", signal: AbortSignal.timeout(PASSED_ON_LIMIT_MS) },
      ...(method === "POST" ? { body: new Uint8Array(body) } : {}),
    });
    const text = await response.text();
    // Its own refusal is one of this request; anything else is a way that fails.
    if (!response.ok && response.status !== 403) return null;
    return respond({
      status: response.status,
      contentType: response.headers.get("content-type") ?? "text/plain",
      body: text,
    });
  } catch {
    return null;
  }
}

/** What the service is to read again, with a digest by which a repetition is known. */
function handedOver(
  { method, body }: WebhookRequest,
  {
    at,
    query,
    headers,
  }: { readonly at: Date; readonly query: string; readonly headers: Readonly<Record<string, string>> },
): HandedRequest {
  const id = createHash("sha256")
    .update(JSON.stringify([method, query, headers]))
    .update(body)
    .digest("hex");
  return { id, at: at.toISOString(), method, query, headers, ...asText(body) };
}

function asText(body: Uint8Array): { readonly body: string } | { readonly base64: string } {
  try {
    return { body: new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(body) };
  } catch {
    return { base64: Buffer.from(body).toString("base64") };
  }
}

function atDoor({ signature, servesFor, until }: LooseSignature): SignatureAtDoor {
  return { signature, servesFor, until: until?.getTime() ?? null };
}

/** The body of a request; null where it is too large, of which the rest stays unread. */
async function bodyOf(request: Request): Promise<Uint8Array | null> {
  if (Number(request.headers.get("content-length") ?? 0) > LARGEST_REQUEST_BYTES) return null;
  if (request.body === null) return new Uint8Array();
  const pieces: Uint8Array[] = [];
  let length = 0;
  for await (const piece of request.body) {
    length += piece.byteLength;
    if (length > LARGEST_REQUEST_BYTES) return null;
    pieces.push(piece);
  }
  return new Uint8Array(Buffer.concat(pieces));
}

/** Some statuses allow no body, not even an empty one. */
function respond({ status, contentType, body }: WebhookReply): Response {
  return new Response(body === "" ? null : body, {
    status,
    headers: { "content-type": contentType, "x-content-type-options": "nosniff" },
  });
}

function sendAgain(): Response {
  return new Response("This could not be stored: send it again.", { status: 503 });
}
