import type { TestLine } from "../channel.ts";
import type { Api } from "./api.ts";

/** Tries a bot: its token, and whether the platform sends to the address that is ours and gets through. */
export async function testBot(api: Api, callback: string): Promise<TestLine[]> {
  const me = await api.request("getMe", {});
  if (!me.ok) return [{ what: "token", verdict: "wrong", code: codeOf(me), detail: me.failure.reason }];
  return [{ what: "token", verdict: "fine", code: "given", detail: "" }, await callbackLine(api, callback)];
}

async function callbackLine(api: Api, callback: string): Promise<TestLine> {
  const line = (verdict: TestLine["verdict"], code: string, detail = ""): TestLine => ({
    what: "callback",
    ...{ verdict, code, detail },
  });
  if (!URL.canParse(callback)) return line("wrong", "no-address", callback);
  const known = await api.request("getWebhookInfo", {});
  if (!known.ok) return line("unknown", codeOf(known), known.failure.reason);
  const { url, last_error_message: failed } = Object(known.result);
  if (url !== callback) return line("wrong", "other-address", String(url ?? "").slice(0, 200));
  if (typeof failed === "string" && failed !== "") return line("wrong", "unreachable", failed.slice(0, 200));
  return line("fine", "answered");
}

function codeOf({ code }: { readonly code: number | null }): string {
  return code === null ? "no-answer" : String(code);
}
