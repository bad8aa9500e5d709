import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { v7 as newId } from "uuid";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { mediaStore } from "../../../src/casework/runtime/media-store.ts";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "liaison-media-"));
});
afterAll(() => rm(folder, { recursive: true }));

describe("a media store", () => {
  it("keeps what is sent many times at one moment, once, and leaves nothing half written", async () => {
    const store = mediaStore(folder);
    const county = newId();
    const bytes = Buffer.alloc(300_000, 7);
    const hashes = await Promise.all(Array.from({ length: 24 }, () => store.keep(county, bytes)));
    expect(new Set(hashes).size).toBe(1);
    const [hash] = hashes;
    expect(Buffer.compare(await store.read(hash!), bytes)).toBe(0);
    expect(await readdir(join(folder, hash!.slice(0, 2)))).toEqual([hash]);
  });
});
