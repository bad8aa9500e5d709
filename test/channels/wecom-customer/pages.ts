import type { Pulled } from "../../../src/channels/channel.ts";
import { wecomCustomer } from "../../../src/channels/wecom-customer/channel.ts";
import { accountWith } from "../conformance/driver.ts";

/** The options of an account of the customer service. */
export const OPTIONS = {
  "corp-id": "ww0123456789abcdef",
  secret: "secret-of-the-customer-service",
  token: "tokenOfTheCallback",
  "aes-key": "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG",
};
/** The customer-service account that is pulled. */
export const DESK = "wkSuite";

/** What the channel makes of a page that holds this text, as the platform would write it. */
export async function pullText(
  body: string,
  at: Date,
  kept = new Map<string, string>(),
): Promise<Extract<Pulled, { ok: true }>> {
  const answer = (text: string) => new Response(text, { headers: { "content-type": "application/json" } });
  const fetch = async (url: unknown) =>
    String(url).includes("/gettoken") ? answer('{"errcode":0,"access_token":"t","expires_in":7200}') : answer(body);
  const store = {
    get: async (key: string) => kept.get(key) ?? null,
    set: async (key: string, value: string) => void kept.set(key, value),
    deleteIfEqual: async (key: string) => void kept.delete(key),
  };
  const services = { apiBase: undefined, publicUrl: "", store, now: () => at, timeoutMs: 1000, fetch: fetch as never };
  const account = accountWith(wecomCustomer, OPTIONS);
  const pulled = await wecomCustomer.pull!(account, services, { key: DESK, cursor: "", hint: null });
  if (!pulled.ok) throw new Error(pulled.reason);
  return pulled;
}
