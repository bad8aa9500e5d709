import { readFile, stat } from "node:fs/promises";
import { resolve } from "node:path";

/** A secret, or several, as read from a file or standard input: the text, or why there is none; and what is better mended. */
type SecretText =
  | { readonly ok: true; readonly text: string; readonly warning: string | null }
  | { readonly ok: false; readonly reason: string };

/** A reader of secrets that stand outside of the command line, which others on the machine can read. */
export type SecretReader = {
  /** @param path of a file; `-` is standard input, which can be read once */
  read(path: string): Promise<SecretText>;
};

/** Larger than any file of secrets. */
const MOST_BYTES = 64 * 1024;
const REASONS: Readonly<Record<string, string>> = {
  ENOENT: "does not exist",
  ENOTDIR: "does not exist",
  EACCES: "this user may not read",
  EPERM: "this user may not read",
  EISDIR: "is a folder",
};
/** Of a file that its group or everybody may read. */
const READABLE_BY_OTHERS = 0o044;

/** A reader of secrets for one command. @param folder where relative paths begin */
export function secretReader(folder: string, readInput: () => Promise<string>): SecretReader {
  let isInputTaken = false;
  return {
    async read(path) {
      if (path !== "-") return readSecretFile(path, resolve(folder, path));
      if (isInputTaken) return { ok: false, reason: "standard input, which is named twice and can be read once" };
      isInputTaken = true;
      return checked("standard input, which", withoutMark(await readInput()), null);
    },
  };
}

async function readSecretFile(named: string, path: string): Promise<SecretText> {
  try {
    const found = await stat(path);
    if (found.isFile() && found.size > MOST_BYTES) return { ok: false, reason: `${named}, which is too large` };
    const isOpen = found.isFile() && (found.mode & READABLE_BY_OTHERS) !== 0;
    const warning = isOpen ? `${named} can be read by others on this machine: chmod 600 ${named}` : null;
    const text = decoded(await readFile(path));
    return text === null
      ? { ok: false, reason: `${named}, which is no text` }
      : checked(`${named}, which`, text, warning);
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : "unknown reason";
    return { ok: false, reason: `${named}, which ${REASONS[code] ?? `cannot be read (${code})`}` };
  }
}

function checked(what: string, text: string, warning: string | null): SecretText {
  return text.trim() === "" ? { ok: false, reason: `${what} is empty` } : { ok: true, text, warning };
}

/** UTF-8, or UTF-16 with its mark, as Windows writes it; null when it is neither. */
function decoded(bytes: Uint8Array): string | null {
  const [first, second] = bytes;
  const encoding =
    first === 0xff && second === 0xfe ? "utf-16le" : first === 0xfe && second === 0xff ? "utf-16be" : "utf-8";
  try {
    const text = withoutMark(new TextDecoder(encoding, { fatal: true }).decode(bytes));
    return text.includes("\0") ? null : text;
  } catch {
    return null;
  }
}

function withoutMark(text: string): string {
  return text.replace(/^\ufeff/, "");
}

/** The one secret in a text, without the line end that editors and `echo` put behind it. @returns null where there are more lines */
export function onlyLine(text: string): string | null {
  const line = text.trim();
  return /[\r\n]/.test(line) ? null : line;
}

/** A password in a text: blanks belong to it, the line end behind it does not. */
export function passwordIn(text: string): string {
  return withoutMark(text).replace(/[\r\n]+$/, "");
}

/**
 * The secrets in a text, by name: a line each (`app-secret=…`, `#` begins a comment), or an object in JSON.
 *
 * @returns plain sentences instead, which quote no secret, where it cannot be read
 */
export function namedSecrets(
  text: string,
):
  | { readonly ok: true; readonly secrets: ReadonlyMap<string, string> }
  | { readonly ok: false; readonly reason: string } {
  const entries = text.trimStart().startsWith("{") ? entriesOfJson(text) : entriesOfLines(text);
  if (typeof entries === "string") return { ok: false, reason: entries };
  const names = entries.map(([name]) => name);
  const twice = names.find((name, at) => names.indexOf(name) !== at);
  return twice === undefined
    ? { ok: true, secrets: new Map(entries) }
    : { ok: false, reason: `which gives ${twice} twice` };
}

type Entries = readonly (readonly [string, string])[];

function entriesOfJson(text: string): Entries | string {
  try {
    const entries = Object.entries<unknown>(JSON.parse(text));
    const texts = entries.flatMap(([name, value]) =>
      typeof value === "string" ? [[name, value.trim()] as const] : [],
    );
    return texts.length === entries.length ? texts : "whose values are not all texts";
  } catch {
    return "which begins like JSON and is none";
  }
}

function entriesOfLines(text: string): Entries | string {
  const lines = text.split(/\r\n|\r|\n/).map((line, at) => ({ line: line.trim(), number: at + 1 }));
  const entries: (readonly [string, string])[] = [];
  for (const { line, number } of lines) {
    if (line === "" || line.startsWith("#")) continue;
    const [, name, value] = /^(?:--)?([A-Za-z][\w-]*)\s*=\s*(.*)$/.exec(line) ?? [];
    if (name === undefined || value === undefined) return `whose line ${number} is not NAME=VALUE`;
    entries.push([name, value]);
  }
  return entries;
}
