import type { IncomingMessage, ServerResponse } from "node:http";
import { setTimeout as pause } from "node:timers/promises";
import { give } from "../face/give.ts";
import type { PlatformFault } from "../face/platform.ts";
import { happen } from "./callback.ts";
import { sendMessage, sendOnEvent } from "./messages.ts";
import { type Account, newId, record, type World } from "./world.ts";

type Fields = Readonly<Record<string, unknown>>;
type Answer = { readonly errcode: number; readonly errmsg: string } & Fields;

/** Fewer than anybody asks for: whoever takes that for the end loses the rest. */
const ROWS_A_PAGE = 3;
const LIFE_S = 7200;

const ok = (fields: Fields = {}): Answer => ({ errcode: 0, errmsg: "ok", ...fields });
const no = (errcode: number, errmsg: string): Answer => ({ errcode, errmsg });

/** Answers one call of the API, or gives a file. */
export async function answerCall(world: World, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const url = new URL(request.url ?? "/", "http://here");
  const { pathname: path, searchParams: query } = url;
  const fields = await fieldsOf(request);
  const account = [...world.accounts.values()].find(({ accessToken }) => accessToken === query.get("access_token"));
  const to = typeof fields.touser === "string" ? fields.touser : null;
  const fault = world.faults.take(path, to);
  const file = path === "/cgi-bin/media/get" ? account?.files.get(query.get("media_id") ?? "") : undefined;
  if (file !== undefined && fault === null) {
    response.writeHead(200, { "content-type": file.contentType }).end(file.bytes);
    return;
  }
  const hold = fault?.kind === "slow" ? fault.delayMs : undefined;
  const does = fault === null || /^(accept|garbled|slow)/.test(fault.kind);
  const answer = does
    ? await call(world, account, { path, query, fields, hold })
    : said(world, account, to, fields, fault);
  record(world, {
    ...{ kind: "call", at: world.now(), account: account?.name ?? null, person: to, path, request: told(fields) },
    ...{ status: fault === null ? 200 : null, code: answer.errcode || null },
  });
  const given = JSON.stringify(answer);
  await give(request, response, fault, { status: 200, body: given, garbled: '{"errcode":0,"msg' });
}

/** What is written down of a call: a file's size alone. */
function told(fields: Fields): Fields {
  return Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [name, value instanceof File ? value.size : value]),
  );
}

function said(
  world: World,
  account: Account | undefined,
  to: string | null,
  fields: Fields,
  { kind, code, says }: PlatformFault,
): Answer {
  if (kind === "rate-limit") return no(45009, "api freq out of limit");
  if (kind === "drop") return ok({ msgid: fields.msgid ?? newId("kfmsg_") });
  if (kind === "late-report" && account !== undefined && to !== null) {
    const event = { event_type: "msg_send_fail", external_userid: to, open_kfid: account.openKfId };
    const row = { origin: 4, msgtype: "event", event: { ...event, fail_msgid: fields.msgid, fail_type: code ?? 0 } };
    account.late.push(() => happen(world, account, to, row));
    return ok({ msgid: fields.msgid });
  }
  return no(code ?? 40058, String(says?.errmsg ?? "invalid request parameter"));
}

type Call = {
  readonly path: string;
  readonly query: URLSearchParams;
  readonly fields: Fields;
  readonly hold: number | undefined;
};

async function call(world: World, account: Account | undefined, { path, query, fields, hold }: Call): Promise<Answer> {
  if (path === "/cgi-bin/gettoken") return giveToken(world, query);
  if (account === undefined) return no(40014, "invalid access_token");
  switch (path) {
    case "/cgi-bin/kf/sync_msg":
      return syncMessages(world, account, fields, hold);
    case "/cgi-bin/kf/send_msg":
      return sendMessage(world, account, fields);
    case "/cgi-bin/kf/send_msg_on_event":
      return sendOnEvent(world, account, fields);
    case "/cgi-bin/kf/service_state/get": {
      const customer = account.customers.get(String(fields.external_userid));
      return customer === undefined ? no(40096, "invalid external userid") : ok({ service_state: customer.state });
    }
    case "/cgi-bin/kf/service_state/trans": {
      const customer = account.customers.get(String(fields.external_userid));
      if (customer === undefined) return no(40096, "invalid external userid");
      if (customer.state === 3 || fields.service_state !== 1) return no(95016, "not allow to trans service_state");
      customer.state = 1;
      return ok();
    }
    case "/cgi-bin/kf/account/list":
      return ok({ account_list: [{ open_kfid: account.openKfId, name: account.name, avatar: "" }] });
    case "/cgi-bin/kf/add_contact_way": {
      if (!/^[\w-]{1,32}$/.test(String(fields.scene))) return no(40058, "invalid scene");
      return ok({ url: `https://work.weixin.qq.com/kf/${account.openKfId}?enc_scene=ENC` });
    }
    case "/cgi-bin/media/upload": {
      if (!(fields.media instanceof File)) return no(41005, "missing media data");
      const id = newId("media_");
      const bytes = new Uint8Array(await fields.media.arrayBuffer());
      account.files.set(id, { bytes, contentType: fields.media.type });
      return ok({
        type: query.get("type"),
        media_id: id,
        created_at: String(Math.floor(world.now().getTime() / 1000)),
      });
    }
    case "/cgi-bin/media/get":
      return no(40007, "invalid media_id");
    default:
      return no(40058, "no such interface");
  }
}

function giveToken(world: World, query: URLSearchParams): Answer {
  const account = [...world.accounts.values()].find(({ corpId }) => corpId === query.get("corpid"));
  if (account === undefined) return no(40013, "invalid corpid");
  if (account.secret !== query.get("corpsecret")) return no(40001, "invalid credential");
  return ok({ access_token: account.accessToken, expires_in: LIFE_S });
}

/** A page of what lies there. Its place to go on is never empty, and only one may ask at a time. */
async function syncMessages(
  world: World,
  account: Account,
  { cursor, token, open_kfid: openKfId, limit }: Fields,
  hold: number | undefined,
): Promise<Answer> {
  if (openKfId !== account.openKfId) return no(95000, "invalid open_kfid");
  if (account.isPulled) return no(45033, "api concurrent out of limit");
  if (token !== undefined && (account.hints.get(String(token)) ?? 0) <= world.now().getTime())
    return no(95007, "invalid msg token");
  const from = cursor === undefined || cursor === "" ? 0 : Number(/^at_(\d+)$/.exec(String(cursor))?.[1] ?? Number.NaN);
  if (!(from >= 0 && from <= account.rows.length)) return no(40058, "invalid cursor");
  account.isPulled = true;
  try {
    const end = Math.min(account.rows.length, from + Math.min(ROWS_A_PAGE, Number(limit)));
    if (hold !== undefined) await pause(hold);
    const list = account.rows.slice(from, end);
    return ok({ next_cursor: `at_${end}`, has_more: end < account.rows.length ? 1 : 0, msg_list: list });
  } finally {
    account.isPulled = false;
  }
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
