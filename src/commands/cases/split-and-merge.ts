import { readFile } from "node:fs/promises";
import { pino } from "pino";
import { viewCase } from "../../casework/cases/case-view.ts";
import { mergeByName, splitByName } from "../../casework/office/by-name.ts";
import type { Config } from "../../config.ts";
import type { Installation } from "../../process/installation.ts";
import type { ExitStatus, Output } from "../../process/output.ts";
import { openRuntime } from "../../process/runtime.ts";

type Services = {
  readonly output: Output;
  readonly installation: Installation;
  readonly config: Config;
  readonly jurisdictionId: string;
};

/** Runs `liaison case split NUMBER`: takes the matters of a file, one a line, out of a case, and prints their numbers. */
export async function runCaseSplit(
  services: Services,
  options: { readonly number: string; readonly parts: string; readonly by: string },
): Promise<ExitStatus> {
  const { output, installation, config, jurisdictionId } = services;
  const text = await readFile(options.parts, "utf8").catch(() => null);
  if (text === null) {
    output.err(`${options.parts} cannot be read.`);
    return 1;
  }
  const parts = text
    .replace(/^\uFEFF/, "")
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== "");
  const number = await wholeNumber(services, options.number);
  if (number === null) return 1;
  const { runtime, close } = await openRuntime(installation, config, pino({ level: "silent" }));
  try {
    const split = await splitByName(runtime, jurisdictionId, { number, parts, by: options.by });
    if (!split.ok) {
      output.err(split.reason);
      return 1;
    }
    for (const one of split.numbers) output.out(one);
    return 0;
  } finally {
    await close();
  }
}

/** Runs `liaison case merge NUMBER`: lets a case go with another one, and prints the number of that one. */
export async function runCaseMerge(
  services: Services,
  options: { readonly number: string; readonly into: string; readonly by: string },
): Promise<ExitStatus> {
  const { output, installation, config, jurisdictionId } = services;
  const number = await wholeNumber(services, options.number);
  const into = number === null ? null : await wholeNumber(services, options.into);
  if (number === null || into === null) return 1;
  const { runtime, close } = await openRuntime(installation, config, pino({ level: "silent" }));
  try {
    const merged = await mergeByName(runtime, jurisdictionId, { number, into, by: options.by });
    if (!merged.ok) {
      output.err(merged.reason);
      return 1;
    }
    output.out(into);
    return 0;
  } finally {
    await close();
  }
}

async function wholeNumber({ output, installation, jurisdictionId }: Services, typed: string): Promise<string | null> {
  const found = await installation.database.inCounty(jurisdictionId, (tx) => viewCase(tx, typed));
  if (found.ok) return found.view.number;
  output.err(`There is no case ${typed}, or several: give its whole number.`);
  return null;
}
