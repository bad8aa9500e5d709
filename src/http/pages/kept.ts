import { createHash, randomUUID } from "node:crypto";
import { mkdir, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { bundleConsole, type ConsoleBundle, type ConsoleFile, ROOT } from "./bundle.ts";
import { bundleAnswerPage, bundleWebChat } from "./small-page-bundle.ts";

/** The console as it is served: its document and its files. */
export type Console = Pick<ConsoleBundle, "html" | "files">;

type Bundle = Console & Pick<ConsoleBundle, "sources">;

/** A place in `dist` where a bundle is kept: its index, and beside it the folder of its files. */
type Place = { readonly assets: string; readonly index: string };

const placeOf = (name: string): Place => ({
  assets: join(ROOT, "dist", name, "assets"),
  index: join(ROOT, "dist", name, `${name}.json`),
});

const CONSOLE = placeOf("console");
const WEB_CHAT = placeOf("web-chat");
const ANSWER_PAGE = placeOf("answer-page");

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
export function keptConsole(): Promise<Console> {
  return keptOrBundled(CONSOLE, bundleConsole);
}

/** The web chat's page from `dist/web-chat`, as {@link keptConsole}; its `html` is the part of the head that names its files. */
export function keptWebChat(): Promise<Console> {
  return keptOrBundled(WEB_CHAT, bundleWebChat);
}

/** The page on which deputies answer from `dist/answer-page`, as {@link keptWebChat}. */
export function keptAnswerPage(): Promise<Console> {
  return keptOrBundled(ANSWER_PAGE, bundleAnswerPage);
}

async function keptOrBundled(place: Place, make: () => Promise<Bundle>): Promise<Console> {
  const kept = await readKept(place);
  if (kept !== null) return kept;
  const bundle = await make();
  try {
    await keepBundle(place, bundle);
  } catch (error) {
    // An image's files belong to another user: then it is bundled anew at each start.
    if (!["EACCES", "EROFS", "EPERM"].includes((error as NodeJS.ErrnoException).code ?? "")) throw error;
  }
  return bundle;
}

/** Writes a bundle to `dist/console`, and takes away what an earlier one left there. */
export function keepConsole(bundle: Bundle): Promise<void> {
  return keepBundle(CONSOLE, bundle);
}

/** Writes a bundle to `dist/web-chat`, and takes away what an earlier one left there. */
export function keepWebChat(bundle: Bundle): Promise<void> {
  return keepBundle(WEB_CHAT, bundle);
}

/** Writes a bundle to `dist/answer-page`, and takes away what an earlier one left there. */
export function keepAnswerPage(bundle: Bundle): Promise<void> {
  return keepBundle(ANSWER_PAGE, bundle);
}

async function keepBundle({ assets, index: file }: Place, bundle: Bundle): Promise<void> {
  const digest = await digestOf(bundle.sources);
  await mkdir(assets, { recursive: true });
  for (const { name, body } of bundle.files) await writeWhole(join(assets, name), body);
  const names = bundle.files.map(({ name }) => name);
  const index = { digest, html: bundle.html, files: names, sources: bundle.sources };
  await writeWhole(file, JSON.stringify(index));
  for (const name of await readdir(assets))
    if (!names.includes(name) && !name.endsWith(".draft")) await rm(join(assets, name), { force: true });
}

/** Readers see the file as it was or as it is, never half of it. */
async function writeWhole(path: string, body: string): Promise<void> {
  const draft = `${path}.${randomUUID()}.draft`;
  await writeFile(draft, body);
  await rename(draft, path);
}

async function readKept({ assets, index: file }: Place): Promise<Console | null> {
  try {
    const index = keptIndex.safeParse(JSON.parse(await readFile(file, "utf8"))).data;
    if (index === undefined || index.digest !== (await digestOf(index.sources))) return null;
    const read = async (name: string): Promise<ConsoleFile> => ({
      name,
      body: await readFile(join(assets, name), "utf8"),
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
