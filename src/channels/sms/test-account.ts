import type { SenderServices, TestLine } from "../channel.ts";
import { exchange } from "../exchange.ts";
import { SIGNATURE_HEADER, signatureOf } from "./signature.ts";

const MAX_BYTES = 64 * 1024;
const NO_REPORTS = "[]";

/** Tries an account: whether its address takes what the gateway signs. Nothing is sent to anybody, so the gateway itself is not asked. */
export async function testAccount(secret: string, services: SenderServices, callback: string): Promise<TestLine[]> {
  const line = (verdict: TestLine["verdict"], code: string, detail = ""): TestLine[] => [
    { what: "callback", verdict, code, detail },
  ];
  const url = URL.parse(callback);
  if (url === null) return line("wrong", "no-address", callback);
  const signed: typeof fetch = (to, init) => {
    const headers = new Headers(init?.headers);
    headers.set(SIGNATURE_HEADER, signatureOf(secret, NO_REPORTS, services.now()));
    return (services.fetch ?? fetch)(to, { ...init, headers });
  };
  const request = { method: "POST", contentType: "application/json", body: NO_REPORTS } as const;
  const answer = await exchange(url, request, { timeoutMs: services.timeoutMs, maxBytes: MAX_BYTES, fetch: signed });
  if (answer.kind !== "response") return line("wrong", "unreachable", answer.reason);
  if (answer.status === 403) return line("wrong", "signature");
  return answer.status === 204 ? line("fine", "answered") : line("wrong", "not-ours", `HTTP ${answer.status}`);
}
