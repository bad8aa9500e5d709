import { randomInt } from "node:crypto";
import type { SenderServices, TestLine } from "../channel.ts";
import type { CorpCredentials } from "../corp-token.ts";
import { exchange } from "../exchange.ts";
import { encrypt, signatureOf } from "../tencent-callback/crypto.ts";
import type { SealKeys } from "../tencent-callback/request.ts";
import { customerToken } from "./api.ts";

/** An account that is to be tried: what it was given, and the services of its sender. */
type Tested = { readonly credentials: CorpCredentials; readonly services: SenderServices; readonly keys: SealKeys };

const MAX_BYTES = 64 * 1024;

/** Tries an account: its access token, and its callback address. */
export async function testAccount(tested: Tested, callback: string): Promise<TestLine[]> {
  const given = await customerToken(tested.credentials, tested.services).current();
  const answered = await callbackLine(tested, callback);
  if (given.ok) return [{ what: "token", verdict: "fine", code: "given", detail: "" }, answered];
  const [code = "no-answer"] = /^-?\d+/.exec(given.failure.reason) ?? [];
  return [{ what: "token", verdict: "wrong", code, detail: given.failure.reason }, answered];
}

/** Asks the address as the platform does when it is entered there: what answers with the echo has token and key. */
async function callbackLine({ services, keys }: Tested, callback: string): Promise<TestLine> {
  const line = (verdict: TestLine["verdict"], code: string, detail = ""): TestLine => ({
    what: "callback",
    ...{ verdict, code, detail },
  });
  const url = URL.parse(callback);
  if (url === null) return line("wrong", "no-address", callback);
  const timestamp = String(Math.floor(services.now().getTime() / 1000));
  const [nonce, echo] = [String(randomInt(1e8, 1e9)), String(randomInt(1e8, 1e9))];
  const echostr = encrypt(keys.aesKey, echo, keys.owner);
  const signature = signatureOf([keys.token, timestamp, nonce, echostr]);
  url.search = new URLSearchParams({ msg_signature: signature, timestamp, nonce, echostr }).toString();
  const { timeoutMs, fetch } = services;
  const answer = await exchange(url, { method: "GET" }, { timeoutMs, maxBytes: MAX_BYTES, fetch });
  if (answer.kind !== "response") return line("wrong", "unreachable", answer.reason);
  if (answer.status === 403) return line("wrong", "signature");
  if (answer.status !== 200 || answer.bytes.toString() !== echo)
    return line("wrong", "not-ours", `HTTP ${answer.status}`);
  return line("fine", "answered");
}
