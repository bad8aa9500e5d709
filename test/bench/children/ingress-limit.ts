import { createServer, type IncomingMessage } from "node:http";
import { buffer } from "node:stream/consumers";
import postgres from "postgres";
import { createVault } from "../../../db/vault.ts";
import { sealPayload } from "../../../src/casework/inbox/payload.ts";
import type { ChannelAccount } from "../../../src/channels/channel.ts";
import { wechatOfficial } from "../../../src/channels/wechat-official/channel.ts";
import { emergencyTopics } from "../../../src/domain/danger/emergency.ts";
import { ACCOUNT } from "../callbacks.ts";
import type { BenchInstallation } from "../county.ts";
import { serveBenchmark, setup } from "./parent.ts";

/**
 * The limit of a durable webhook: a bare server that verifies, decrypts and seals as ours does, and writes the same rows
 * into the same table, all that wait by one insert. It knows one account, keeps nothing from being stored twice, and
 * tells nobody.
 */
const { databaseUrl, secret, jurisdictionId, accountId } = setup<BenchInstallation>();
const vault = createVault(Buffer.from(secret, "base64"));
const account: ChannelAccount = {
  id: accountId,
  jurisdictionId,
  channel: "wechat-official",
  name: ACCOUNT.name,
  settings: { "app-id": ACCOUNT.appId, replies: "direct" },
  secrets: { "app-secret": ACCOUNT.appSecret, token: ACCOUNT.token, "aes-key": ACCOUNT.aesKey },
};
const sql = postgres(databaseUrl, { max: 1, onnotice: () => undefined, fetch_types: false });

type Row = readonly [peer: string, dedupeKey: string, kind: string, payload: string, urgent: string, at: string];
type Waiting = { readonly row: Row; stored(): void; failed(error: unknown): void };

let waiting: Waiting[] = [];
let isStoring = false;

const server = createServer(async (request, response) => {
  try {
    await store(await rowOf(request));
    response.writeHead(200, { "content-type": "text/plain" }).end("success");
  } catch {
    response.writeHead(503).end();
  }
});
await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
const address = server.address();
const port = typeof address === "object" && address !== null ? address.port : 0;

serveBenchmark({
  ready: { url: `http://127.0.0.1:${port}` },
  async close() {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    await sql.end();
  },
});

async function rowOf(request: IncomingMessage): Promise<Row> {
  const now = new Date();
  const result = wechatOfficial.receive(
    account,
    {
      method: "POST",
      query: new URLSearchParams(request.url?.split("?")[1]),
      header: (name) => String(request.headers[name] ?? "") || null,
      body: await buffer(request),
    },
    { now, maxAgeSeconds: 300 },
  );
  const message = result.kind === "received" ? result.messages[0] : undefined;
  if (message?.content.kind !== "text") throw new Error("this is no message of the benchmark");
  return [
    vault.blindIndex(message.sender, accountId),
    message.dedupeKey,
    message.content.kind,
    Buffer.from(sealPayload(vault, accountId, message)).toString("base64"),
    String(emergencyTopics(message.content.text).length > 0),
    now.toISOString(),
  ];
}

function store(row: Row): Promise<void> {
  return new Promise((stored, failed) => {
    waiting.push({ row, stored, failed });
    if (!isStoring) setImmediate(storeAll);
    isStoring = true;
  });
}

async function storeAll(): Promise<void> {
  while (waiting.length > 0) {
    const batch = waiting;
    waiting = [];
    // Nothing in these values needs quotes in an array's text.
    const column = (index: number) => `{${batch.map(({ row }) => row[index]).join(",")}}`;
    try {
      await sql`
        insert into inbox (jurisdiction_id, account_id, peer, dedupe_key, kind, payload, urgent, received_at)
        select ${jurisdictionId}::uuid, ${accountId}::uuid, peer, dedupe_key, kind, decode(payload, 'base64'),
          urgent::boolean, received_at::timestamptz
        from unnest(${column(0)}::text[], ${column(1)}::text[], ${column(2)}::text[], ${column(3)}::text[],
          ${column(4)}::text[], ${column(5)}::text[]) as given (peer, dedupe_key, kind, payload, urgent, received_at)`;
      for (const one of batch) one.stored();
    } catch (error) {
      for (const one of batch) one.failed(error);
    }
  }
  isStoring = false;
}
