import { setTimeout as pause } from "node:timers/promises";
import type { HttpBindings } from "@hono/node-server";
import { RESPONSE_ALREADY_SENT } from "@hono/node-server/utils/response";
import { type Context, Hono } from "hono";
import { z } from "zod";
import { type Ability, hasAbility } from "./account.ts";
import { sendCustomMessage, showTyping } from "./custom-message.ts";
import { type ApiResult, failure, success } from "./errors.ts";
import type { Fault } from "./faults.ts";
import { sendSubscriptionNotice, sendTemplateMessage } from "./notices.ts";
import { createQrCode, drawQrCode } from "./qr.ts";
import { type AccountState, record, storedMedia, storeMedia, type World } from "./world.ts";

type ApiContext = Context<{ Bindings: HttpBindings }>;
type Interface = { ability: Ability; run: (world: World, state: AccountState, body: unknown) => ApiResult };

/** What a call came to, for the caller and for the log. */
type Reply = { account: string | null; request: unknown; result: ApiResult; file?: Response };

const INTERFACES: Readonly<Record<string, Interface>> = {
  "/cgi-bin/message/custom/send": { ability: "customer-service", run: sendCustomMessage },
  "/cgi-bin/message/custom/typing": { ability: "customer-service", run: showTyping },
  "/cgi-bin/message/template/send": { ability: "template", run: sendTemplateMessage },
  "/cgi-bin/message/subscribe/bizsend": { ability: "subscription", run: sendSubscriptionNotice },
  "/cgi-bin/message/subscribe/send": { ability: "mini-notice", run: sendSubscriptionNotice },
  "/cgi-bin/openapi/quota/get": { ability: "customer-service", run: () => success({ quota: QUOTA }) },
  "/cgi-bin/qrcode/create": { ability: "scene-qr", run: (_world, state, body) => createQrCode(state, body) },
};

/** What an account may still call today; the simulated platform counts nothing. */
const QUOTA = { daily_limit: 500_000, used: 0, remain: 500_000 };

const tokenOrder = z.object({
  grant_type: z.string().default(""),
  appid: z.string().default(""),
  secret: z.string().default(""),
  force_refresh: z.boolean().default(false),
});
const addressee = z.object({ touser: z.string() });
const MAX_IMAGE_BYTES = 10 * 1024 * 1024;

async function readJson(c: ApiContext): Promise<{ ok: true; body: unknown } | { ok: false }> {
  try {
    return { ok: true, body: await c.req.json() };
  } catch {
    return { ok: false };
  }
}

function whoseToken(world: World, token: string | undefined): { state: AccountState } | { errcode: number } {
  if (token === undefined || token === "") return { errcode: 41001 };
  let errcode = 40001;
  for (const state of world.accounts.values()) {
    const verdict = state.tokens.check(token, world.now());
    if (verdict === "valid") return { state };
    if (verdict === 42001) errcode = 42001;
  }
  return { errcode };
}

async function giveToken(world: World, c: ApiContext): Promise<Reply> {
  const json = await readJson(c);
  const parsed = tokenOrder.safeParse(json.ok ? json.body : null);
  const decline = (errcode: number, account: string | null): Reply => ({
    account,
    request: {},
    result: failure(errcode),
  });
  if (!parsed.success) return decline(47001, null);
  const { grant_type: grant, appid, secret, force_refresh: force } = parsed.data;
  const state = [...world.accounts.values()].find(({ account }) => account.appId === appid);
  const name = state?.account.name ?? null;
  if (grant !== "client_credential") return decline(40002, name);
  if (appid === "") return decline(41002, null);
  if (secret === "") return decline(41004, name);
  if (state === undefined) return decline(40013, null);
  if (secret !== state.account.appSecret) return decline(40125, name);
  const issued = state.tokens.issue(world.now(), force);
  if (!issued.ok) return decline(issued.errcode, name);
  const answer = { access_token: issued.accessToken, expires_in: issued.expiresInSeconds };
  return { account: name, request: { appid, force_refresh: force }, result: { answer } };
}

async function withToken(
  world: World,
  c: ApiContext,
  ability: Ability,
  run: (state: AccountState) => Promise<Omit<Reply, "account">>,
): Promise<Reply> {
  const owner = whoseToken(world, c.req.query("access_token"));
  if ("errcode" in owner) return { account: null, request: null, result: failure(owner.errcode) };
  const { name, kind } = owner.state.account;
  if (!hasAbility(kind, ability)) return { account: name, request: null, result: failure(48001) };
  return { account: name, ...(await run(owner.state)) };
}

function callInterface(world: World, c: ApiContext, called: Interface): Promise<Reply> {
  return withToken(world, c, called.ability, async (state) => {
    const json = await readJson(c);
    if (!json.ok) return { request: null, result: failure(47001) };
    return { request: json.body, result: called.run(world, state, json.body) };
  });
}

function listTemplates(world: World, c: ApiContext): Promise<Reply> {
  return withToken(world, c, "template", async ({ account }) => {
    const list = (account.templates ?? []).map(({ id, title }) => ({ template_id: id, title }));
    return { request: null, result: success({ template_list: list }) };
  });
}

function uploadMedia(world: World, c: ApiContext): Promise<Reply> {
  return withToken(world, c, "media", async (state) => {
    const form = z.enum(["image", "voice", "video", "thumb"]).safeParse(c.req.query("type"));
    if (!form.success) return { request: null, result: failure(40004) };
    const body = await c.req.parseBody().catch((): Record<string, unknown> => ({}));
    const file = body.media;
    if (!(file instanceof File)) return { request: null, result: failure(41005) };
    if (file.size > MAX_IMAGE_BYTES) return { request: null, result: failure(40009) };
    const bytes = new Uint8Array(await file.arrayBuffer());
    const mediaId = storeMedia(world, state, { bytes, contentType: file.type, form: form.data });
    const created = Math.floor(world.now().getTime() / 1000);
    const answer = { type: form.data, media_id: mediaId, created_at: created };
    return { request: { name: file.name, size: file.size }, result: { answer } };
  });
}

function getMedia(world: World, c: ApiContext): Promise<Reply> {
  return withToken(world, c, "media", async (state) => {
    const mediaId = c.req.query("media_id") ?? "";
    const media = storedMedia(world, state, mediaId);
    const request = { media_id: mediaId };
    if (media === null) return { request, result: failure(40007) };
    if (media.form === "video") {
      return { request, result: { answer: { video_url: `http://mmbiz.qpic.cn/simulated/${mediaId}` } } };
    }
    const headers = { "content-type": media.contentType, "content-disposition": `attachment; filename="${mediaId}"` };
    return { request, result: success(), file: new Response(new Uint8Array(media.bytes), { headers }) };
  });
}

/** Keeps the connection open until the caller gives up or the time is over, then cuts it. */
async function hang(c: ApiContext, delayMs: number | undefined): Promise<void> {
  const { socket } = c.env.incoming;
  const gone = new Promise<void>((resolve) => {
    if (socket.destroyed) resolve();
    socket.once("close", () => resolve());
  });
  const limit = new AbortController();
  const over =
    delayMs === undefined ? gone : pause(delayMs, undefined, { signal: limit.signal }).catch(() => undefined);
  await Promise.race([gone, over]);
  limit.abort();
  socket.destroy();
}

async function suffer(
  c: ApiContext,
  fault: Fault,
  run: () => Promise<Reply>,
  hangs: () => void,
): Promise<[Reply | null, Response]> {
  switch (fault.kind) {
    case "errcode":
      return [null, c.json(failure(fault.errcode ?? -1).answer)];
    case "http-500":
      return [null, c.text("Internal Server Error", 500)];
    case "http-502":
      return [null, c.html("<h1>502 Bad Gateway</h1>", 502)];
    case "reset":
      c.env.incoming.socket.resetAndDestroy();
      return [null, RESPONSE_ALREADY_SENT];
    case "hang":
      hangs();
      await hang(c, fault.delayMs);
      return [null, RESPONSE_ALREADY_SENT];
    case "accept-then-hang": {
      const reply = await run();
      hangs();
      await hang(c, fault.delayMs);
      return [reply, RESPONSE_ALREADY_SENT];
    }
    case "accept-then-reset": {
      const reply = await run();
      c.env.incoming.socket.resetAndDestroy();
      return [reply, RESPONSE_ALREADY_SENT];
    }
    case "garbled": {
      const reply = await run();
      return [reply, c.body('{"errcode":0,"errm', 200, { "content-type": "application/json" })];
    }
    case "accept-then-502":
      return [await run(), c.html("<h1>502 Bad Gateway</h1>", 502)];
    case "drop":
      return [null, c.json(success().answer)];
    case "slow": {
      await pause(fault.delayMs ?? 0);
      const reply = await run();
      return [reply, reply.file ?? c.json(reply.result.answer)];
    }
  }
}

/** Whom a call writes to; null for calls that write to nobody. */
async function recipient(c: ApiContext): Promise<string | null> {
  if (!c.req.path.startsWith("/cgi-bin/message/")) return null;
  const json = await readJson(c);
  const to = addressee.safeParse(json.ok ? json.body : null);
  return to.success ? to.data.touser : null;
}

async function exchange(world: World, c: ApiContext, run: () => Promise<Reply>): Promise<Response> {
  const startedAt = performance.now();
  const at = world.now();
  const to = await recipient(c);
  const fault = world.faults.take(c.req.path, to);
  let reply: Reply | null;
  let response: Response;
  if (fault === null) {
    reply = await run();
    response = reply.file ?? c.json(reply.result.answer);
  } else [reply, response] = await suffer(c, fault, run, () => world.onHang?.(c.req.path, to));
  record(world, {
    kind: "call",
    at,
    account: reply?.account ?? null,
    openid: to,
    path: c.req.path,
    request: reply?.request ?? null,
    status: response === RESPONSE_ALREADY_SENT ? null : response.status,
    errcode: reply?.result.answer.errcode ?? (fault?.kind === "errcode" ? (fault.errcode ?? -1) : null),
    fault: fault?.kind ?? null,
    messageId: reply?.result.messageId ?? null,
    durationMs: performance.now() - startedAt,
  });
  return response;
}

/** Creates the platform's API, with the pictures of its QR codes. */
export function createApi(world: World): Hono<{ Bindings: HttpBindings }> {
  const api = new Hono<{ Bindings: HttpBindings }>();
  api.post("/cgi-bin/stable_token", (c) => exchange(world, c, () => giveToken(world, c)));
  api.get("/cgi-bin/template/get_all_private_template", (c) => exchange(world, c, () => listTemplates(world, c)));
  for (const [path, called] of Object.entries(INTERFACES)) {
    api.post(path, (c) => exchange(world, c, () => callInterface(world, c, called)));
  }
  api.post("/cgi-bin/media/upload", (c) => exchange(world, c, () => uploadMedia(world, c)));
  api.get("/cgi-bin/media/get", (c) => exchange(world, c, () => getMedia(world, c)));
  api.get("/cgi-bin/showqrcode", async (c) => {
    const ticket = c.req.query("ticket") ?? "";
    const isKnown = [...world.accounts.values()].some(({ tickets }) => tickets.has(ticket));
    if (!isKnown) return c.notFound();
    return c.body(new Uint8Array(await drawQrCode(ticket)), 200, { "content-type": "image/png" });
  });
  return api;
}
