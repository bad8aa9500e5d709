import { appendFile, mkdir, open, readFile, rename } from "node:fs/promises";
import { join } from "node:path";
import type { Log } from "./log.ts";

const OURS_ALONE = 0o600;
const KEPT_MS = 7 * 86_400_000;

/** A line of the spool: what waits, and when it was put there. */
type Line<T> = { readonly since: number; readonly content: T };

/** A line of what waits to be handed over, on the disk: it is there after whatever ends the process. */
export type Spool<T> = {
  /** Puts something at the end; resolves when it is on the disk. */
  append(content: T): Promise<void>;
  /** The first that wait, in order. */
  first(most: number): readonly T[];
  size(): number;
  /** Takes the first ones away: they were taken elsewhere. */
  drop(count: number): Promise<void>;
  /** Moves aside what has waited for more than a week. @returns how many there were */
  moveOldAside(): Promise<number>;
  /** Resolves when every write that was begun has ended. */
  settled(): Promise<void>;
};

/**
 * Opens a spool in a folder; there is one process for it.
 *
 * Adding and rewriting are one chain of writes: two would lose what is added while the file is written anew.
 */
export async function openSpool<T>(folder: string, { now, log }: { now: () => Date; log: Log }): Promise<Spool<T>> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const file = join(folder, "waiting.jsonl");
  const waiting = await readLines<T>(file, folder, log);
  let chain: Promise<unknown> = Promise.resolve();

  const inTurn = <R>(work: () => Promise<R>): Promise<R> => {
    const done = chain.then(work, work);
    chain = done.catch(() => undefined);
    return done;
  };
  const rewrite = async (lines: readonly Line<T>[]): Promise<void> => {
    const next = `${file}.next`;
    await writeThrough(next, "w", lines.map(lineOf).join(""));
    await rename(next, file);
    await flushFolder(folder);
  };
  // What was left half written by a process that was ended is on no line of its own any more.
  await inTurn(() => rewrite(waiting));

  return {
    append: (content) =>
      inTurn(async () => {
        const line = { since: now().getTime(), content };
        await writeThrough(file, "a", lineOf(line));
        waiting.push(line);
      }),
    first: (most) => waiting.slice(0, most).map(({ content }) => content),
    size: () => waiting.length,
    drop: (count) =>
      inTurn(async () => {
        await rewrite(waiting.slice(count));
        waiting.splice(0, count);
      }),
    moveOldAside: () =>
      inTurn(async () => {
        const before = now().getTime() - KEPT_MS;
        const old = waiting.filter(({ since }) => since < before);
        if (old.length === 0) return 0;
        await writeThrough(join(folder, "aside.jsonl"), "a", old.map(lineOf).join(""));
        const left = waiting.filter(({ since }) => since >= before);
        await rewrite(left);
        waiting.splice(0, waiting.length, ...left);
        log("moved-aside", { messages: old.length });
        return old.length;
      }),
    settled: async () => void (await chain),
  };
}

function lineOf(line: Line<unknown>): string {
  return `${JSON.stringify(line)}\n`;
}

/** The lines of a file; one that cannot be read, as the last one after a sudden end, was taken by nobody, and is kept aside. */
async function readLines<T>(file: string, folder: string, log: Log): Promise<Line<T>[]> {
  const text = await readFile(file, "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return "";
    throw error;
  });
  const lines: Line<T>[] = [];
  for (const one of text.split("\n").filter((line) => line !== "")) {
    try {
      lines.push(JSON.parse(one));
    } catch {
      await appendFile(join(folder, "unreadable.jsonl"), `${one}\n`, { mode: OURS_ALONE });
      log("unreadable-line");
    }
  }
  return lines;
}

/** Writes and waits until it is on the disk. */
async function writeThrough(file: string, flags: "w" | "a", text: string): Promise<void> {
  const handle = await open(file, flags, OURS_ALONE);
  try {
    await handle.writeFile(text);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function flushFolder(folder: string): Promise<void> {
  const handle = await open(folder, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
