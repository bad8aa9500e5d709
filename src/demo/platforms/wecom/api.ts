import { randomBytes } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { give } from "../face/give.ts";
import type { PlatformFault } from "../face/platform.ts";
import { cardOf, changeCard, textOf } from "./cards.ts";
import { type App, type AppMessage, type Member, record, show, tellLine, type World } from "./world.ts";

type Fields = Readonly<Record<string, unknown>>;
type Answer = { readonly errcode: number; readonly errmsg: string } & Fields;
type Called = { readonly path: string; readonly query: URLSearchParams; readonly fields: Fields };

const PER_MINUTE = 30;
const TOKEN_MS = 7_200_000;
const MAX_TEXT_BYTES = 2048;
const FORMS = new Set(["image", "voice", "video", "file"]);

type Uploaded = { readonly bytes: Uint8Array; readonly contentType: string };

function isUploaded(value: unknown): value is Uploaded {
  return Object(value).bytes instanceof Uint8Array;
}

const ok = (fields: Fields = {}): Answer => ({ errcode: 0, errmsg: "ok", ...fields });
const no = (errcode: number, errmsg: string, fields: Fields = {}): Answer => ({ errcode, errmsg, ...fields });

/** Answers one call of the platform's API. */
export async function answerCall(world: World, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { pathname: path, searchParams: query } = new URL(request.url ?? "/", "http://here");
  const fields = await fieldsOf(request);
  const to = textOf(fields.touser) || null;
  const fault = world.faults.take(path, to);
  const does = fault === null || /^(accept|garbled|slow)/.test(fault.kind);
  const held = world.tokens.get(query.get("access_token") ?? "");
  const app = held !== undefined && held.until > world.now() ? held.app : null;
  if (path === "/cgi-bin/media/get" && app !== null && does && giveFile(world, query, response)) return;
  const answer = does ? call(world, app, { path, query, fields }) : said(fault);
  record(world, {
    ...{ kind: "call", at: world.now(), account: app?.account ?? null, person: to, path, request: told(fields) },
    ...{ status: fault === null ? 200 : null, code: answer.errcode === 0 ? null : answer.errcode },
  });
  const body = JSON.stringify(answer);
  await give(request, response, fault, { status: 200, body, garbled: '{"errcode":0,"errm' });
}

/** What is written down of a call: a file's size alone. */
function told(fields: Fields): Fields {
  return Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [name, isUploaded(value) ? value.bytes.length : value]),
  );
}

function said({ kind, code = 40_058, says }: PlatformFault): Answer {
  if (kind === "rate-limit") return no(45_009, "api freq out of limit");
  if (kind === "drop") return ok({ msgid: "dropped" });
  return no(code, code === 0 ? "ok" : "refused", says);
}

function call(world: World, app: App | null, { path, query, fields }: Called): Answer {
  if (path === "/cgi-bin/gettoken") return giveToken(world, query);
  if (app === null) return no(40_014, "invalid access_token");
  switch (path) {
    case "/cgi-bin/message/send":
      return send(world, app, fields);
    case "/cgi-bin/message/update_template_card":
      return update(world, app, fields);
    case "/cgi-bin/media/upload":
      return upload(world, query, fields);
    default:
      return no(40_058, "no such interface");
  }
}

/** Repeated requests give the same token while it is valid. */
function giveToken(world: World, query: URLSearchParams): Answer {
  const app = [...world.apps.values()].find(({ corpId }) => corpId === query.get("corpid"));
  if (app === undefined) return no(40_013, "invalid corpid");
  if (app.secret !== query.get("corpsecret")) return no(40_001, "invalid credential");
  const known = [...world.tokens].find(([, held]) => held.app === app && held.until > world.now());
  const token = known?.[0] ?? randomBytes(32).toString("base64url");
  if (known === undefined) world.tokens.set(token, { app, until: new Date(world.now().getTime() + TOKEN_MS) });
  return ok({ access_token: token, expires_in: TOKEN_MS / 1000 });
}

function send(world: World, app: App, fields: Fields): Answer {
  if (textOf(fields.agentid) !== app.agentId) return no(40_056, "invalid agentid");
  const member = app.members.get(textOf(fields.touser).toLowerCase());
  if (member === undefined || !member.seesApp) return no(81_013, "user & party & tag all invalid");
  const composed = compose(world, app, fields);
  if ("errcode" in composed) return composed;
  const msgid = `msg_${world.nextId()}`;
  // What is over the pace, or says the same again, is answered like any other, and nobody sees it.
  if (isTooMany(world, member) || isRepeated(world, app, fields)) return ok({ msgid });
  const message = show(world, app, member, { ...composed, by: "service", state: "arrived" });
  if (message.card === null) return ok({ msgid });
  app.taskIds.add(message.card.taskId);
  const code = randomBytes(24).toString("base64url");
  app.codes.set(code, { message, member, at: world.now(), isUsed: false });
  return ok({ msgid, response_code: code });
}

function compose(world: World, app: App, fields: Fields): Pick<AppMessage, "text" | "picture" | "card"> | Answer {
  const type = textOf(fields.msgtype);
  const content = Object(fields[type]) as Fields;
  if (type === "text") {
    const text = textOf(content.content);
    if (text === "") return no(44_004, "empty content");
    const cut = Buffer.from(text)
      .subarray(0, MAX_TEXT_BYTES)
      .toString()
      .replace(/\ufffd+$/, "");
    return { text: cut.replaceAll("\u200b", ""), picture: null, card: null };
  }
  if (type === "template_card") {
    const card = cardOf(content);
    if (card === null) return no(40_058, "invalid template_card");
    const isTaken = app.taskIds.has(card.taskId) && !isKnown(app, fields);
    return isTaken ? no(40_058, "task_id is used") : { text: "", picture: null, card };
  }
  const id = textOf(content.media_id);
  if (!FORMS.has(type) || !world.files.has(id)) return no(40_007, "invalid media_id");
  return { text: type === "image" ? "" : `[${type}]`, picture: type === "image" ? id : null, card: null };
}

function isTooMany(world: World, member: Member): boolean {
  const atMs = world.now().getTime();
  member.sentAtMs.push(atMs);
  return member.sentAtMs.filter((one) => one > atMs - 60_000).length > PER_MINUTE;
}

const writtenAs = (fields: Fields) => JSON.stringify(fields);
const isKnown = (app: App, fields: Fields) => app.said.has(writtenAs(fields));

function isRepeated(world: World, app: App, fields: Fields): boolean {
  const [written, atMs] = [writtenAs(fields), world.now().getTime()];
  const before = app.said.get(written);
  app.said.set(written, atMs);
  const intervalMs = Number(fields.duplicate_check_interval ?? 1800) * 1000;
  return fields.enable_duplicate_check === 1 && before !== undefined && atMs - before < intervalMs;
}

function update(world: World, app: App, fields: Fields): Answer {
  const code = app.codes.get(textOf(fields.response_code));
  if (!changeCard(world, app, fields) || code === undefined) return no(40_058, "response_code is used or too old");
  tellLine(world, app, code.member, code.message);
  return ok();
}

function upload(world: World, query: URLSearchParams, { media }: Fields): Answer {
  if (!FORMS.has(query.get("type") ?? "") || !isUploaded(media) || media.bytes.length < 5)
    return no(40_058, "no media");
  const id = `MEDIA_${world.nextId()}`;
  world.files.set(id, media);
  return ok({ type: query.get("type"), media_id: id });
}

/** @returns whether there is such a file */
function giveFile(world: World, query: URLSearchParams, response: ServerResponse): boolean {
  const file = world.files.get(query.get("media_id") ?? "");
  if (file !== undefined) response.writeHead(200, { "content-type": file.contentType }).end(file.bytes);
  return file !== undefined;
}

async function fieldsOf(request: IncomingMessage): Promise<Fields> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  const body = Buffer.concat(chunks);
  const type = request.headers["content-type"] ?? "";
  if (type.startsWith("multipart/")) {
    const form = await new Response(body, { headers: { "content-type": type } }).formData();
    const read = async ([name, value]: [string, FormDataEntryValue]) => {
      if (typeof value === "string") return [name, value] as const;
      return [name, { contentType: value.type, bytes: new Uint8Array(await value.arrayBuffer()) }] as const;
    };
    return Object.fromEntries(await Promise.all([...form.entries()].map(read)));
  }
  try {
    return JSON.parse(body.toString() || "{}");
  } catch {
    return {};
  }
}
