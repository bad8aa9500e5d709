import { mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { keptPhones } from "../../src/demo/phones-kept.ts";

let folder: string;
let path: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "liaison-kept-"));
  path = join(folder, "page.json");
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const kept = async () => JSON.parse(await readFile(path, "utf8"));

describe("the phones page that is kept", () => {
  it("is bundled once, of our sources, the packages that it uses and the bundler in its version", async () => {
    const first = await keptPhones(path);
    const { ino } = await stat(path);
    expect(await keptPhones(path)).toEqual(first);
    expect((await stat(path)).ino).toBe(ino);
    for (const source of ["phones-assets.ts", "phones/app.tsx", "phones/styles/page.css"])
      expect(first.sources).toContain(source);
    for (const source of ["node_modules/react-dom/client.js", "node_modules/esbuild/package.json"])
      expect(first.sources).toContain(`../../${source}`);
  });

  it.each([
    ["was made of other sources", (page: { digest: string }) => ({ ...page, digest: "0" })],
    [
      "was made of a file that is gone",
      (page: { assets: object }) => ({ ...page, assets: { ...page.assets, sources: ["phones/gone.tsx"] } }),
    ],
    ["was kept by another version", (page: object) => ({ page })],
  ])("is bundled anew when it %s", async (_what, change) => {
    const first = await keptPhones(path);
    const before = await kept();
    await writeFile(path, JSON.stringify(change({ ...before, assets: { ...before.assets, html: "old" } })));
    expect(await keptPhones(path)).toEqual(first);
    expect(await kept()).toEqual(before);
  });

  it("is bundled anew when only half of it was written", async () => {
    const first = await keptPhones(path);
    await writeFile(path, (await readFile(path)).subarray(0, 1000));
    expect(await keptPhones(path)).toEqual(first);
  });
});
