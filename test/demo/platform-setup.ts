import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { SimulatedAccount } from "../../src/demo/platforms/wechat/account.ts";

export const AES_KEY = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG";

/** One request that reached the account's server. */
export type Received = { query: URLSearchParams; contentType: string; body: string };

/** A stand-in for an account's server, which answers what the test says. */
export type AccountServer = {
  url: string;
  received: Received[];
  answer: (request: Received, response: ServerResponse) => void;
  close(): Promise<void>;
};

export async function startAccountServer(): Promise<AccountServer> {
  const received: Received[] = [];
  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const entry = {
      query: new URL(request.url ?? "/", "http://localhost").searchParams,
      contentType: request.headers["content-type"] ?? "",
      body: Buffer.concat(chunks).toString("utf8"),
    };
    received.push(entry);
    self.answer(entry, response);
  };
  const server = createServer((request, response) => void handle(request, response));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  const self: AccountServer = {
    url: `http://127.0.0.1:${port}/webhooks/wechat-official/oa`,
    received,
    answer: (_request, response) => response.end("success"),
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
  return self;
}

export function accountAt(webhookUrl: string, changes: Partial<SimulatedAccount> = {}): SimulatedAccount {
  return {
    name: "oa",
    appId: "wx00000000000000aa",
    appSecret: "s3cret",
    token: "t0ken",
    aesKey: AES_KEY,
    webhookUrl,
    format: "xml",
    mode: "safe",
    kind: "verified-service",
    templates: [{ id: "T1", title: "办理通知", labels: { character_string1: "编号", thing2: "事项" } }],
    subscriptionTemplates: [{ id: "S1", title: "答复提醒", labels: { thing1: "事项" } }],
    ...changes,
  };
}
