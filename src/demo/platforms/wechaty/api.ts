import { createHmac } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { give } from "../face/give.ts";
import type { PlatformFault } from "../face/platform.ts";
import { type Held, record, show, type World } from "./world.ts";

type Answer = { readonly status: number; readonly body: object | Uint8Array };
type Sent = {
  readonly to?: { readonly kind: string; readonly id: string };
  readonly text?: string;
  readonly file?: { readonly name: string; readonly base64: string };
};

const FRESH_S = 300;
const MAX_SIGNS = 8000;

/** Answers one call of the service: `POST /send`, or `GET /media/<id>`. */
export async function answerCall(world: World, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  const body = Buffer.concat(chunks).toString();
  const path = request.url ?? "/";
  const held = signerOf(world, request, path, body);
  const sent: Sent = path === "/send" ? JSON.parse(body || "{}") : {};
  const to = sent.to?.id ?? null;
  const fault = world.faults.take(path, to);
  const does = fault === null || /^(accept|garbled|slow)/.test(fault.kind);
  const answer = does ? act(world, held, path, sent) : said(fault);
  record(world, {
    ...{ kind: "call", at: world.now(), account: held?.account ?? null, person: to, path, request: told(sent) },
    ...{ status: fault === null ? answer.status : null, code: answer.status === 200 ? null : answer.status },
  });
  const { status, body: answered } = answer;
  await give(request, response, fault, {
    ...{ status, body: answered instanceof Uint8Array ? answered : JSON.stringify(answered) },
    garbled: '{"id":"',
  });
}

/** What is written down of a call: a file's size alone. */
function told({ file, ...sent }: Sent): object {
  return file === undefined ? sent : { ...sent, file: Buffer.from(file.base64, "base64").byteLength };
}

/** The account whose secret signed a call; undefined for none, or where it was signed long ago. */
function signerOf(world: World, request: IncomingMessage, path: string, body: string): Held | undefined {
  const [, seconds = "0", given] = /^t=(\d+),v1=(\w+)$/.exec(String(request.headers["liaison-signature"] ?? "")) ?? [];
  if (Math.abs(world.now().getTime() / 1000 - Number(seconds)) > FRESH_S) return undefined;
  const signed = request.method === "GET" ? `GET ${path}` : body;
  return [...world.held.values()].find(
    ({ secret }) => createHmac("sha256", secret).update(`${seconds}.${signed}`).digest("hex") === given,
  );
}

function act(world: World, held: Held | undefined, path: string, sent: Sent): Answer {
  if (held === undefined) return { status: 401, body: { error: "signature" } };
  if (path.startsWith("/media/")) {
    const bytes = world.files.get(decodeURIComponent(path.slice("/media/".length)));
    return bytes === undefined ? { status: 404, body: { error: "no-file" } } : { status: 200, body: bytes };
  }
  const { to, text = "", file } = sent;
  if (to === undefined || text.length > MAX_SIGNS || (text === "" && file === undefined))
    return { status: 400, body: { error: "form" } };
  const chat = held.chats.get(to.id);
  if (chat === undefined || !chat.isOpen || chat.kind !== to.kind)
    return { status: 404, body: { error: "unknown-chat" } };
  const line = show(world, held, chat, { by: "service", text, picture: file === undefined ? null : world.nextId() });
  return { status: 200, body: { id: line.id } };
}

function said({ kind, code = 400, says, seconds }: PlatformFault): Answer {
  if (kind === "rate-limit") return { status: 429, body: { error: "pace", scope: "account", waitSeconds: seconds } };
  if (kind === "drop") return { status: 200, body: { id: null } };
  return { status: code, body: { error: "refused", ...says } };
}
