import { createHash } from "node:crypto";
import { z } from "zod";
import type { Vault } from "../vault.ts";
import { type Entry, readArchive } from "./archive.ts";

/** The names of an archive's entries. */
const MANIFEST = "manifest.json";
const MANIFEST_MAC = "manifest.mac";
/** The prefix of the entries that hold the rows of a table. */
export const TABLES = "tables/";
/** The prefix of the entries that hold the residents' photos. */
export const MEDIA = "media/";

const manifest = z.object({
  format: z.literal(1),
  madeAt: z.iso.datetime(),
  /** The moment of the newest migration, as drizzle's journal gives it. */
  schemaVersion: z.number(),
  postgres: z.string(),
  /** Tells whether a master key is the one with which the data were sealed; says nothing about the key itself. */
  keyCheck: z.string(),
  /** SHA-256 over the names and contents of all entries before the manifest, in their order. */
  digest: z.string(),
  tables: z.array(z.object({ name: z.string(), columns: z.array(z.string()), rows: z.number() })),
  sequences: z.array(z.object({ name: z.string(), value: z.string(), isCalled: z.boolean() })),
  media: z.object({ kept: z.number(), missing: z.number() }),
});

/** The manifest of a backup: what it holds, of when and of which version, with a digest over all of it. */
export type Manifest = z.infer<typeof manifest>;

const KEY_CHECK = "liaison backup";
const MANIFEST_PURPOSE = "backup manifest";

/** The key check value of a master key: a keyed hash of a known text, equal for the same key alone. */
export const keyCheckOf = (vault: Vault): string => vault.blindIndex(KEY_CHECK, KEY_CHECK);

const macOf = (vault: Vault, text: string): string => vault.blindIndex(text, MANIFEST_PURPOSE);

/** The last two entries of a backup. */
export function manifestEntries(vault: Vault, content: Manifest): Entry[] {
  const text = JSON.stringify(content, null, 2);
  return [
    { name: MANIFEST, bytes: Buffer.from(text) },
    { name: MANIFEST_MAC, bytes: Buffer.from(macOf(vault, text)) },
  ];
}

/** A running digest of entries; see `Manifest.digest`. */
export function createDigest(): { add(entry: Entry): void; value(): string } {
  const hash = createHash("sha256");
  return {
    add({ name, bytes }) {
      hash.update(`${name}\0${bytes.length}\0`).update(bytes);
    },
    value: () => hash.copy().digest("hex"),
  };
}

/** The result of checking a backup: it is whole and belongs to this key, or a plain sentence that says why not. */
export type CheckedBackup =
  | { readonly ok: true; readonly manifest: Manifest }
  | { readonly ok: false; readonly reason: string };

/** Reads a backup from its beginning to its end, and changes nothing. */
export async function checkBackup(file: string, vault: Vault): Promise<CheckedBackup> {
  const damaged = (why: string): CheckedBackup => ({
    ok: false,
    reason: `${file} is no whole backup: ${why}. Take another one.`,
  });
  const digest = createDigest();
  let found: { text: string; digest: string } | null = null;
  let mac: string | null = null;
  try {
    for await (const entry of readArchive(file)) {
      if (entry.name === MANIFEST) found = { text: Buffer.from(entry.bytes).toString("utf8"), digest: digest.value() };
      else if (entry.name === MANIFEST_MAC) mac = Buffer.from(entry.bytes).toString("utf8");
      else digest.add(entry);
    }
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === "ENOENT") return { ok: false, reason: `There is no file ${file}.` };
    return damaged(code === "Z_BUF_ERROR" ? "it is cut off" : message);
  }
  if (found === null || mac === null) return damaged("it lacks its table of contents");
  const parsed = manifest.safeParse(parseJson(found.text));
  if (!parsed.success) return damaged("another version of Liaison made it, or something else did");
  if (parsed.data.keyCheck !== keyCheckOf(vault)) {
    return {
      ok: false,
      reason: `The key at hand does not open ${file}: set LIAISON_SECRET to the key that was in use when it was made, or put that key's file into the data folder.`,
    };
  }
  if (mac !== macOf(vault, found.text) || parsed.data.digest !== found.digest) {
    return damaged("it was changed after it was made");
  }
  return { ok: true, manifest: parsed.data };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}
