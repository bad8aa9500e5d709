import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type SimulatedWechat, startWechat } from "../../src/demo/platforms/wechat.ts";
import { arrived } from "../arrived.ts";
import { type CommandLine, commandLine } from "../commands/liaison.ts";
import { writeFixture } from "../county/county.ts";
import { QINGHE } from "../county/qinghe.ts";
import { SECRET, type TestDatabase, testDatabase } from "../database.ts";
import { killRunning, type MainProcess, startMain } from "../main-process.ts";
import { secretsOf } from "../secrets.ts";
import { type TcpProxy, tcpProxy } from "../tcp-proxy.ts";
import { EDGE_SECRET, startEdge, type TestEdge } from "./worker.ts";

const LIMIT = { timeout: 90_000, interval: 50 };

let db: TestDatabase;
let folder: string;
let wechat: SimulatedWechat;
let way: TcpProxy;
let edge: TestEdge;
let line: CommandLine;
let variables: Record<string, string>;
beforeAll(async () => {
  db = await testDatabase({ counties: ["qinghe"] });
  folder = await mkdtemp(join(tmpdir(), "liaison-whole-way-"));
  const account = secretsOf("oa");
  wechat = await startWechat({
    now: () => new Date(),
    retryAfterMs: 50,
    accounts: [
      { ...account, webhookUrl: "http://127.0.0.1:9/", format: "xml", mode: "safe", kind: "verified-service" },
    ],
  });
  await writeFixture(QINGHE, join(folder, "lists"));
  const bare = await commandLine(db.url, { WECHAT_API_BASE: wechat.url });
  const { appId, appSecret, token, aesKey } = account;
  const secrets = ["--app-id", appId, "--app-secret", appSecret, "--token", token, "--aes-key", aesKey];
  for (const args of [
    ["import", join(folder, "lists")],
    ["channel", "add", "wechat-official", "--account", "oa", ...secrets],
  ]) {
    expect(await bare.liaison(...args)).toMatchObject({ status: 0 });
  }
  const { out: accounts } = await bare.liaison("edge", "accounts");
  await bare.close();
  expect(accounts).not.toContain(appSecret);
  // Nothing listens behind it yet.
  way = await tcpProxy(9);
  edge = await startEdge({ ORIGIN: `http://127.0.0.1:${way.port}`, ACCOUNTS: accounts, RETRY_SCALE: "0.02" });
  wechat.setWebhook("oa", `${edge.url}/webhooks/wechat-official/oa`);
  variables = { WECHAT_API_BASE: wechat.url, EDGE_SECRET, EDGE_URL: edge.url };
  line = await commandLine(db.url, variables);
});
afterAll(async () => {
  killRunning();
  await line.close();
  await edge.close();
  await way.close();
  await wechat.close();
  await db.close();
  await rm(folder, { recursive: true, force: true });
});

async function startService(): Promise<MainProcess & { readonly url: string }> {
  const service = startMain(["start"], {
    ...variables,
    ...{ DATABASE_URL: db.url, LIAISON_SECRET: SECRET.toString("base64"), LIAISON_DATA: join(folder, "data") },
    PORT: "0",
  });
  await expect.poll(() => service.said.err, LIMIT).toMatch(/listens on http/);
  return { ...service, url: /http:\S+/.exec(service.said.err)?.[0] ?? "" };
}
const waiting = async () => JSON.parse((await line.liaison("edge", "state", "--json")).out)[0].waiting;
const cases = async () => JSON.parse((await line.liaison("cases", "--json")).out).length;

it("what people write while the service is killed is heard in order when it is back, and they hear of it", async () => {
  const first = await startService();
  way.retarget(Number(new URL(first.url).port));
  const early = wechat.phone("oa", "o_early");
  await early.say("柳东村三组1号楼前路灯坏了");
  await expect.poll(() => arrived(early).length, LIMIT).toBeGreaterThan(0);

  first.child.kill("SIGKILL");
  await first.ended;
  way.decline();
  const people = ["o_one", "o_two", "o_three"].map((id) => wechat.phone("oa", id));
  for (const [index, phone] of people.entries()) await phone.say(`柳东村三组${index + 2}号楼前井盖坏了`);
  await people[0]!.say("补充一句，晚上很危险，孩子都从那里走");
  expect(await waiting()).toBe(4);

  const second = await startService();
  const token = await line.liaison("token", "add", "--role", "operator", "--name", "watch");
  const headers = { authorization: `Bearer ${token.out.trim()}` };
  const metrics = async () => (await fetch(`${second.url}/metrics`, { headers })).text();
  const oldest = /^liaison_edge_oldest_seconds\{channel="wechat-official",account="oa"\} (\S+)$/m;
  expect(Number(oldest.exec(await metrics())?.[1])).toBeGreaterThan(0);
  expect(await metrics()).toMatch(/^liaison_edge_up 1$/m);

  const accounts = (await (await fetch(`${second.url}/api/v1/accounts`, { headers })).json()) as {
    items: { webhook: string }[];
  };
  expect(accounts.items[0]?.webhook).toBe(`${edge.url}/webhooks/wechat-official/oa`);

  way.retarget(Number(new URL(second.url).port));
  way.resume();
  for (const phone of people) await expect.poll(() => arrived(phone).length, LIMIT).toBeGreaterThan(0);
  await expect.poll(waiting, LIMIT).toBe(0);
  await expect.poll(cases, LIMIT).toBe(4);
  expect((await line.liaison("edge", "refused")).out).toBe("");
  for (const { out, err } of [first.said, second.said]) {
    for (const secret of [EDGE_SECRET, wechat.account("oa").token]) expect(out + err).not.toContain(secret);
  }
});
