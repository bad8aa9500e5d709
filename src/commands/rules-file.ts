import { createReadStream } from "node:fs";
import { resolve } from "node:path";
import { buffer } from "node:stream/consumers";
import { type Command, InvalidArgumentError } from "commander";
import type { Config } from "../config.ts";
import { type Finding, MOST_BYTES } from "../domain/ruleset.ts";
import { parseContent } from "../domain/ruleset-content.ts";
import type { Ground } from "./ground.ts";
import type { ExitStatus, Output } from "./output.ts";

/** How the commands under `rules` are declared and run; relative paths begin in `folder`. */
export type Giving = {
  readonly folder: string;
  ofCounty(command: Command): Command;
  withCounty(
    options: { readonly county?: string },
    work: (ground: Ground, jurisdictionId: string, config: Config) => Promise<ExitStatus>,
  ): Promise<void>;
};

/**
 * The JSON of a rule set from a file, not yet read as rules. What is wrong is said on `err`.
 * @returns null when there is no such file, or no JSON in it
 */
export async function readSetFile({ err }: Output, folder: string, file: string): Promise<{ content: unknown } | null> {
  let bytes: Uint8Array;
  try {
    // One byte more than there may be is enough to know.
    bytes = await buffer(createReadStream(resolve(folder, file), { end: MOST_BYTES }));
  } catch (error) {
    err(`${file} cannot be read: ${error instanceof Error ? error.message : String(error)}.`);
    return null;
  }
  const parsed = parseContent(bytes);
  if (parsed.ok) return { content: parsed.content };
  sayFindings({ err }, parsed.findings);
  return null;
}

/** Each mistake as a line, with the id of its rule in front. */
export function sayFindings({ err }: Pick<Output, "err">, findings: readonly Finding[]): void {
  for (const { rule, text } of findings) err(rule === null ? text : `${rule}: ${text}`);
}

/** The number of a version, as it was written. */
export function versionNumber(text: string): number {
  if (/^[1-9]\d{0,8}$/.test(text)) return Number(text);
  throw new InvalidArgumentError("It is a whole number: see liaison rules list.");
}
