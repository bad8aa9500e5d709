import { createHash } from "node:crypto";
import { mkdir, open, readdir, readFile, rename, rm, stat } from "node:fs/promises";
import { join } from "node:path";

const KEPT_MS = 7 * 86_400_000;
/** The most that is kept of one file: the service takes no more. */
export const MAX_FILE_BYTES = 20 * 1024 * 1024;

/** The files that came with messages, in a folder, each by the id of its message. */
export type KeptFiles = {
  keep(messageId: string, bytes: Uint8Array): Promise<void>;
  /** @returns null where there is none, or none any more */
  read(messageId: string): Promise<Uint8Array | null>;
  /** Removes what was kept for a week. */
  forgetOld(now: Date): Promise<void>;
};

/** Opens the folder of files; their names say nothing of what they are. */
export async function openFiles(folder: string): Promise<KeptFiles> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const pathOf = (messageId: string) => join(folder, createHash("sha256").update(messageId).digest("hex"));
  return {
    async keep(messageId, bytes) {
      const path = pathOf(messageId);
      const handle = await open(`${path}.next`, "w", 0o600);
      try {
        await handle.writeFile(bytes);
        await handle.sync();
      } finally {
        await handle.close();
      }
      await rename(`${path}.next`, path);
    },
    read: (messageId) =>
      readFile(pathOf(messageId)).catch((error: NodeJS.ErrnoException) => {
        if (error.code === "ENOENT") return null;
        throw error;
      }),
    async forgetOld(now) {
      for (const name of await readdir(folder)) {
        const path = join(folder, name);
        const { mtimeMs } = await stat(path);
        if (now.getTime() - mtimeMs > KEPT_MS) await rm(path);
      }
    },
  };
}
