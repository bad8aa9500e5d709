import { randomBytes } from "node:crypto";
import { access, link, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";

const FILE = "secret";
const KEY_BYTES = 32;
/**
 * The message that the master key is not the one that sealed the data.
 *
 * With another key every message would be refused at the webhook, and what is added now could not be read later.
 */
export const WRONG_KEY =
  "The key at hand is not the one that sealed these data: set LIAISON_SECRET to the one that was in use before.";
/** Whatever shows that there is data which the lost key had sealed. */
const TRACES = ["postgres/cluster/PG_VERSION", "postgres.place"];

/**
 * The master key of a data folder, made on first use and readable by this user alone.
 * @throws Error with a plain sentence when the file is damaged, or is missing although there is data
 */
export async function keepSecret(dataFolder: string): Promise<Uint8Array> {
  const path = secretPath(dataFolder);
  const kept = await findSecret(dataFolder);
  if (kept !== null) return kept;
  if (await hasData(dataFolder)) {
    // Another process may have made the key, and then the data, since we looked.
    const meanwhile = await findSecret(dataFolder);
    if (meanwhile !== null) return meanwhile;
    throw new Error(
      `The key ${path} is missing, and without it the data in ${dataFolder} cannot be read: restore it, or set LIAISON_SECRET.`,
    );
  }
  await mkdir(dataFolder, { recursive: true });
  await writeOnce(path, `${randomBytes(KEY_BYTES).toString("base64")}\n`);
  return keepSecret(dataFolder);
}

/** The path of a data folder's master key. */
export const secretPath = (dataFolder: string): string => join(dataFolder, FILE);

/**
 * The master key of a data folder, or null when it has none.
 * @throws Error with a plain sentence when the file is damaged
 */
export async function findSecret(dataFolder: string): Promise<Uint8Array | null> {
  const path = secretPath(dataFolder);
  let text: string;
  try {
    text = await readFile(path, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw error;
  }
  const key = Buffer.from(text.trim(), "base64");
  if (key.length !== KEY_BYTES) throw new Error(`The key ${path} is damaged: restore it, or set LIAISON_SECRET.`);
  return new Uint8Array(key);
}

async function hasData(dataFolder: string): Promise<boolean> {
  const found = await Promise.all(
    TRACES.map((trace) =>
      access(join(dataFolder, trace)).then(
        () => true,
        () => false,
      ),
    ),
  );
  return found.includes(true);
}

/** The file appears with its whole content, or was there before. */
async function writeOnce(path: string, content: string): Promise<void> {
  const draft = `${path}.${randomBytes(6).toString("hex")}`;
  await writeFile(draft, content, { mode: 0o600 });
  try {
    await link(draft, path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
  } finally {
    await rm(draft, { force: true });
  }
}
