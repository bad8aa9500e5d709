import { execFileSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Entry, readArchive, writeArchive } from "../../../db/backup/archive.ts";

let root: string;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), "liaison-archive-"));
});
afterAll(() => rm(root, { recursive: true, force: true }));

describe("an archive", () => {
  const entries = async function* (given: readonly Entry[]) {
    yield* given;
  };
  const read = async (path: string) => {
    const found: Entry[] = [];
    for await (const entry of readArchive(path)) found.push(entry);
    return found;
  };

  test("gives back what went in, at every size around a block, and is what tar understands", async () => {
    const path = join(root, "sizes.tar.gz");
    const given = [0, 1, 511, 512, 513, 100_000].map((size) => ({ name: `sizes/${size}`, bytes: randomBytes(size) }));
    await writeArchive(path, entries(given));
    expect((await read(path)).map(({ name, bytes }) => [name, Buffer.from(bytes)])).toEqual(
      given.map(({ name, bytes }) => [name, bytes]),
    );
    const listed = execFileSync("tar", ["tzf", path], { encoding: "utf8" }).trim().split("\n");
    expect(listed).toEqual(given.map(({ name }) => name));
    expect(execFileSync("tar", ["xzOf", path, "sizes/513"])).toEqual(given[4]!.bytes);
  });

  test("that ends too early is refused at every length", async () => {
    const path = join(root, "early.tar.gz");
    await writeArchive(path, entries([{ name: "a", bytes: randomBytes(2000) }]));
    const whole = await readFile(path);
    for (let length = 0; length < whole.length; length += 97) {
      await writeFile(join(root, "cut"), whole.subarray(0, length));
      await expect(read(join(root, "cut"))).rejects.toThrow();
    }
  });
});
