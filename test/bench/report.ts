import { mkdir, writeFile } from "node:fs/promises";
import { cpus, loadavg, totalmem } from "node:os";
import { dirname } from "node:path";
import { type Figure, holds, type Line, type Target } from "./measure.ts";

/** One line of the report: `name  ours  reference  ratio  target  holds|falls short`. */
export function printed(line: Line): string {
  return [
    line.name.padEnd(26),
    shown(line.ours).padStart(14),
    (line.reference === null ? "-" : shown(line.reference)).padStart(14),
    (line.ratio === null ? "-" : line.ratio.toFixed(2)).padStart(7),
    wanted(line.target).padStart(12),
    holds(line) ? "holds" : "falls short",
  ].join("  ");
}

/** Writes every measurement with the machine it was made on. */
export async function writeResults(path: string, lines: readonly Line[], short: boolean): Promise<void> {
  const [cpu] = cpus();
  const machine = {
    cores: cpus().length,
    cpu: cpu?.model ?? "unknown",
    memoryMb: Math.round(totalmem() / 2 ** 20),
    node: process.version,
    platform: `${process.platform} ${process.arch}`,
    loadAverage: loadavg(),
  };
  const results = lines.map((line) => ({ ...line, holds: holds(line) }));
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, `${JSON.stringify({ date: new Date().toISOString(), short, machine, results }, null, 1)}\n`);
}

function shown({ value, unit, digits = 0 }: Figure): string {
  return `${value.toFixed(digits)}${unit === "" ? "" : ` ${unit}`}`;
}

function wanted(target: Target): string {
  const unit = target.unit === undefined ? "" : ` ${target.unit}`;
  return "atLeast" in target ? `>= ${target.atLeast}${unit}` : `<= ${target.atMost}${unit}`;
}
