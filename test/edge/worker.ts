import { type ChildProcess, spawn } from "node:child_process";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";

const ROOT = join(import.meta.dirname, "../..");

/** The secret that edge and service share in a test. */
export const EDGE_SECRET = "a secret of the tests, long enough".replaceAll(" ", "-");

/** An edge that runs in workerd. */
export type TestEdge = {
  readonly url: string;
  /** Ends it; what waits stays in its folder. */
  stop(): Promise<void>;
  /** Starts it again where it was, with what waits. */
  restart(): Promise<void>;
  close(): Promise<void>;
};

/**
 * Starts the edge of `wrangler.toml` with these settings and secrets.
 * @param values by name, such as ORIGIN and ACCOUNTS
 */
export async function startEdge(values: Readonly<Record<string, string>>): Promise<TestEdge> {
  const folder = await mkdtemp(join(tmpdir(), "liaison-edge-"));
  const config = join(folder, "wrangler.toml");
  const settings = await readFile(join(ROOT, "wrangler.toml"), "utf8");
  await writeFile(config, settings.replace('"src/edge.ts"', JSON.stringify(join(ROOT, "src/edge.ts"))));
  const all = { EDGE_SECRET, ...values };
  const bindings = Object.fromEntries(
    Object.entries(all).map(([name, value]) => [name, { type: "secret_text", value }]),
  );
  await mkdir(join(folder, "home"));
  let running: { readonly child: ChildProcess; readonly url: string; readonly ended: Promise<unknown> } | null = null;
  const start = async () => {
    const { PATH, TMPDIR } = process.env;
    const child = spawn(
      process.execPath,
      [join(import.meta.dirname, "host.ts"), config, join(folder, "kept"), JSON.stringify(bindings)],
      {
        cwd: folder,
        // Nothing is asked of the network, and nothing is written outside of this folder.
        env: {
          ...{ PATH, TMPDIR, HOME: join(folder, "home"), XDG_CONFIG_HOME: join(folder, "home") },
          ...{ CLOUDFLARE_CF_FETCH_ENABLED: "false", WRANGLER_SEND_METRICS: "false" },
        },
        stdio: ["ignore", "ignore", "pipe", "ipc"],
      },
    );
    const said = text(child.stderr!);
    const ended = new Promise((resolve) => child.once("exit", resolve));
    const url = await Promise.race([
      new Promise<string>((resolve) => child.once("message", (address) => resolve(String(address)))),
      ended.then(async () => {
        throw new Error(`The edge did not start: ${await said}`);
      }),
    ]);
    running = { child, url, ended };
  };
  const stop = async () => {
    running?.child.disconnect();
    await running?.ended;
    running = null;
  };
  await start();
  return {
    get url() {
      return running?.url ?? "";
    },
    stop,
    restart: start,
    async close() {
      await stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
