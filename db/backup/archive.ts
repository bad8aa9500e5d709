import { createReadStream, createWriteStream } from "node:fs";
import { pipeline } from "node:stream/promises";
import { createGunzip, createGzip } from "node:zlib";

/** An entry of an archive: a name and its bytes, small enough to be held in memory. */
export type Entry = { readonly name: string; readonly bytes: Uint8Array };

const BLOCK = 512;
const GZIP_LEVEL = 4;
const LONGEST_NAME = 100;

/**
 * Writes entries into a tar file packed with gzip (POSIX ustar), which `tar tzf` lists, and flushes it to the disk.
 * @param path must not exist; only this user may read it
 * @throws whatever `entries` throws, or the disk; what was written by then stays behind
 */
export async function writeArchive(path: string, entries: AsyncIterable<Entry>): Promise<void> {
  const file = createWriteStream(path, { flags: "wx", mode: 0o600, flush: true });
  await pipeline(blocksOf(entries), createGzip({ level: GZIP_LEVEL }), file);
}

async function* blocksOf(entries: AsyncIterable<Entry>): AsyncGenerator<Uint8Array> {
  for await (const { name, bytes } of entries) {
    yield header(name, bytes.length);
    yield bytes;
    yield Buffer.alloc(padding(bytes.length));
  }
  yield Buffer.alloc(2 * BLOCK);
}

const padding = (size: number) => (BLOCK - (size % BLOCK)) % BLOCK;

function header(name: string, size: number): Uint8Array {
  if (Buffer.byteLength(name) > LONGEST_NAME) throw new RangeError(`${name} is too long a name for an archive.`);
  const block = Buffer.alloc(BLOCK);
  const octal = (value: number, at: number, digits: number) => {
    block.write(value.toString(8).padStart(digits, "0"), at, "ascii");
  };
  block.write(name, 0, "utf8");
  octal(0o600, 100, 7);
  octal(0, 108, 7);
  octal(0, 116, 7);
  octal(size, 124, 11);
  octal(0, 136, 11);
  block.write("        0", 148, "ascii");
  block.write("ustar\x0000", 257, "ascii");
  octal(
    block.reduce((sum, byte) => sum + byte, 0),
    148,
    6,
  );
  block.writeUInt16BE(0x0020, 154);
  return block;
}

/**
 * Reads an archive entry by entry, in the order in which they were written.
 * @throws Error when the file is cut off, damaged, or no archive
 */
export async function* readArchive(path: string): AsyncGenerator<Entry> {
  const unpacked = createGunzip();
  const reading = pipeline(createReadStream(path), unpacked);
  // Whatever fails here reaches `unpacked` too, and with it whoever reads.
  reading.catch(() => undefined);
  const chunks = unpacked[Symbol.asyncIterator]();
  const take = taker(chunks);
  try {
    for (;;) {
      const block = await take(BLOCK);
      const name = textIn(block, 0, LONGEST_NAME);
      // The checksum of all stands behind the last byte: only who reads to the end knows that it is right.
      if (name === "") return await drain(chunks);
      const size = Number.parseInt(textIn(block, 124, 12), 8);
      if (textIn(block, 257, 5) !== "ustar" || !(size >= 0)) throw new Error("it is no archive");
      const bytes = await take(size);
      await take(padding(size));
      yield { name, bytes };
    }
  } finally {
    unpacked.destroy();
  }
}

function textIn(block: Buffer, at: number, length: number): string {
  const field = block.subarray(at, at + length);
  const end = field.indexOf(0);
  return field.toString("utf8", 0, end === -1 ? length : end).trim();
}

async function drain(chunks: AsyncIterator<Buffer>): Promise<void> {
  while (!(await chunks.next()).done);
}

function taker(chunks: AsyncIterator<Buffer>): (size: number) => Promise<Buffer> {
  let held: Buffer[] = [];
  let length = 0;
  return async (size) => {
    while (length < size) {
      const next = await chunks.next();
      if (next.done) throw new Error("it is cut off");
      held.push(next.value);
      length += next.value.length;
    }
    const all = Buffer.concat(held);
    held = [all.subarray(size)];
    length -= size;
    return all.subarray(0, size);
  };
}
