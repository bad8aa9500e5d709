import { randomBytes } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { give } from "../face/give.ts";
import type { PlatformFault } from "../face/platform.ts";
import { type Robot, record, show, type World } from "./world.ts";

type Fields = Readonly<Record<string, unknown>>;
/** The platform's answer to a call: HTTP's status, and its words. */
type Answer = { readonly status: number; readonly body: Fields };

const TOKEN_PATH = "/v1.0/oauth2/accessToken";
const OPEN_PATH = "/v1.0/gateway/connections/open";
const TO_PERSON = "/v1.0/robot/oToMessages/batchSend";
const TOKEN_FOR_MS = 2 * 3_600_000;
const MAX_PARAM_BYTES = 20 * 1024;

const ok = (body: Fields): Answer => ({ status: 200, body });
const no = (status: number, code: string, message: string): Answer => ({ status, body: { code, message } });

/** Answers one call of the API, or gives a file. */
export async function answerCall(world: World, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { pathname, searchParams } = new URL(request.url ?? "/", "http://here");
  const [, code] = /^\/files\/(.+)$/.exec(pathname) ?? [];
  if (code !== undefined) return giveFile(world, decodeURIComponent(code), response);
  const fields = await fieldsOf(request);
  const token = String(request.headers["x-acs-dingtalk-access-token"] ?? searchParams.get("access_token") ?? "");
  const robot = robotOf(world, pathname, fields, token);
  const [to = null]: (string | null)[] = Array.isArray(fields.userIds)
    ? fields.userIds
    : [fields.openConversationId ?? null];
  const fault = world.faults.take(pathname, to);
  const does = fault === null || /^(accept|garbled|slow)/.test(fault.kind);
  const answer = does ? call(world, robot, pathname, fields) : said(fault);
  record(world, {
    ...{ kind: "call", at: world.now(), account: robot?.account ?? null, person: to, path: pathname },
    ...{ request: told(fields), status: answer.status, code: answer.status === 200 ? null : answer.status },
  });
  await give(request, response, fault, {
    ...{ status: answer.status, body: JSON.stringify(answer.body), contentType: "application/json; charset=utf-8" },
    headers: fault?.kind === "rate-limit" ? { "retry-after": String(fault.seconds ?? 1) } : {},
    garbled: '{"processQuer',
  });
}

/** What is written down of a call: no secret, and of a file its size. */
function told({ appSecret: _one, clientSecret: _other, ...fields }: Fields): Fields {
  return Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [name, value instanceof File ? value.size : value]),
  );
}

function robotOf(world: World, path: string, fields: Fields, token: string): Robot | null {
  const robots = [...world.robots.values()];
  if (path === TOKEN_PATH)
    return robots.find((one) => one.clientId === fields.appKey && one.clientSecret === fields.appSecret) ?? null;
  if (path === OPEN_PATH)
    return robots.find((one) => one.clientId === fields.clientId && one.clientSecret === fields.clientSecret) ?? null;
  const nowMs = world.now().getTime();
  return robots.find((one) => one.token !== null && one.token.value === token && one.token.untilMs > nowMs) ?? null;
}

function call(world: World, robot: Robot | null, path: string, fields: Fields): Answer {
  if (robot === null) {
    return path === TOKEN_PATH || path === OPEN_PATH
      ? no(400, "invalidClientIdOrSecret", "无效的clientId或者clientSecret")
      : no(400, "InvalidAuthentication", "不合法的access_token");
  }
  switch (path) {
    case TOKEN_PATH: {
      robot.token = { value: randomBytes(16).toString("hex"), untilMs: world.now().getTime() + TOKEN_FOR_MS };
      return ok({ accessToken: robot.token.value, expireIn: TOKEN_FOR_MS / 1000 });
    }
    case OPEN_PATH: {
      const ticket = world.nextId("ticket");
      robot.tickets.add(ticket);
      return ok({ endpoint: `${world.url.replace("http:", "ws:")}/connect`, ticket });
    }
    case TO_PERSON:
      return sendToPeople(world, robot, fields);
    case "/v1.0/robot/groupMessages/send":
      return no(400, "conversation.notFound", "there are no rooms here");
    case "/v1.0/robot/messageFiles/download": {
      const code = String(fields.downloadCode);
      if (!world.files.has(code)) return no(400, "invalidParameter.downloadCode", "download code is invalid");
      return ok({ downloadUrl: `${world.url}/files/${encodeURIComponent(code)}` });
    }
    case "/media/upload":
      return ok(
        fields.media instanceof File
          ? { errcode: 0, errmsg: "ok", media_id: world.nextId("@lAL") }
          : { errcode: 40_035, errmsg: "no media" },
      );
    default:
      return no(404, "InvalidAction.NotFound", "no such interface");
  }
}

function sendToPeople(world: World, robot: Robot, fields: Fields): Answer {
  if (fields.robotCode !== robot.robotCode) return no(400, "invalidParameter.robotCode.invalid", "robotCode");
  const people: readonly unknown[] = Array.isArray(fields.userIds) ? fields.userIds : [];
  const param = String(fields.msgParam ?? "");
  if (people.length === 0 || people.length > 20) return no(400, "invalidParameter.userIds", "1 to 20");
  if (Buffer.byteLength(param) > MAX_PARAM_BYTES) return no(400, "invalidParameter.msgParam.tooLong", "msgParam");
  const { content, photoURL: picture, fileName } = JSON.parse(param) as Record<string, string | undefined>;
  const text = content ?? fileName ?? "";
  const key = world.nextId("key");
  const invalid = people.filter((person) => robot.chats.get(String(person))?.isVisible !== true);
  for (const person of people) {
    const chat = robot.chats.get(String(person));
    if (chat?.isVisible !== true) continue;
    show(world, robot, chat, { by: "service", state: "arrived", text, picture: picture ?? null, id: key });
  }
  return ok({ processQueryKey: key, invalidStaffIdList: invalid, flowControlledStaffIdList: [] });
}

function giveFile(world: World, code: string, response: ServerResponse): void {
  const file = world.files.get(code);
  if (file === undefined) response.writeHead(404).end();
  else response.writeHead(200, { "content-type": file.contentType }).end(file.bytes);
}

/** Of `error` the status is the code where it is one; what it says stands beside, or in place of, the platform's code. */
function said({ kind, code = 400, says }: PlatformFault): Answer {
  if (kind === "rate-limit") return no(429, "Throttling.Api", "too many requests");
  if (kind === "drop") return ok({ processQueryKey: "dropped" });
  return { status: code, body: { ...(code === 200 ? {} : { message: "refused" }), ...says } };
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
