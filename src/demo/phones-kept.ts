import { createHash } from "node:crypto";
import { readFile, rename, writeFile } from "node:fs/promises";
import { z } from "zod";
import { bundlePhones, type PhonesAssets } from "./phones-assets.ts";

/** The page, and a digest over everything of which it was made. */
const keptPage = z.object({
  digest: z.string(),
  assets: z.object({
    html: z.string(),
    files: z.array(z.object({ path: z.string(), contentType: z.string(), body: z.string() })),
    sources: z.array(z.string()),
  }),
});
type Kept = z.output<typeof keptPage>;

/**
 * The bundled phones page from a file of the data folder; it is bundled anew when any of its inputs has changed: our
 * sources, the packages that it uses, the bundler.
 * @throws Error when the sources do not build
 */
export async function keptPhones(path: string): Promise<PhonesAssets> {
  const kept = await readKept(path);
  if (kept !== null && kept.digest === (await digestOf(kept.assets.sources))) return kept.assets;
  const assets = await bundlePhones();
  const digest = await digestOf(assets.sources);
  const draft = `${path}.${process.pid}`;
  await writeFile(draft, JSON.stringify({ digest, assets }));
  await rename(draft, path);
  return assets;
}

/** Null when there is none, or what is there is none. */
async function readKept(path: string): Promise<Kept | null> {
  try {
    return keptPage.safeParse(JSON.parse(await readFile(path, "utf8"))).data ?? null;
  } catch (error) {
    if (error instanceof SyntaxError || (error as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw error;
  }
}

/** Null when one of the files is gone. */
async function digestOf(paths: readonly string[]): Promise<string | null> {
  const digest = createHash("sha256");
  try {
    for (const content of await Promise.all(paths.map((path) => readFile(new URL(path, import.meta.url)))))
      digest.update(content);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw error;
  }
  return digest.digest("hex");
}
