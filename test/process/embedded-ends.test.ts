import { spawnSync } from "node:child_process";
import { chmod, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { readPostmaster } from "../../db/embedded/cluster.ts";
import { type SimulatedWechat, startWechat } from "../../src/demo/platforms/wechat.ts";
import { arrived } from "../arrived.ts";
import { writeFixture } from "../county/county.ts";
import { QINGHE } from "../county/qinghe.ts";
import { killRunning, startMain } from "../main-process.ts";

const PATIENT = { timeout: 60_000, interval: 50 };
const ACCOUNT = ["--account", "oa", "--app-id", "wx0", "--app-secret", "endings", "--token", "endings"];
let folder: string;
let wechat: SimulatedWechat;

const start = (...args: readonly string[]) =>
  startMain(args, { PORT: "0", LIAISON_DATA: join(folder, "data"), WECHAT_API_BASE: wechat.url });

const cluster = () => join(folder, "data", "postgres", "cluster");

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "liaison-ends-"));
  await chmod(folder, 0o755);
  wechat = await startWechat({
    retryAfterMs: 5000,
    accounts: [
      {
        name: "oa",
        appId: "wx0",
        appSecret: "endings",
        token: "endings",
        aesKey: null,
        webhookUrl: "http://127.0.0.1:9/",
        format: "xml",
        mode: "plain",
        kind: "verified-service",
      },
    ],
  });
  await writeFixture(QINGHE, join(folder, "county"));
});
afterEach(async () => {
  killRunning();
  const left = await readPostmaster(cluster());
  // A server that was killed leaves its file behind.
  if (left !== null) spawnSync("kill", ["-KILL", String(left.pid)]);
});
afterAll(async () => {
  await wechat.close();
  await rm(folder, { recursive: true, force: true, maxRetries: 10 });
});

/** Ends the database's server, and gives the moment at which another one takes connections. */
async function end(signal: "SIGKILL" | "SIGINT" | "SIGQUIT"): Promise<void> {
  const before = await readPostmaster(cluster());
  process.kill(before!.pid, signal);
  await expect
    .poll(async () => {
      const now = await readPostmaster(cluster());
      return now?.ready === true && now.pid !== before?.pid ? now.port : null;
    }, PATIENT)
    .toBe(before?.port);
}

describe("a service whose embedded database ends", () => {
  test("starts it again at the same address, and goes on with every message", { timeout: 180_000 }, async () => {
    for (const args of [
      ["import", join(folder, "county")],
      ["channel", "add", "wechat-official", ...ACCOUNT],
    ]) {
      expect(await start(...args).ended).toMatchObject({ status: 0 });
    }
    const service = start("start");
    await expect.poll(() => service.said.err, PATIENT).toMatch(/listens on http/);
    const url = service.said.err.match(/http:\S+/)?.[0] ?? "";
    wechat.setWebhook("oa", `${url}/webhooks/wechat-official/oa`);
    const isReady = () => fetch(`${url}/readyz`).then(({ ok }) => ok);
    const receipts = (name: string) =>
      arrived(wechat.phone("oa", `o_${name}`)).filter((text) => /\d{4}-\d{6}/.test(text)).length;
    for (const signal of ["SIGKILL", "SIGINT", "SIGQUIT"] as const) {
      const names = [0, 1, 2].map((n) => `${signal}-${n}`);
      const say = (name: string) => wechat.phone("oa", `o_${name}`).say("柳河镇柳东村三组路灯坏了");
      const saying = say(names[0]!);
      await end(signal);
      // The platform gives up after its third try: then nobody was told that it was accepted, and they write again.
      if (!(await saying).accepted) await say(names[0]!);
      await expect.poll(isReady, PATIENT).toBe(true);
      for (const name of names.slice(1)) expect(await say(name)).toMatchObject({ accepted: true });
      await expect.poll(() => names.map(receipts), PATIENT).toEqual([1, 1, 1]);
    }
    expect(service.said.err.match(/it is started again/g)).toHaveLength(3);
    const beside = start("cases", "--json");
    expect(await beside.ended).toMatchObject({ status: 0 });
    expect(JSON.parse(beside.said.out)).toHaveLength(9);
    expect(await isReady()).toBe(true);
    service.child.kill("SIGTERM");
    expect(await service.ended).toMatchObject({ status: 0 });
    expect(await readPostmaster(cluster())).toBeNull();
  });

  test("ends with one plain sentence and status 1 where it does not start again", { timeout: 120_000 }, async () => {
    const service = start("start");
    await expect.poll(() => service.said.err, PATIENT).toMatch(/listens on http/);
    await writeFile(join(cluster(), "postgresql.conf"), "nonsense\n");
    const postmaster = await readPostmaster(cluster());
    process.kill(postmaster!.pid, "SIGKILL");
    expect(await service.ended).toMatchObject({ status: 1 });
    const [again, ...sentences] = service.said.err.trim().split("\n").slice(1);
    expect(again).toMatch(/it is started again/);
    expect(sentences).toEqual([expect.stringMatching(/^The embedded Postgres did not start: .*/)]);
  });
});
