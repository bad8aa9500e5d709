import { globSync, readFileSync } from "node:fs";
import { LADDER } from "./ladder.ts";

/** The files of code below some folders, as paths from the project's own folder. */
export function filesOfCode(folders: readonly string[]): string[] {
  // Folders that have packages of their own are no code of ours.
  const found = globSync(
    folders.map((folder) => `${folder}/**/*.{ts,tsx,css}`),
    {
      exclude: (path) => path.split("/").includes("node_modules"),
    },
  );
  return found.sort();
}

/** Whether the ladder gives a file its place. */
export function isNamed(file: string): boolean {
  const parts = LADDER.filter(({ path }) => file === path || file.startsWith(`${path}/`));
  const part = parts.sort((one, other) => other.path.length - one.path.length)[0];
  if (part?.steps === undefined) return part !== undefined;
  const [first = "", ...deeper] = file.slice(part.path.length + 1).split("/");
  const others = deeper.length === 0 ? "." : "*";
  return part.steps.some((step) => first in step || others in step);
}

/** How many lines a file has. */
export function linesOf(file: string): number {
  return readFileSync(file, "utf8").split("\n").length - 1;
}
