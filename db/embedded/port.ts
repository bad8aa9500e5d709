import { readFile, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";

const FILE = "liaison.port";
const TRIES = 10;
const PAUSE_MS = 100;

/**
 * The port on which the server of a cluster is to listen: the last one where it is free, so that whoever was connected
 * finds it again; otherwise any free one.
 * @param folder of the cluster
 */
export async function choosePort(folder: string): Promise<number> {
  const kept = Number(await readFile(join(folder, FILE), "utf8").catch(() => ""));
  if (Number.isInteger(kept) && kept > 0 && kept < 65_536) {
    // A server that has just ended may hold it for a moment yet.
    for (let tries = 0; tries < TRIES; tries += 1) {
      const port = await listenOnce(kept).catch(() => null);
      if (port !== null) return port;
      await pause(PAUSE_MS);
    }
  }
  return listenOnce(0);
}

/** Writes down the port of a cluster for its next start. */
export async function keepPort(folder: string, port: number): Promise<void> {
  await writeFile(join(folder, FILE), `${port}\n`, { mode: 0o600 });
}

/** @throws when somebody else listens there */
function listenOnce(port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(port, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" && address !== null ? address.port : 0));
    });
  });
}
