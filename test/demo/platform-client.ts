import { afterEach, beforeEach, expect } from "vitest";
import { type SimulatedWechat, startWechat } from "../../src/demo/platforms/wechat.ts";
import { type AccountServer, accountAt, startAccountServer } from "./platform-setup.ts";

/** What the platform answered. */
type Answer = Record<string, unknown>;

/** Calls of a simulated platform's API, as the service would make them. */
export type PlatformClient = {
  post(path: string, body: unknown, token?: string): Promise<Answer>;
  token(): Promise<string>;
};

/** The path of the call that sends a customer-service message. */
export const SEND = "/cgi-bin/message/custom/send";

/** The account's own name and secret, for a token. */
export const CREDENTIAL = { grant_type: "client_credential", appid: "wx00000000000000aa", secret: "s3cret" };

/** A customer-service message of text. */
export const say = (touser: string, content: string) => ({ touser, msgtype: "text", text: { content } });

function platformClient(wechat: SimulatedWechat): PlatformClient {
  async function post(path: string, body: unknown, token?: string): Promise<Answer> {
    const query = token === undefined ? "" : `?access_token=${encodeURIComponent(token)}`;
    const raw = typeof body === "string" ? body : JSON.stringify(body);
    const response = await fetch(`${wechat.url}${path}${query}`, { method: "POST", body: raw });
    expect(response.status).toBe(200);
    return (await response.json()) as Answer;
  }
  return { post, token: async () => String((await post("/cgi-bin/stable_token", CREDENTIAL)).access_token) };
}

export let server: AccountServer;
export let wechat: SimulatedWechat;
export let api: PlatformClient;

/** Each test has a platform of its own, with one account whose server answers, and a client of its API. */
export function withPlatform(): void {
  beforeEach(async () => {
    server = await startAccountServer();
    wechat = await startWechat({ accounts: [accountAt(server.url)], retryAfterMs: 0 });
    api = platformClient(wechat);
  });
  afterEach(async () => {
    await wechat.close();
    await server.close();
  });
}
