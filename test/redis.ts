import { spawn, spawnSync } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Redis } from "ioredis";

/** Whether tests that need Redis can run here: `redis-server` is on the PATH. */
export const hasRedis = spawnSync("redis-server", ["--version"]).status === 0;

/** A Redis of its own for one test file, that keeps nothing. */
export type TestRedis = { readonly url: string; close(): Promise<void> };

/** Starts a Redis on a free port of 127.0.0.1, or again on the port that is given. */
export async function testRedis(port?: number): Promise<TestRedis> {
  const listening = port ?? (await freePort());
  const folder = await mkdtemp(join(tmpdir(), "liaison-redis-"));
  const flags = [
    "--port",
    String(listening),
    "--bind",
    "127.0.0.1",
    "--save",
    "",
    "--appendonly",
    "no",
    "--dir",
    folder,
  ];
  const server = spawn("redis-server", flags, { stdio: "ignore" });
  const ended = new Promise((resolve) => server.once("close", resolve));
  const url = `redis://127.0.0.1:${listening}`;
  const client = new Redis(url, { maxRetriesPerRequest: 200, retryStrategy: () => 25 });
  client.on("error", () => undefined);
  await client.ping();
  client.disconnect();
  return {
    url,
    async close() {
      server.kill("SIGKILL");
      await ended;
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" && address !== null ? address.port : 0));
    });
  });
}
