import { type Finding, invalidAt } from "./finding.ts";
import { MOST_BYTES, type Ruleset, readRuleset } from "./ruleset.ts";

/** A rule set that cannot be taken: every mistake with its place. */
type Refused = { readonly ok: false; readonly findings: readonly Finding[] };

/** What a set may have besides its rules, and for each of them on average; an office's rule has 100 to 500 bytes. */
const BYTES_BESIDES = 64 * 1024;
const BYTES_PER_RULE = 1024;
const LONGEST_FINDING = 300;
const LONGEST_RULE = 64;
const LONGEST_VALUE = 100;
const MOST_LISTED = 20;

/**
 * Parses the JSON of a rule set from a file or a request; what is too large is refused before it is parsed.
 * @param bytes UTF-8, with or without a byte order mark; more than {@link MOST_BYTES} are too many, and so is much more
 * than as many rules need
 */
export function parseContent(bytes: Uint8Array): { readonly ok: true; readonly content: unknown } | Refused {
  if (bytes.byteLength > MOST_BYTES) {
    return refused(invalidAt(null, "too-large", { most: MOST_BYTES }));
  }
  let text: string;
  try {
    text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return refused(invalidAt(null, "not-utf8", {}));
  }
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch (error) {
    const said = error instanceof Error ? error.message : String(error);
    return refused(invalidAt(null, "no-json", { said }));
  }
  const rules = countRules(content);
  const most = BYTES_BESIDES + BYTES_PER_RULE * rules;
  if (bytes.byteLength <= most) return { ok: true, content };
  // Whatever makes it so large is mostly a mistake with a place of its own.
  const read = readContent(content);
  return read.ok
    ? refused(invalidAt(null, "too-large-for-rules", { bytes: bytes.byteLength, count: rules, most }))
    : read;
}

function countRules(content: unknown): number {
  if (typeof content !== "object" || content === null || !("rules" in content)) return 0;
  return Array.isArray(content.rules) ? content.rules.length : 0;
}

/**
 * Reads a rule set that is to be stored: what {@link readRuleset} asks, and that a database can keep every text of it.
 * @returns the rules, or every mistake, in findings of at most 300 characters
 */
export function readContent(content: unknown): { readonly ok: true; readonly ruleset: Ruleset } | Refused {
  const read = readRuleset(content);
  if (!read.ok) return { ok: false, findings: read.findings.map(shortened) };
  const at = unstorable(content, "");
  return at === null ? read : refused(invalidAt(at, "cannot-be-stored", {}));
}

/** The place of the first text with a NUL or half a character; the content is no deeper than a set that was read. */
function unstorable(value: unknown, at: string): string | null {
  if (typeof value === "string") return canBeStored(value) ? null : at;
  if (typeof value !== "object" || value === null) return null;
  for (const [key, part] of Object.entries(value)) {
    const place = Array.isArray(value) ? `${at}[${key}]` : at === "" ? key : `${at}.${key}`;
    const found = unstorable(part, place);
    if (found !== null) return found;
  }
  return null;
}

/** Whether a database can store this text: Postgres knows neither the character NUL nor half a surrogate pair. */
export function canBeStored(text: string): boolean {
  return !text.includes("\0") && text.isWellFormed();
}

function refused(finding: Finding): Refused {
  return { ok: false, findings: [shortened(finding)] };
}

/** What is wrong may be as long as what was written, and is read by people. */
function shortened(finding: Finding): Finding {
  const { rule, at, text, values } = finding;
  const parts = Object.entries(values).map(([name, value]) => [name, cutValue(value)]);
  return {
    ...finding,
    rule: rule === null ? null : cut(rule, LONGEST_RULE),
    at: at === null ? null : cut(at, LONGEST_FINDING),
    values: Object.fromEntries(parts),
    text: cut(text, LONGEST_FINDING),
  } as Finding;
}

function cutValue(value: unknown): unknown {
  if (Array.isArray(value)) return value.slice(0, MOST_LISTED).map(cutValue);
  return typeof value === "string" ? cut(value, LONGEST_VALUE) : value;
}

function cut(text: string, most: number): string {
  return text.length <= most ? text : `${text.slice(0, most - 1)}…`;
}
