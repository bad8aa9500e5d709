import { createReadStream } from "node:fs";
import { resolve } from "node:path";
import { buffer } from "node:stream/consumers";
import { type Command, InvalidArgumentError } from "commander";
import type { Config } from "../../config.ts";
import { parseContent } from "../../domain/rules/content.ts";
import type { Finding } from "../../domain/rules/finding.ts";
import { MOST_BYTES } from "../../domain/rules/ruleset.ts";
import type { Installation } from "../../process/installation.ts";
import type { ExitStatus, Output } from "../../process/output.ts";

/** The context of the commands under `rules`: how they are declared and run; relative paths begin in `folder`. */
export type CommandContext = {
  readonly folder: string;
  ofCounty(command: Command): Command;
  withCounty(
    options: { readonly county?: string },
    work: (installation: Installation, jurisdictionId: string, config: Config) => Promise<ExitStatus>,
  ): Promise<void>;
};

/** Reads a file of rules, up to one byte more than the limit; null, said on `err`, when it cannot be read. */
export async function readSetBytes({ err }: Output, folder: string, file: string): Promise<Uint8Array | null> {
  try {
    // One byte more is enough to know.
    return await buffer(createReadStream(resolve(folder, file), { end: MOST_BYTES }));
  } catch (error) {
    err(`${file} cannot be read: ${error instanceof Error ? error.message : String(error)}.`);
    return null;
  }
}

/**
 * Reads the JSON of a rule set from a file, without reading it as rules yet. What is wrong is said on `err`.
 * @returns null when there is no such file, or no JSON in it
 */
export async function readSetFile(output: Output, folder: string, file: string): Promise<{ content: unknown } | null> {
  const bytes = await readSetBytes(output, folder, file);
  if (bytes === null) return null;
  const parsed = parseContent(bytes);
  if (parsed.ok) return { content: parsed.content };
  sayFindings(output, parsed.findings);
  return null;
}

/** Prints each mistake as a line, with the id of its rule in front. */
export function sayFindings({ err }: Pick<Output, "err">, findings: readonly Finding[]): void {
  for (const { rule, text } of findings) err(rule === null ? text : `${rule}: ${text}`);
}

/** Prints the findings in a version that was published all the same, each as a sentence with its rule in front. */
export function sayPublishedWith({ err }: Pick<Output, "err">, number: number, findings: readonly Finding[]): void {
  if (findings.length > 0) err(`Rule set ${number} is published. \`liaison rules check\` finds in it:`);
  for (const { rule, kind, text } of findings) err(`${rule ?? "The set"} (${kind}): ${text}.`);
}

/** The number of a version as a person typed it. */
export function versionNumber(text: string): number {
  if (/^[1-9]\d{0,8}$/.test(text)) return Number(text);
  throw new InvalidArgumentError("It is a whole number: see liaison rules list.");
}
