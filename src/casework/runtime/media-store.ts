import { randomUUID } from "node:crypto";
import { mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { mediaHash } from "../../../db/media-hash.ts";

/** A store of what residents send, by the hash of county and content: what one county erases, another may still show. */
export type MediaStore = {
  keep(jurisdictionId: string, bytes: Uint8Array): Promise<string>;
  read(hash: string): Promise<Uint8Array>;
  /** Does nothing where there is none. */
  remove(hash: string): Promise<void>;
};

/** A media store in a folder; files are readable by this user alone. */
export function mediaStore(folder: string): MediaStore {
  const path = (hash: string) => join(folder, hash.slice(0, 2), hash);
  return {
    async keep(jurisdictionId, bytes) {
      const hash = mediaHash(jurisdictionId, bytes);
      await mkdir(join(folder, hash.slice(0, 2)), { recursive: true, mode: 0o700 });
      const draft = `${path(hash)}.${randomUUID()}.part`;
      await writeFile(draft, bytes, { mode: 0o600 });
      await rename(draft, path(hash));
      return hash;
    },
    read: (hash) => readFile(path(hash)),
    remove: (hash) => rm(path(hash), { force: true }),
  };
}
