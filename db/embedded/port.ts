import { readFile, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { join } from "node:path";

const FILE = "liaison.port";

/**
 * The port on which the server of a cluster is to listen: that of last time where it is free, so that whoever was connected
 * finds it again; otherwise any free one.
 * @param folder of the cluster
 */
export async function choosePort(folder: string): Promise<number> {
  const kept = Number(await readFile(join(folder, FILE), "utf8").catch(() => ""));
  const last = Number.isInteger(kept) && kept > 0 && kept < 65_536 ? await listenOnce(kept).catch(() => null) : null;
  return last ?? listenOnce(0);
}

/** Keeps the port for the next time. */
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
