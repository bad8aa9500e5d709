import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { type KeptFiles, MAX_FILE_BYTES } from "./kept-files.ts";
import { causeOf, type Log } from "./log.ts";
import { createPace, type Pace } from "./pace.ts";
import type { Bot } from "./puppet.ts";
import { isGenuine, SIGNATURE_HEADER } from "./signature.ts";
import type { WireSend } from "./wire.ts";

/** A file in base64, with what stands around it. */
const MAX_BODY_BYTES = Math.ceil((MAX_FILE_BYTES * 4) / 3) + 64 * 1024;
const MAX_SIGNS = 8_000;

/** The server that the service calls. */
export type Server = { readonly url: string; close(): Promise<void> };

type Given = {
  readonly bot: Bot;
  readonly files: KeptFiles;
  readonly service: { readonly secret: string };
  readonly fileOf: (name: string, bytes: Buffer) => unknown;
  readonly port: number;
  readonly host?: string;
  readonly now: () => Date;
  readonly wait?: (ms: number) => Promise<void>;
  readonly state: () => { readonly isLoggedIn: boolean; readonly waiting: number; readonly isTaken: boolean };
  readonly log: Log;
};

type Answer = { readonly status: number; readonly body: object | Uint8Array };

/** Opens the server: `POST /send`, `GET /media/<id>`, both signed, and `GET /healthz`. */
export async function openServer(given: Given): Promise<Server> {
  const pace = createPace();
  const server = createServer((request, response) => void serve(given, pace, request, response));
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(given.port, given.host ?? "127.0.0.1", resolve);
  });
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : given.port;
  return {
    url: `http://127.0.0.1:${port}`,
    close: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

async function serve(given: Given, pace: Pace, request: IncomingMessage, response: ServerResponse): Promise<void> {
  try {
    const { status, body } = await answer(given, pace, request);
    if (body instanceof Uint8Array) {
      response.writeHead(status, { "content-type": "application/octet-stream" }).end(body);
    } else response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
  } catch (error) {
    given.log("request-failed", { cause: causeOf(error) });
    response.destroy();
  }
}

async function answer(given: Given, pace: Pace, request: IncomingMessage): Promise<Answer> {
  const { method, url = "/" } = request;
  if (method === "GET" && url === "/healthz") {
    const state = given.state();
    return { status: state.isLoggedIn ? 200 : 503, body: state };
  }
  const body = await read(request);
  if (body === null) return refusal(413, "too-large");
  const header = request.headers[SIGNATURE_HEADER];
  const signed = method === "GET" ? `GET ${url}` : body;
  if (!isGenuine(given.service.secret, signed, typeof header === "string" ? header : undefined, given.now()))
    return refusal(401, "signature");
  const [, mediaId] = /^\/media\/([^/?]{1,300})$/.exec(url) ?? [];
  if (method === "GET" && mediaId !== undefined) return giveFile(given, mediaId);
  if (method === "POST" && url === "/send") return send(given, pace, body);
  return refusal(404, "no-such-path");
}

async function giveFile({ files }: Given, mediaId: string): Promise<Answer> {
  const bytes = await files.read(decodeURIComponent(mediaId));
  return bytes === null ? refusal(404, "no-file") : { status: 200, body: bytes };
}

/**
 * Says something in a chat. What certainly was not said is told apart from what may have been: a puppet that throws while it speaks may
 * have spoken.
 */
async function send(given: Given, pace: Pace, body: Buffer): Promise<Answer> {
  const { bot, now, log, fileOf, wait = pause } = given;
  const sent = readSend(body);
  if (sent === null) return refusal(400, "form");
  if (!bot.isLoggedIn) return refusal(503, "logged-out");
  const { to, text, file } = sent;
  const chat = await (to.kind === "room" ? bot.Room : bot.Contact).find({ id: to.id }).catch(() => undefined);
  if (chat === undefined) return refusal(404, "unknown-chat");
  const slot = pace.take(`${to.kind} ${to.id}`, now().getTime());
  if (slot.kind === "wait") {
    return { status: 429, body: { error: "pace", scope: slot.scope, waitSeconds: Math.ceil(slot.afterMs / 1000) } };
  }
  if (slot.afterMs > 0) await wait(slot.afterMs);
  if (!bot.isLoggedIn) return refusal(503, "logged-out");
  try {
    const ids = [];
    if (file !== undefined) ids.push(idOf(await chat.say(fileOf(file.name, Buffer.from(file.base64, "base64")))));
    if (text !== "") ids.push(idOf(await chat.say(text)));
    return { status: 200, body: { id: ids.at(-1) ?? null } };
  } catch (error) {
    log("not-said", { cause: causeOf(error) });
    return isLoggedOut(error) ? refusal(503, "logged-out") : refusal(502, "puppet");
  }
}

/** `say` gives a message only where the puppet gives it an id. */
function idOf(said: unknown): string | null {
  const id: unknown = Object(said).id;
  return typeof id === "string" && id !== "" ? id : null;
}

function isLoggedOut(error: unknown): boolean {
  return error instanceof Error && /not logged in/i.test(error.message);
}

function readSend(body: Buffer): WireSend | null {
  try {
    const given: WireSend = JSON.parse(body.toString());
    const { to, text, file } = given;
    const isKnown = (to.kind === "person" || to.kind === "room") && typeof to.id === "string" && to.id !== "";
    const isFile = file === undefined || (typeof file.name === "string" && typeof file.base64 === "string");
    const isText = typeof text === "string" && text.length <= MAX_SIGNS && (text !== "" || file !== undefined);
    return isKnown && isFile && isText ? given : null;
  } catch {
    return null;
  }
}

function refusal(status: number, error: string): Answer {
  return { status, body: { error } };
}

async function read(request: IncomingMessage): Promise<Buffer | null> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request) {
    length += chunk.byteLength;
    if (length > MAX_BODY_BYTES) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
