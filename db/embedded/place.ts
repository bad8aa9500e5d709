import { randomBytes } from "node:crypto";
import { link, mkdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { type Binaries, canEnter, canRun, chooseRunner, copyBinaries, findBinaries, type Runner } from "./binaries.ts";
import { type Cluster, giveTo } from "./cluster.ts";

/** Says where the cluster of a data folder is, when it is not in it. */
const POINTER = "postgres.place";
/** Where programs and clusters go that their user could not reach otherwise; exists on every Unix, and lasts. */
const SYSTEM_FOLDER = "/var/lib/liaison";

/**
 * Decides where the cluster of a data folder lies and with which programs it runs.
 *
 * As root, Postgres runs as another user. Where this user cannot enter the data folder or the programs' folder, what it
 * needs goes to /var/lib/liaison, and `say` is given one sentence about it. A cluster never moves once it exists.
 * @param folder absolute
 * @throws Error with a plain sentence when no place can be found
 */
export async function placeCluster(folder: string, say: (sentence: string) => void): Promise<Cluster> {
  await mkdir(folder, { recursive: true });
  const runner = await chooseRunner();
  const binaries = await reachableBinaries(runner, say);
  const pointed = await readPointer(folder);
  if (pointed !== null) return { folder: pointed, binaries, runner };
  const within = join(folder, "postgres");
  if (canEnter(folder, runner)) {
    // A folder of its own below the data folder, which stays ours: the cluster's user must own what it is made in.
    await giveTo(within, runner);
    return { folder: join(within, "cluster"), binaries, runner };
  }
  if (await exists(within))
    throw unreachable(folder, `let the user postgres enter it (chmod o+x on it and what is above it)`);
  const outside = await placeOutside(folder, runner);
  say(`Postgres does not run as root, and its user cannot enter ${folder}: the database is kept in ${outside}.`);
  return { folder: outside, binaries, runner };
}

async function reachableBinaries(runner: Runner, say: (sentence: string) => void): Promise<Binaries> {
  const found = findBinaries();
  if (canRun(found, runner)) return found;
  if (runner === null)
    throw new Error(`The embedded Postgres does not run on this machine: set DATABASE_URL to a Postgres 15 or newer.`);
  const copied = await inSystemFolder("the programs of Postgres", () => copyBinaries(found, SYSTEM_FOLDER, say));
  if (!canRun(copied, runner)) throw unreachable(SYSTEM_FOLDER, "start Liaison as another user than root");
  return copied;
}

async function placeOutside(folder: string, runner: Runner): Promise<string> {
  const parent = join(SYSTEM_FOLDER, randomBytes(8).toString("hex"));
  await inSystemFolder("the database", () => giveTo(parent, runner));
  if (!canEnter(parent, runner)) {
    throw unreachable(SYSTEM_FOLDER, "start Liaison as another user than root");
  }
  const place = join(parent, "cluster");
  if (await writePointer(folder, place)) return place;
  await rm(parent, { recursive: true, force: true });
  return (await readPointer(folder)) ?? place;
}

async function inSystemFolder<T>(what: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw new Error(
      `Postgres does not run as root, its user cannot enter this folder, and ${SYSTEM_FOLDER} cannot hold ${what}: set LIAISON_DATA to a folder that everybody can enter, start Liaison as another user, or set DATABASE_URL.`,
      { cause: error },
    );
  }
}

function unreachable(folder: string, remedy: string): Error {
  return new Error(
    `Postgres does not run as root, and its user cannot enter ${folder}: ${remedy}, or set DATABASE_URL.`,
  );
}

async function readPointer(folder: string): Promise<string | null> {
  try {
    return (await readFile(join(folder, POINTER), "utf8")).trim();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw error;
  }
}

/** @returns false when another process has written one before; the file appears with its content or not at all */
async function writePointer(folder: string, place: string): Promise<boolean> {
  const draft = join(folder, `${POINTER}.${randomBytes(6).toString("hex")}`);
  await writeFile(draft, `${place}\n`);
  try {
    await link(draft, join(folder, POINTER));
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  } finally {
    await rm(draft, { force: true });
  }
}

async function exists(path: string): Promise<boolean> {
  try {
    await stat(path);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return false;
    throw error;
  }
}
