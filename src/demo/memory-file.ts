import { readFile, rename, writeFile } from "node:fs/promises";
import type { SimulatedWechat } from "./platforms/wechat.ts";

/** A file to which the simulated WeChat's state is written from time to time. */
export type MemoryFile = {
  /** Writes the state a last time, and stops. */
  close(): Promise<void>;
};

const PAUSE_MS = 3000;

/**
 * Restores the simulated WeChat's state from a file and keeps writing it there; a kill loses three seconds of chats.
 *
 * The service needs none of it: what it knows is in its database.
 * @param say is told in a plain sentence when the file cannot be read
 */
export async function keepMemory(
  wechat: SimulatedWechat,
  account: string,
  path: string,
  say: (sentence: string) => void,
): Promise<MemoryFile> {
  const before = await readFile(path, "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return null;
    throw error;
  });
  if (before !== null && !wechat.recall(account, before)) {
    say(`The chats of the simulated WeChat in ${path} are damaged: all phones begin with empty chats.`);
  }
  let hasNews = false;
  let writing: Promise<void> = Promise.resolve();
  const write = async (): Promise<void> => {
    hasNews = false;
    const draft = `${path}.draft`;
    await writeFile(draft, wechat.remember(account), { mode: 0o600 });
    await rename(draft, path);
  };
  const ignore = wechat.listen(() => {
    hasNews = true;
  });
  const timer = setInterval(() => {
    if (hasNews) writing = writing.then(write);
  }, PAUSE_MS);
  return {
    async close() {
      clearInterval(timer);
      ignore();
      await writing;
      await write();
    },
  };
}
