import { createHash, randomUUID } from "node:crypto";
import { mkdir, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { bundleConsole, type ConsoleBundle, type ConsoleFile, ROOT } from "./bundle.ts";

/** The console as it is served: its document and its files. */
export type Console = Pick<ConsoleBundle, "html" | "files">;

const FOLDER = join(ROOT, "dist/console");
const ASSETS = join(FOLDER, "assets");
const INDEX = join(FOLDER, "console.json");

/** The list of what is kept, written last: what it names is there. */
const keptIndex = z.object({
  digest: z.string(),
  html: z.string(),
  files: z.array(z.string()),
  sources: z.array(z.string()),
});

/**
 * The console from `dist/console`; it is bundled anew where nothing is kept there, or where any of its sources has changed since.
 *
 * @throws Error when the sources do not build
 */
export async function keptConsole(): Promise<Console> {
  const kept = await readKept();
  if (kept !== null) return kept;
  const bundle = await bundleConsole();
  try {
    await keepConsole(bundle);
  } catch (error) {
    // An image's files belong to another user: then it is bundled anew at each start.
    if (!["EACCES", "EROFS", "EPERM"].includes((error as NodeJS.ErrnoException).code ?? "")) throw error;
  }
  return bundle;
}

/** Writes a bundle to `dist/console`, and takes away what an earlier one left there. */
export async function keepConsole(bundle: ConsoleBundle): Promise<void> {
  const digest = await digestOf(bundle.sources);
  await mkdir(ASSETS, { recursive: true });
  for (const { name, body } of bundle.files) await writeWhole(join(ASSETS, name), body);
  const names = bundle.files.map(({ name }) => name);
  const index = { digest, html: bundle.html, files: names, sources: bundle.sources };
  await writeWhole(INDEX, JSON.stringify(index));
  for (const name of await readdir(ASSETS))
    if (!names.includes(name) && !name.endsWith(".draft")) await rm(join(ASSETS, name), { force: true });
}

/** Readers see the file as it was or as it is, never half of it. */
async function writeWhole(path: string, body: string): Promise<void> {
  const draft = `${path}.${randomUUID()}.draft`;
  await writeFile(draft, body);
  await rename(draft, path);
}

async function readKept(): Promise<Console | null> {
  try {
    const index = keptIndex.safeParse(JSON.parse(await readFile(INDEX, "utf8"))).data;
    if (index === undefined || index.digest !== (await digestOf(index.sources))) return null;
    const read = async (name: string): Promise<ConsoleFile> => ({
      name,
      body: await readFile(join(ASSETS, name), "utf8"),
    });
    return { html: index.html, files: await Promise.all(index.files.map(read)) };
  } catch (error) {
    if (error instanceof SyntaxError || (error as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw error;
  }
}

async function digestOf(paths: readonly string[]): Promise<string> {
  const digest = createHash("sha256");
  for (const content of await Promise.all(paths.map((path) => readFile(join(ROOT, path))))) digest.update(content);
  return digest.digest("hex");
}
