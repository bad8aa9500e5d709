import { randomInt } from "node:crypto";
import type { SenderServices, TestLine } from "../channel.ts";
import { exchange } from "../exchange.ts";
import { signatureOf } from "../tencent-callback/crypto.ts";
import { parseJsonObject } from "../tencent-callback/json.ts";
import type { AccountWays } from "./send.ts";
import type { Template } from "./template.ts";
import { type Credentials, wechatToken } from "./token.ts";

/** An account that is to be tried: what it was given, and the services of its sender. */
type Tested = {
  readonly credentials: Credentials;
  readonly services: SenderServices;
  readonly ways: AccountWays;
  /** The token with which callbacks are signed. */
  readonly token: string;
};

const MAX_BYTES = 1024 * 1024;
const CUSTOM_SEND = "/cgi-bin/message/custom/send";

/** Tries an account: its access token, its callback address, the day's quota, and the templates that it was given. */
export async function testAccount(tested: Tested, callback: string): Promise<TestLine[]> {
  const { credentials, services, ways } = tested;
  const given = await wechatToken(credentials, services).current();
  const answered = await callbackLine(tested, callback);
  if (!given.ok) {
    const [code = ""] = /^\d+/.exec(given.failure.reason) ?? [];
    return [{ what: "token", verdict: "wrong", code, detail: given.failure.reason }, answered];
  }
  const isPassive = ways.replies === "passive";
  return [
    { what: "token", verdict: "fine", code: "given", detail: "" },
    answered,
    ...(isPassive ? [] : [await quotaLine(tested, given.token)]),
    ...(ways.template === null ? [] : [await templateLine(tested, given.token, ways.template)]),
  ];
}

/** Asks the address as the platform does when it is entered there: what answers with the echo knows the token. */
async function callbackLine({ services, token }: Tested, callback: string): Promise<TestLine> {
  const line = (verdict: TestLine["verdict"], code: string, detail = ""): TestLine => ({
    what: "callback",
    ...{ verdict, code, detail },
  });
  const url = URL.parse(callback);
  if (url === null) return line("wrong", "no-address", callback);
  const timestamp = String(Math.floor(services.now().getTime() / 1000));
  const [nonce, echo] = [String(randomInt(1e8, 1e9)), String(randomInt(1e8, 1e9))];
  const signature = signatureOf([token, timestamp, nonce]);
  url.search = new URLSearchParams({ signature, timestamp, nonce, echostr: echo }).toString();
  const { timeoutMs, fetch } = services;
  const answer = await exchange(url, { method: "GET" }, { timeoutMs, maxBytes: MAX_BYTES, fetch });
  if (answer.kind !== "response") return line("wrong", "unreachable", answer.reason);
  if (answer.status === 403) return line("wrong", "signature");
  if (answer.status !== 200 || answer.bytes.toString() !== echo)
    return line("wrong", "not-ours", `HTTP ${answer.status}`);
  return line("fine", "answered");
}

async function quotaLine(tested: Tested, token: string): Promise<TestLine> {
  const said = await ask(tested, token, "/cgi-bin/openapi/quota/get", { cgi_path: CUSTOM_SEND });
  if (!said.ok) return { what: "quota", verdict: "unknown", code: said.code, detail: said.detail };
  const quota = said.fields.quota;
  const remain = typeof quota === "object" && quota !== null && "remain" in quota ? Number(quota.remain) : Number.NaN;
  if (!Number.isFinite(remain)) return { what: "quota", verdict: "unknown", code: "unread", detail: "" };
  return {
    what: "quota",
    verdict: remain > 0 ? "fine" : "wrong",
    code: remain > 0 ? "left" : "used-up",
    detail: String(remain),
  };
}

async function templateLine(tested: Tested, token: string, { id }: Template): Promise<TestLine> {
  const said = await ask(tested, token, "/cgi-bin/template/get_all_private_template", null);
  if (!said.ok) return { what: "template", verdict: "unknown", code: said.code, detail: said.detail };
  const list: unknown[] = Array.isArray(said.fields.template_list) ? said.fields.template_list : [];
  const isThere = list.some(
    (one) => typeof one === "object" && one !== null && "template_id" in one && one.template_id === id,
  );
  return { what: "template", verdict: isThere ? "fine" : "wrong", code: isThere ? "there" : "missing", detail: id };
}

type Said =
  | { readonly ok: true; readonly fields: Readonly<Record<string, unknown>> }
  | { readonly ok: false; readonly code: string; readonly detail: string };

async function ask({ credentials, services }: Tested, token: string, path: string, body: object | null): Promise<Said> {
  const url = new URL(credentials.apiBase.replace(/\/+$/, "") + path);
  url.search = new URLSearchParams({ access_token: token }).toString();
  const { timeoutMs, fetch } = services;
  const request =
    body === null
      ? { method: "GET" as const }
      : { method: "POST" as const, body: JSON.stringify(body), contentType: "application/json" };
  const answer = await exchange(url, request, { timeoutMs, maxBytes: MAX_BYTES, fetch });
  if (answer.kind !== "response") return { ok: false, code: "no-answer", detail: answer.reason };
  const fields = parseJsonObject(answer.bytes.toString());
  if (answer.status !== 200 || fields === null)
    return { ok: false, code: "no-answer", detail: `HTTP ${answer.status}` };
  const code = Number(fields.errcode ?? 0);
  if (code !== 0)
    return {
      ok: false,
      code: String(code),
      detail: String(fields.errmsg ?? "")
        .replaceAll(token, "***")
        .slice(0, 200),
    };
  return { ok: true, fields };
}
