import { pino } from "pino";
import type { ChannelAccount } from "../../../src/channels/channel.ts";
import { channelOf } from "../../../src/channels/registry.ts";
import { createApp } from "../../../src/http/app.ts";
import { listen } from "../../../src/http/listen.ts";
import { ACCOUNT } from "../callbacks.ts";
import { serveBenchmark } from "./parent.ts";

/** The same web front: it verifies, decrypts and parses, stores nothing and answers. */
const account: ChannelAccount = {
  id: "00000000-0000-7000-8000-000000000000",
  jurisdictionId: "00000000-0000-7000-8000-000000000000",
  channel: "wechat-official",
  name: ACCOUNT.name,
  settings: { "app-id": ACCOUNT.appId, replies: "direct" },
  secrets: { "app-secret": ACCOUNT.appSecret, token: ACCOUNT.token, "aes-key": ACCOUNT.aesKey },
};
const app = createApp({
  accounts: { find: async () => account, named: async () => [], byId: async () => null },
  channelOf,
  inbox: { accept: async () => "stored", close: async () => undefined },
  passiveReply: async () => ({ kind: "nothing" }),
  now: () => new Date(),
  maxAgeSeconds: 300,
  log: pino({ level: "silent" }),
  checks: {},
  publicUrl: "http://127.0.0.1",
});
const web = await listen(app.fetch, "127.0.0.1", 0);

serveBenchmark({ ready: { url: `http://127.0.0.1:${web.port}` }, close: () => web.close() });
