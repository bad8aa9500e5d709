import { createServer } from "node:http";
import { createPostgresBackend, Queue } from "bullmq";
import wechat from "co-wechat";
import { Redis } from "ioredis";
import Koa from "koa";
import pg from "pg";
import { ACCOUNT } from "../callbacks.ts";
import type { BenchInstallation } from "../county.ts";
import { serveBenchmark, setup } from "./parent.ts";

/**
 * The same promise as most people would keep it: co-wechat in Koa, in encrypted mode; each message is inserted and added
 * to a queue, both awaited, before it is answered with success. It seals nothing.
 */
const { databaseUrl, redisUrl } = setup<BenchInstallation>();
const CONNECTIONS = 14;
const pool = new pg.Pool({ connectionString: databaseUrl, max: CONNECTIONS });
await pool.query(`create table messages (
  id bigint generated always as identity primary key, openid text not null, msg_id text not null unique,
  kind text not null, content jsonb not null, received_at timestamptz not null default now(), processed_at timestamptz)`);
const redis = redisUrl === null ? null : new Redis(redisUrl, { maxRetriesPerRequest: null });
const inPostgres = { connectionString: databaseUrl, schema: "peer_queue", migrate: true, max: CONNECTIONS };
const queue =
  redis === null
    ? new Queue("peer", { connection: inPostgres }, createPostgresBackend)
    : new Queue("peer", { connection: redis });
await queue.waitUntilReady();

const door = wechat({ token: ACCOUNT.token, appid: ACCOUNT.appId, encodingAESKey: ACCOUNT.aesKey });
const app = new Koa();
app.use(
  door.middleware(async (message) => {
    const { FromUserName: openid, MsgId: id, MsgType: kind } = message;
    const { rows } = await pool.query<{ id: string }>(
      "insert into messages (openid, msg_id, kind, content) values ($1, $2, $3, $4) on conflict do nothing returning id",
      [openid, id, kind, JSON.stringify(message)],
    );
    if (rows[0] !== undefined) await queue.add("message", { id: rows[0].id }, { removeOnComplete: true });
    return "";
  }),
);
const server = createServer(app.callback());
await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
const address = server.address();
const port = typeof address === "object" && address !== null ? address.port : 0;

serveBenchmark({
  ready: { url: `http://127.0.0.1:${port}` },
  async close() {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    await queue.close();
    redis?.disconnect();
    await pool.end();
  },
});
