import { type ChildProcess, spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buffer } from "node:stream/consumers";
import postgres from "postgres";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { type SimulatedWechat, startWechat } from "../src/demo/platforms/wechat.ts";
import { arrived } from "./arrived.ts";
import { writeFixture } from "./county/county.ts";
import { QINGHE } from "./county/qinghe.ts";
import { type TestDatabase, testDatabase } from "./database.ts";
import { quietMsOf } from "./quiet-time.ts";

const MAIN = join(import.meta.dirname, "../src/main.js");
const STOP_LIMIT_MS = 10_000;
const FOUND_LIMIT_MS = 15_000;
const PATIENT = { timeout: 90_000, interval: 50 };
const SEND = "/cgi-bin/message/custom/send";
const secret = { appId: "wx00112233445566", appSecret: "rollingsecret", token: "rollingtoken" };
let folder: string;
let db: TestDatabase;
let wechat: SimulatedWechat;
let doorway: Server;
const running = new Set<Running>();

type Running = {
  readonly child: ChildProcess;
  readonly said: { out: string; err: string };
  readonly ended: Promise<number | null>;
  url: string | null;
};

function run(...args: string[]): Running {
  const { PATH, NODE_OPTIONS } = process.env;
  const child = spawn(process.execPath, [MAIN, ...args], {
    env: {
      PATH,
      NODE_OPTIONS,
      DATABASE_URL: db.url,
      LIAISON_SECRET: db.secret.toString("base64"),
      LIAISON_DATA: folder,
      WECHAT_API_BASE: wechat.url,
      PORT: "0",
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const said = { out: "", err: "" };
  child.stdout.on("data", (chunk) => {
    said.out += chunk;
  });
  child.stderr.on("data", (chunk) => {
    said.err += chunk;
  });
  const one: Running = {
    child,
    said,
    url: null,
    ended: new Promise((resolve) =>
      child.once("close", (status) => {
        running.delete(one);
        resolve(status);
      }),
    ),
  };
  running.add(one);
  return one;
}

async function serve(): Promise<Running> {
  const web = run("serve");
  await expect.poll(() => web.said.err, PATIENT).toMatch(/listens on http/);
  web.url = web.said.err.match(/http:\S+/)?.[0] ?? null;
  return web;
}

async function work(): Promise<Running> {
  const worker = run("work");
  await expect.poll(() => worker.said.err, PATIENT).toMatch(/Liaison works\./);
  return worker;
}

/** Tells a process to stop, and sees that it does, cleanly and in time. */
async function stop(one: Running): Promise<void> {
  const ms = await quietMsOf(() => {
    one.child.kill("SIGTERM");
    return one.ended;
  });
  expect([await one.ended, ms < STOP_LIMIT_MS]).toEqual([0, true]);
}

/** Hands every callback to one of the web fronts that say they are ready, in turn, as a balancer does. */
function openDoorway(): Promise<Server> {
  let turn = 0;
  const forward = async (path: string, method: string, type: string, body: Buffer): Promise<Response | null> => {
    const fronts = [...running].flatMap(({ url }) => url ?? []);
    for (const _ of fronts) {
      const url = fronts[turn++ % fronts.length] ?? "";
      const init =
        method === "GET" ? { method } : { method, headers: { "content-type": type }, body: new Uint8Array(body) };
      const isReady = await fetch(`${url}/readyz`).then(
        ({ ok }) => ok,
        () => false,
      );
      const answer = isReady ? await fetch(`${url}${path}`, init).catch(() => null) : null;
      if (answer !== null) return answer;
    }
    return null;
  };
  const server = createServer(async (request, response) => {
    const type = request.headers["content-type"] ?? "text/xml";
    const answer = await forward(request.url ?? "/", request.method ?? "POST", type, await buffer(request));
    response.writeHead(answer?.status ?? 502).end(await answer?.text());
  });
  return new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(server)));
}

async function rows<T extends postgres.Row>(statement: string): Promise<T[]> {
  const owner = postgres(db.url, { max: 1, onnotice: () => undefined });
  try {
    return await owner.unsafe<T[]>(statement);
  } finally {
    await owner.end();
  }
}

/** Waits for what other processes do, and sees that they did it as soon as they promise. */
async function foundInTime(found: () => Promise<void>): Promise<void> {
  expect(await quietMsOf(found)).toBeLessThan(FOUND_LIMIT_MS);
}

/** How many receipts for a case a resident holds. */
const receipts = (name: string) =>
  arrived(wechat.phone("oa", `o_${name}`)).filter((text) => /\d{4}-\d{6}/.test(text)).length;

async function liaison(...args: string[]): Promise<void> {
  const one = run(...args);
  expect([await one.ended, one.said.err]).toEqual([0, expect.any(String)]);
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "liaison-rolling-"));
  db = await testDatabase({ counties: [] });
  wechat = await startWechat({
    now: () => new Date(),
    retryAfterMs: 200,
    accounts: [
      {
        name: "oa",
        ...secret,
        aesKey: null,
        webhookUrl: "http://127.0.0.1:9/",
        format: "xml",
        mode: "plain",
        kind: "verified-service",
        templates: [],
      },
    ],
  });
  await writeFixture(QINGHE, join(folder, "county"));
  await liaison("import", join(folder, "county"));
  await liaison(
    "channel",
    "add",
    "wechat-official",
    "--account",
    "oa",
    "--app-id",
    secret.appId,
    "--app-secret",
    secret.appSecret,
    "--token",
    secret.token,
  );
  doorway = await openDoorway();
  wechat.setWebhook("oa", `http://127.0.0.1:${(doorway.address() as AddressInfo).port}/webhooks/wechat-official/oa`);
}, 60_000);
afterEach(async () => {
  wechat.clearFaults();
  for (const one of running) one.child.kill("SIGKILL");
  await Promise.all([...running].map(({ ended }) => ended));
});
afterAll(async () => {
  await new Promise((resolve) => doorway.close(resolve));
  await wechat.close();
  await db.close();
  await rm(folder, { recursive: true, force: true, maxRetries: 10 });
});

describe("several web fronts and workers on one database", () => {
  test("are replaced one by one while residents write, and nothing is lost, doubled or late", {
    timeout: 120_000,
  }, async () => {
    const [web, worker] = await Promise.all([serve(), work(), serve(), work()]);
    const names: string[] = [];
    let isOver = false;
    const writing = (async () => {
      while (!isOver) {
        const name = `rolling-${names.length}`;
        names.push(name);
        await wechat.phone("oa", `o_${name}`).say("柳东村一组路灯坏了");
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
    })();
    await Promise.all([serve(), work()]);
    await Promise.all([stop(web), stop(worker)]);
    isOver = true;
    await writing;
    await foundInTime(() => expect.poll(() => names.filter((name) => receipts(name) === 0), PATIENT).toEqual([]));
    expect(names.filter((name) => receipts(name) !== 1)).toEqual([]);
    const [counted] = await rows<{ cases: number; numbers: number }>(
      "select count(*)::int as cases, count(distinct number)::int as numbers from cases",
    );
    expect(counted).toEqual({ cases: names.length, numbers: names.length });
    expect(names.length).toBeGreaterThan(10);
  });

  test("hear within 15 s what a killed worker had taken", { timeout: 300_000 }, async () => {
    await serve();
    const doomed = await work();
    const names = Array.from({ length: 20 }, (_, index) => `killed-${index}`);
    const said = Promise.all(names.map((name) => wechat.phone("oa", `o_${name}`).say("柳东村一组路灯坏了")));
    await expect.poll(() => names.some((name) => receipts(name) > 0), PATIENT).toBe(true);
    doomed.child.kill("SIGKILL");
    await Promise.all([said, doomed.ended, work()]);
    await foundInTime(() =>
      expect
        .poll(() => rows("select from inbox where processed_at is null").then(({ length }) => length), PATIENT)
        .toBe(0),
    );
  });

  test("hear within 15 s what a stopped worker sits on", { timeout: 300_000 }, async () => {
    await serve();
    const frozen = await work();
    frozen.child.kill("SIGSTOP");
    const names = Array.from({ length: 5 }, (_, index) => `frozen-${index}`);
    for (const name of names) await wechat.phone("oa", `o_${name}`).say("柳东村一组路灯坏了");
    await work();
    await foundInTime(() => expect.poll(() => names.filter((name) => receipts(name) === 0), PATIENT).toEqual([]));
    frozen.child.kill("SIGCONT");
    await stop(frozen);
    expect(names.filter((name) => receipts(name) !== 1)).toEqual([]);
  });
});

describe("a process that is told to stop", () => {
  test("says first that it is not ready, and answers on for a moment", { timeout: 300_000 }, async () => {
    const web = await serve();
    expect((await fetch(`${web.url}/readyz`)).status).toBe(200);
    web.child.kill("SIGTERM");
    await expect.poll(() => fetch(`${web.url}/readyz`).then(({ status }) => status), PATIENT).toBe(503);
    expect((await fetch(`${web.url}/healthz`)).status).toBe(200);
    expect(await web.ended).toBe(0);
  });

  test("does so within ten seconds although the platform hangs; the call ends as uncertain", {
    timeout: 300_000,
  }, async () => {
    await serve();
    const worker = await work();
    wechat.fail({ path: SEND, times: 1, kind: "accept-then-hang", delayMs: 60_000 });
    // Others of this county may wait for the end of a killed process's lease.
    const since = `created_at >= '${new Date().toISOString()}'`;
    await wechat.phone("oa", "o_hanging").say("柳东村一组路灯坏了");
    await expect
      .poll(() => rows(`select from outbox where state = 'sending' and ${since}`).then(({ length }) => length), PATIENT)
      .toBeGreaterThan(0);
    await stop(worker);
    const uncertain = await rows<{ state: string }>(
      `select state from outbox where state in ('sending', 'uncertain') and ${since}`,
    );
    expect(new Set(uncertain.map(({ state }) => state))).toEqual(new Set(["uncertain"]));
    expect(receipts("hanging")).toBeLessThanOrEqual(1);
  });

  test("leaves what it did not come to, and another goes on with it", { timeout: 300_000 }, async () => {
    await serve();
    const worker = await work();
    wechat.fail({ path: SEND, times: Number.POSITIVE_INFINITY, kind: "slow", delayMs: 1500 });
    const names = Array.from({ length: 60 }, (_, index) => `left-${index}`);
    await Promise.all(names.map((name) => wechat.phone("oa", `o_${name}`).say("柳东村一组路灯坏了")));
    await stop(worker);
    wechat.clearFaults();
    await work();
    await foundInTime(() => expect.poll(() => names.filter((name) => receipts(name) === 0), PATIENT).toEqual([]));
    expect(names.filter((name) => receipts(name) !== 1)).toEqual([]);
  });
});
