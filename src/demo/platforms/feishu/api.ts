import { randomBytes } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { type Given, give } from "../face/give.ts";
import type { PlatformFault } from "../face/platform.ts";
import { type Answer, changeByToken, type Fields, no, patch, reply, sendMessage } from "./messages.ts";
import { type App, findMessage, record, type World } from "./world.ts";

const TOKEN_PATH = "/open-apis/auth/v3/tenant_access_token/internal";
const MESSAGES = "/open-apis/im/v1/messages";
const TOKEN_FOR_MS = 2 * 3_600_000;
/** A token is renewed when less than half an hour of it is left; before that it is given again. */
const RENEWED_MS = 30 * 60_000;
const TOO_MANY: Answer = { code: 99_991_400, msg: "request trigger frequency limit" };

/** Answers one call of the API, or gives a file. */
export async function answerCall(world: World, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { pathname, searchParams } = new URL(request.url ?? "/", "http://here");
  const fields = await fieldsOf(request);
  const app = appOf(world, pathname, fields, request.headers.authorization ?? "");
  const to = addresseeOf(app, pathname, fields);
  const path = namedPath(pathname);
  const fault = world.faults.take(path, to);
  const does = fault === null || /^(accept|garbled|slow)/.test(fault.kind);
  const file = does && app !== null ? fileOf(world, app, pathname, searchParams.get("type")) : null;
  const answer = does
    ? file === null
      ? call(world, app, { method: request.method ?? "", pathname, query: searchParams, fields })
      : { code: 0, msg: "" }
    : said(fault);
  record(world, {
    ...{ kind: "call", at: world.now(), account: app?.account ?? null, person: to, path },
    ...{ request: told(fields), status: fault === null ? 200 : null, code: answer.code === 0 ? null : answer.code },
  });
  if (file !== null) response.writeHead(200, { "content-type": file.contentType }).end(file.bytes);
  else await give(request, response, fault, givenOf(answer, fault));
}

/** The path as the platform's documentation writes it, so that a fault or a look at the log is for one interface. */
function namedPath(path: string): string {
  return path.replace(/^(\/open-apis\/im\/v1\/messages)\/[^/]+/, "$1/:message_id");
}

/** What is written down of a call: no secret, of a file its size, and content as what it says. */
function told({ app_secret: _secret, ...fields }: Fields): Fields {
  return Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [
      name,
      value instanceof File ? value.size : name === "content" && typeof value === "string" ? readable(value) : value,
    ]),
  );
}

function readable(content: string): unknown {
  try {
    return JSON.parse(content);
  } catch {
    return content;
  }
}

/** The app that calls: by its secret where it asks for a token, else by the token. */
function appOf(world: World, path: string, fields: Fields, authorization: string): App | null {
  const apps = [...world.apps.values()];
  if (path === TOKEN_PATH) return apps.find(({ appId }) => appId === fields.app_id) ?? null;
  const nowMs = world.now().getTime();
  return (
    apps.find(({ token }) => token !== null && `Bearer ${token.value}` === authorization && token.untilMs > nowMs) ??
    null
  );
}

function addresseeOf(app: App | null, path: string, fields: Fields): string | null {
  if (path === MESSAGES) return String(fields.receive_id);
  const [, id] = /^\/open-apis\/im\/v1\/messages\/([^/]+)\/reply$/.exec(path) ?? [];
  return id === undefined || app === null ? null : (findMessage(app, id)?.chat.person ?? null);
}

function call(
  world: World,
  app: App | null,
  { method, pathname, query, fields }: { method: string; pathname: string; query: URLSearchParams; fields: Fields },
): Answer {
  if (pathname === TOKEN_PATH) return tokenOf(world, app, fields);
  if (app === null) return no(99_991_663, "Invalid access token for authorization.");
  if (pathname === MESSAGES && method === "POST") return sendMessage(world, app, fields, query.get("receive_id_type"));
  const [, id = "", what] = /^\/open-apis\/im\/v1\/messages\/([^/]+)(?:\/(reply))?$/.exec(pathname) ?? [];
  if (what === "reply" && method === "POST") return reply(world, app, id, fields);
  if (id !== "" && method === "PATCH") return patch(world, app, id, fields);
  switch (pathname) {
    case "/open-apis/interactive/v1/card/update":
      return changeByToken(world, app, fields);
    case "/open-apis/im/v1/images":
      return keep(world, fields.image, "image_key");
    case "/open-apis/im/v1/files":
      return keep(world, fields.file, "file_key");
    case "/open-apis/bot/v3/info":
      return { code: 0, msg: "ok", bot: { app_name: app.account, open_id: "ou_bot" } };
    default:
      return no(99_991_500, "no such interface");
  }
}

function tokenOf(world: World, app: App | null, fields: Fields): Answer {
  if (app === null) return no(10_003, "invalid param");
  if (app.appSecret !== fields.app_secret) return no(10_014, "app secret invalid");
  const nowMs = world.now().getTime();
  if (app.token === null || app.token.untilMs - nowMs < RENEWED_MS) {
    app.token = { value: `t-${randomBytes(12).toString("hex")}`, untilMs: nowMs + TOKEN_FOR_MS };
  }
  const expire = Math.floor((app.token.untilMs - nowMs) / 1000);
  return { code: 0, msg: "ok", tenant_access_token: app.token.value, expire };
}

function keep(world: World, file: unknown, name: string): Answer {
  if (!(file instanceof File)) return no(234_001, "Invalid request param.");
  return { code: 0, msg: "success", data: { [name]: world.nextId(name === "image_key" ? "img" : "file") } };
}

/** A file of a message, for whoever names both. */
function fileOf(world: World, app: App, path: string, type: string | null) {
  const [, messageId = "", key = ""] = /^\/open-apis\/im\/v1\/messages\/([^/]+)\/resources\/([^/]+)$/.exec(path) ?? [];
  const file = world.files.get(key);
  if (file === undefined || file.messageId !== messageId || findMessage(app, messageId) === null) return null;
  return (type === "image") === file.contentType.startsWith("image/") ? file : null;
}

function said({ kind, code = 230_001, says, seconds: _seconds }: PlatformFault): Answer {
  if (kind === "rate-limit") return TOO_MANY;
  if (kind === "drop") return { code: 0, msg: "success", data: {} };
  return { ...says, code, msg: "refused" };
}

function givenOf(answer: Answer, fault: PlatformFault | null): Given {
  const shared = {
    body: JSON.stringify(answer),
    contentType: "application/json; charset=utf-8",
    garbled: '{"code":0,"da',
  };
  if (fault?.kind !== "rate-limit") return { ...shared, status: answer.code === 0 ? 200 : 400 };
  return { ...shared, status: 429, headers: { "x-ogw-ratelimit-reset": String(fault.seconds ?? 1) } };
}

async function fieldsOf(request: IncomingMessage): Promise<Fields> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  const body = Buffer.concat(chunks);
  const type = request.headers["content-type"] ?? "";
  if (type.startsWith("multipart/")) {
    const form = await new Response(body, { headers: { "content-type": type } }).formData();
    return Object.fromEntries(form.entries());
  }
  try {
    return JSON.parse(body.toString() || "{}");
  } catch {
    return {};
  }
}
