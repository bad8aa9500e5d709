import { randomBytes } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { importFiles } from "../../src/casework/import/import-files.ts";
import { addAccount } from "../../src/casework/office/channel-accounts.ts";
import { channelOf } from "../../src/channels/registry.ts";
import { readConfig } from "../../src/config.ts";
import { type SimulatedWechat, startWechat } from "../../src/demo/platforms/wechat.ts";
import type { Role } from "../../src/domain/access/roles.ts";
import { createLog } from "../../src/log.ts";
import { type Role as ProcessRole, type Service, startService } from "../../src/process/service.ts";
import { openQueues } from "../../workers/queues.ts";
import { writeFixture } from "../county/county.ts";
import { QINGHE } from "../county/qinghe.ts";
import { type TestDatabase, testDatabase } from "../database.ts";
import { type TcpProxy, tcpProxy } from "../tcp-proxy.ts";
import { newToken } from "../tokens.ts";

/** The service as the command line starts it, in this process, with the counties `qinghe` and `empty`. */
export type WatchedService = {
  readonly db: TestDatabase;
  /** The service's way to the database. */
  readonly link: TcpProxy;
  readonly service: Service;
  /** The data folder. */
  readonly folder: string;
  readonly url: string;
  readonly wechat: SimulatedWechat;
  logged(): string;
  token(role: Role, county?: "qinghe" | "empty"): Promise<string>;
  /** Starts another process of this installation. */
  beside(role: ProcessRole, variables?: Readonly<Record<string, string>>): Promise<Service>;
  /** Tells the queue of a delivery that is due in an hour. */
  announceLater(key: { readonly jurisdictionId: string; readonly conversationId: string }): Promise<void>;
  get(path: string, token?: string): Promise<Response>;
  close(): Promise<void>;
};

/** @param variables further names of the environment */
export async function watchedService(variables: Readonly<Record<string, string>> = {}): Promise<WatchedService> {
  const db = await testDatabase({ counties: ["qinghe", "empty"] });
  const link = await tcpProxy(Number(new URL(db.url).port));
  const folder = await mkdtemp(join(tmpdir(), "liaison-watched-"));
  const account = {
    name: "oa",
    appId: `wx${randomBytes(8).toString("hex")}`,
    appSecret: randomBytes(16).toString("hex"),
    token: randomBytes(8).toString("hex"),
    aesKey: randomBytes(32).toString("base64").slice(0, 43),
  };
  const wechat = await startWechat({
    now: () => new Date(),
    retryAfterMs: 50,
    accounts: [
      { ...account, webhookUrl: "http://127.0.0.1:9/", format: "xml", mode: "safe", kind: "verified-service" },
    ],
  });
  const environment = {
    DATABASE_URL: link.through(db.url),
    LIAISON_SECRET: randomBytes(32).toString("base64"),
    LIAISON_DATA: folder,
    PORT: "0",
    WECHAT_API_BASE: wechat.url,
    ...variables,
  };
  let logged = "";
  const log = createLog("trace", {
    write(line) {
      logged += line;
    },
  });
  const start = (role: ProcessRole, more: Readonly<Record<string, string>>) => {
    const read = readConfig({ ...environment, ...more }, folder);
    if (!read.ok) throw new Error(read.problems.join("\n"));
    return startService(read.config, { role, log, say: () => undefined });
  };
  const service = await start("start", {});
  const others: Service[] = [];
  const { runtime, url } = service;
  const jurisdictionId = await db.county("qinghe");
  await writeFixture(QINGHE, join(folder, "lists"));
  await importFiles(runtime, jurisdictionId, [join(folder, "lists")], { coordinates: "wgs84", dryRun: false });
  const options = {
    "app-id": account.appId,
    "app-secret": account.appSecret,
    token: account.token,
    "aes-key": account.aesKey,
  };
  await addAccount(runtime, jurisdictionId, { channel: channelOf("wechat-official")!, name: "oa", options });
  wechat.setWebhook("oa", `${url}/webhooks/wechat-official/oa`);
  return {
    db,
    link,
    folder,
    service,
    url: url!,
    wechat,
    logged: () => logged,
    token: async (role, county = "qinghe") => newToken(runtime, await db.county(county), { role }),
    async beside(role, more = {}) {
      const other = await start(role, more);
      others.push(other);
      return other;
    },
    async announceLater(key) {
      const now = () => new Date();
      const queues = await openQueues({ databaseUrl: db.url, redisUrl: null, now, log });
      await queues.announceDeliver([key], new Date(Date.now() + 3_600_000));
      await queues.close();
    },
    get: (path, token) =>
      fetch(`${url}${path}`, {
        redirect: "manual",
        headers: token === undefined ? {} : { authorization: `Bearer ${token}` },
      }),
    async close() {
      await Promise.all([service, ...others].map((one) => one.close()));
      await link.close();
      await wechat.close();
      await db.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
