import { spawn } from "node:child_process";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { startChild } from "./child.ts";
import type { Environment } from "./environment.ts";
import { type Effort, inPairs, type Line, pairedLine } from "./measure.ts";

const MAIN = fileURLToPath(new URL("../../src/main.js", import.meta.url));

/**
 * A second `npm run demo` on the same data until its page can be opened, against a process that only loads the same modules
 * and starts the same database.
 */
export async function start(environment: Environment, { short }: Effort): Promise<Line[]> {
  const folder = join(await environment.folder(), "data");
  await startDemo(folder);
  const pairs = await inPairs(
    short ? 1 : 5,
    () => startDemo(folder),
    () => startLimit(folder),
  );
  return [pairedLine("start", pairs, { unit: "ms", target: { atMost: 1.5 } })];
}

/** Milliseconds until it says that it is ready; ended as Ctrl+C ends it. */
async function startDemo(folder: string): Promise<number> {
  const begin = performance.now();
  const demo = spawn(process.execPath, [MAIN, "demo"], {
    env: { ...process.env, LIAISON_DATA: folder, PORT: "0", DATABASE_URL: "", REDIS_URL: "" },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const ended = new Promise<void>((resolve) => demo.once("close", () => resolve()));
  const said: string[] = [];
  const ready = new Promise<number>((resolve, reject) => {
    for (const stream of [demo.stdout, demo.stderr]) {
      createInterface({ input: stream }).on("line", (line) => {
        said.push(line);
        if (line.includes("Phones in the browser")) resolve(performance.now() - begin);
      });
    }
    demo.once("close", (code) => reject(new Error(`the demo ended with ${code}: ${said.join("\n")}`)));
  });
  try {
    return await ready;
  } finally {
    demo.kill("SIGINT");
    await ended;
  }
}

async function startLimit(folder: string): Promise<number> {
  const begin = performance.now();
  const limit = await startChild("start-limit", { folder });
  const tookMs = performance.now() - begin;
  await limit.stop();
  return tookMs;
}
