import { type ChildProcess, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { mkdir, writeFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { buffer } from "node:stream/consumers";
import postgres from "postgres";
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import type { Phone } from "../src/demo/platforms/wechat/phone.ts";
import { type SimulatedWechat, startWechat } from "../src/demo/platforms/wechat.ts";
import { arrived, newest } from "./arrived.ts";
import { type Compose, readCompose } from "./compose/compose.ts";
import { writeFixture } from "./county/county.ts";
import { QINGHE } from "./county/qinghe.ts";
import { productionTree } from "./production-tree.ts";
import { quietMsOf } from "./quiet-time.ts";
import { hasRedis, type TestRedis, testRedis } from "./redis.ts";

const LIMIT = { timeout: 90_000, interval: 50 };
const GRACE_MS = 10_000;
const CALLBACK = "/webhooks/wechat-official/oa";

type Running = { readonly child: ChildProcess; readonly said: { err: string }; readonly ended: Promise<number | null> };

let compose: Compose;
let tree: Awaited<ReturnType<typeof productionTree>>;
let redis: TestRedis;
let wechat: SimulatedWechat;
let databaseName: string;
let databaseUrl: string;
let doorway: Server;
const running: Running[] = [];

/** The environment of a service of the compose file, its paths and ports as they are on this machine. */
function environmentOf(service: string): Record<string, string> {
  const { environment = {} } = compose.services[service]!;
  const here: Record<string, string> = {
    HOST: "127.0.0.1",
    PORT: "0",
    PUBLIC_URL: "https://liaison.example",
    LOG_LEVEL: "warn",
    // As the compose file gives them where nobody set them.
    ...{ TRUSTED_PROXIES: "", EDGE_SECRET: "", EDGE_URL: "" },
  };
  const moved = Object.entries(environment).map(([name, value]): [string, string] => [
    name,
    value.replace("/run/secrets", join(tree.folder, "secrets")).replace(/^\/data$/, join(tree.folder, "data")),
  ]);
  if (environment.METRICS_PORT !== undefined) here.METRICS_PORT = "0";
  return { ...Object.fromEntries(moved), ...here, WECHAT_API_BASE: wechat.url };
}

/** Starts a process as the image's entry point does, with the command that the compose file gives the service. */
function run(service: string, command = compose.services[service]?.command ?? []): Running & { out(): string } {
  const { PATH } = process.env;
  const child = spawn(process.execPath, ["src/main.js", ...command], {
    cwd: tree.folder,
    env: { PATH, ...environmentOf(service) },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const said = { err: "", out: "" };
  child.stdout.on("data", (chunk) => {
    said.out += chunk;
  });
  child.stderr.on("data", (chunk) => {
    said.err += chunk;
  });
  const ended = new Promise<number | null>((resolve) => child.once("close", resolve));
  running.push({ child, said, ended });
  return { child, said, ended, out: () => said.out };
}

async function liaison(...command: string[]): Promise<string> {
  const { ended, out, said } = run("liaison", command);
  expect([await ended, said.err]).toEqual([0, expect.any(String)]);
  return out().trim();
}

async function bound(code: string): Promise<Phone> {
  const phone = wechat.phone("oa", `o_${code}`);
  await phone.say(`绑定 ${await liaison("deputy", "invite", code)}`);
  await expect.poll(() => arrived(phone).length, LIMIT).toBeGreaterThan(0);
  return phone;
}

const listens = async (web: Running): Promise<string> => {
  await expect.poll(() => web.said.err, LIMIT).toMatch(/listens on http/);
  return web.said.err.match(/http:\S+/)?.[0] ?? "";
};
const works = (worker: Running) => expect.poll(() => worker.said.err, LIMIT).toMatch(/Liaison works\./);

async function rows<T extends postgres.Row>(statement: string): Promise<T[]> {
  const sql = postgres(databaseUrl, { max: 1, onnotice: () => undefined });
  try {
    return await sql.unsafe<T[]>(statement);
  } finally {
    await sql.end();
  }
}

/** Hands every callback of the platform to all web fronts, one after the other, as repeats come. */
function openDoorway(answers: number[][]): Promise<Server> {
  return new Promise((resolve) => {
    const server = createServer(async (request, response) => {
      const body = await buffer(request);
      const replies: Response[] = [];
      for (const { said } of running) {
        const web = said.err.match(/listens on (http:\S+)/)?.[1];
        if (web === undefined) continue;
        const headers = { "content-type": request.headers["content-type"] ?? "text/xml" };
        replies.push(await fetch(`${web}${request.url}`, { method: request.method ?? "POST", headers, body }));
      }
      answers.push(replies.map(({ status }) => status));
      response.writeHead(replies[0]?.status ?? 502).end(await replies[0]?.text());
    });
    server.listen(0, "127.0.0.1", () => resolve(server));
  });
}

describe.runIf(hasRedis)("the processes of the compose file, with the packages that the image holds", () => {
  const answers: number[][] = [];

  beforeAll(async () => {
    [compose, tree, redis] = await Promise.all([readCompose(), productionTree(), testRedis()]);
    databaseName = `processes_${randomBytes(8).toString("hex")}`;
    const server = postgres(inject("postgresUrl"), { max: 1 });
    await server.unsafe(`create database ${databaseName}`);
    await server.end();
    const url = new URL(inject("postgresUrl"));
    url.pathname = `/${databaseName}`;
    databaseUrl = url.href;
    const service = new URL(url);
    [service.username, service.password] = [`service_of_${databaseName}`, "of its own"];
    const secrets = {
      database_url: service.href,
      database_owner_url: databaseUrl,
      redis_url: redis.url,
      liaison_secret: randomBytes(32).toString("base64"),
    };
    await mkdir(join(tree.folder, "secrets"));
    for (const [name, value] of Object.entries(secrets)) {
      expect(compose.secrets).toHaveProperty(name);
      await writeFile(join(tree.folder, "secrets", name), `${value}\n`, { mode: 0o400 });
    }
    doorway = await openDoorway(answers);
    const webhookUrl = `http://127.0.0.1:${(doorway.address() as AddressInfo).port}${CALLBACK}`;
    const account = {
      name: "oa",
      appId: "wx0123456789abcdef",
      appSecret: "s3cret",
      token: "t0ken",
      aesKey: randomBytes(32).toString("base64").slice(0, 43),
    };
    wechat = await startWechat({
      retryAfterMs: 50,
      accounts: [{ ...account, webhookUrl: webhookUrl, format: "xml", mode: "safe", kind: "verified-service" }],
    });
  });
  afterAll(async () => {
    for (const { child } of running) child.kill("SIGKILL");
    await Promise.all(running.map(({ ended }) => ended));
    await new Promise((resolve) => doorway.close(resolve));
    await wechat.close();
    await redis.close();
    const server = postgres(inject("postgresUrl"), { max: 1, onnotice: () => undefined });
    await server.unsafe(`drop database if exists ${databaseName} with (force)`);
    await server.unsafe(`drop role if exists service_of_${databaseName}`);
    await server.end();
    await tree.remove();
  });

  test("one job migrates; then two web fronts and two workers start beside each other", {
    timeout: 300_000,
  }, async () => {
    const migrate = run("migrate");
    expect([await migrate.ended, migrate.out()]).toEqual([0, "The database is up to date.\n"]);
    await writeFixture(QINGHE, join(tree.folder, "lists"));
    await liaison("import", "lists");
    const { appId, appSecret, token, aesKey } = wechat.account("oa");
    const secrets = ["--app-id", appId, "--app-secret", appSecret, "--token", token, "--aes-key", aesKey ?? ""];
    const address = await liaison("channel", "add", "wechat-official", "--account", "oa", ...secrets);
    expect(address).toBe(`https://liaison.example${CALLBACK}`);
    const [one, two, three, four] = [run("web"), run("web"), run("worker"), run("worker")];
    const fronts = await Promise.all([listens(one), listens(two)]);
    await Promise.all([works(three), works(four)]);
    for (const front of fronts) expect((await fetch(`${front}/readyz`)).status).toBe(200);
  });

  test("a message that comes in at one and again at the other is stored once and delivered once", {
    timeout: 300_000,
  }, async () => {
    const deputies = await Promise.all([bound("D001"), bound("D003")]);
    // Two for each deputy: no more than the platform lets through to a person who wrote once.
    const people = Array.from({ length: 4 }, (_, index) => wechat.phone("oa", `o_resident_${index}`));
    const words = people.map(
      (_, index) => `柳东村${index % 2 === 0 ? "三" : "一"}组${index + 1}号楼前第${index + 1}盏路灯坏了，晚上看不见`,
    );
    await Promise.all(people.map((phone, index) => phone.say(words[index]!)));

    const told = () => deputies.flatMap(arrived).join("\n");
    const timesTold = () => people.map((_, index) => told().split(`第${index + 1}盏路灯`).length - 1);
    await expect.poll(timesTold, LIMIT).toEqual(people.map(() => 1));
    await expect.poll(() => people.map((phone) => arrived(phone).length), LIMIT).toEqual(people.map(() => 1));
    const settled = async () => (await rows("select from outbox where state in ('waiting', 'sending')")).length;
    await expect.poll(settled, LIMIT).toBe(0);
    expect(answers).toHaveLength(people.length + deputies.length);
    for (const statuses of answers) expect(statuses).toEqual([200, 200]);
    expect(await rows("select outcome, count(*)::int as count from inbox group by 1 order by 1")).toEqual([
      { outcome: "case", count: people.length },
      { outcome: "command", count: deputies.length },
    ]);
    expect(timesTold()).toEqual(people.map(() => 1));
    expect(
      await rows("select state, count(*)::int as count from outbox where state <> 'delivered' group by 1"),
    ).toEqual([]);
  });

  test("one worker that is killed is not missed", { timeout: 300_000 }, async () => {
    const [killed] = running.filter(({ said }) => /Liaison works/.test(said.err));
    killed?.child.kill("SIGKILL");
    const [deputy, resident] = [wechat.phone("oa", "o_D001"), wechat.phone("oa", "o_resident_0")];
    const number = newest(resident).match(/\d{4}-0*(\d+)/)?.[1];
    await deputy.say(`回复 ${number} 今天就修`);
    await expect.poll(() => newest(resident), LIMIT).toContain("今天就修");
    expect(arrived(resident).filter((text) => text.includes("今天就修"))).toHaveLength(1);
  });

  test("all end well within the ten seconds that the compose file gives them", async () => {
    const living = running.filter(({ child }) => child.exitCode === null && child.signalCode === null);
    expect(living).toHaveLength(3);
    const ms = await quietMsOf(async () => {
      for (const { child } of living) child.kill("SIGTERM");
      expect(await Promise.all(living.map(({ ended }) => ended))).toEqual([0, 0, 0]);
    });
    expect(ms).toBeLessThan(GRACE_MS);
  });
});
