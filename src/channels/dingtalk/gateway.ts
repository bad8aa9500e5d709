import type { SenderServices } from "../channel.ts";
import { exchange } from "../exchange.ts";
import { idIn } from "../json-fields.ts";
import { type Credentials, readAnswer } from "./api.ts";
import { isPlatforms } from "./media.ts";

const OPEN_PATH = "/v1.0/gateway/connections/open";
const MAX_ANSWER_BYTES = 64 * 1024;
/** What robots are told; events of the company are none of ours. */
const SUBSCRIPTIONS = [{ type: "CALLBACK", topic: "/v1.0/im/bot/messages/get" }];

/**
 * Opens a socket to the gateway, with a ticket that is asked for first.
 * @throws Error with a reason that holds neither address, ticket nor secret
 */
export async function openSocket(credentials: Credentials, services: SenderServices): Promise<WebSocket> {
  const { base, clientId, clientSecret } = credentials;
  const { timeoutMs, fetch, apiBase } = services;
  const body = JSON.stringify({ clientId, clientSecret, ua: "liaison", subscriptions: SUBSCRIPTIONS });
  const answer = await exchange(
    new URL(base.replace(/\/+$/, "") + OPEN_PATH),
    { method: "POST", contentType: "application/json", body },
    { timeoutMs, maxBytes: MAX_ANSWER_BYTES, fetch },
  );
  const read = readAnswer(answer, [clientSecret]);
  if (!read.ok) throw new Error(`the gateway gave no ticket: ${read.failure.reason}`);
  const url = URL.parse(idIn(read.fields, "endpoint"));
  const ticket = idIn(read.fields, "ticket");
  if (url === null || ticket === "" || !/^wss?:$/.test(url.protocol) || !isPlatforms(url, apiBase)) {
    throw new Error("the gateway named no address of the platform's");
  }
  url.searchParams.set("ticket", ticket);
  return opened(new WebSocket(url), timeoutMs);
}

function opened(socket: WebSocket, timeoutMs: number): Promise<WebSocket> {
  return new Promise((resolve, reject) => {
    const fail = (reason: string) => {
      clearTimeout(limit);
      socket.close();
      reject(new Error(reason));
    };
    const limit = setTimeout(() => fail("the gateway did not answer in time"), timeoutMs);
    socket.addEventListener("error", () => fail("the gateway could not be connected"), { once: true });
    socket.addEventListener("close", () => fail("the gateway closed at once"), { once: true });
    socket.addEventListener(
      "open",
      () => {
        clearTimeout(limit);
        resolve(socket);
      },
      { once: true },
    );
  });
}
