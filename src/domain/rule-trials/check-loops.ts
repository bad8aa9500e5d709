import { type Finding, foundOf } from "../rules/finding.ts";
import type { Handover } from "./county-snapshot.ts";

/**
 * The findings about circles in which people stand in for each other on the same day, each once with the first day on
 * which it closes.
 *
 * A circle closes on the day on which the last of its handovers begins; those days are all that need a look. Of several
 * handovers that one person has on a day the first given counts.
 * @param from days before it are over, YYYY-MM-DD
 */
export function loopFindings(handovers: readonly Handover[], from: string): Finding[] {
  const days = new Set(handovers.map(({ fromOn }) => (fromOn > from ? fromOn : from)));
  const told = new Map<string, Finding>();
  for (const day of [...days].sort()) {
    const next = new Map<string, string>();
    for (const { of, by, fromOn, untilOn } of handovers) {
      if (fromOn <= day && (untilOn === null || untilOn >= day) && !next.has(of)) next.set(of, by);
    }
    for (const circle of circlesIn(next)) {
      const key = circle.join(" ");
      if (told.has(key)) continue;
      told.set(key, foundOf(null, "circle", { day, people: [...circle, ...circle.slice(0, 1)] }));
    }
  }
  return [...told.values()];
}

/** The circles of a graph in which everybody points at one person at most; each begins with its lowest code. */
function circlesIn(next: ReadonlyMap<string, string>): string[][] {
  const seen = new Set<string>();
  const circles: string[][] = [];
  for (const start of next.keys()) {
    const path: string[] = [];
    for (let at: string | undefined = start; at !== undefined && !seen.has(at); at = next.get(at)) {
      seen.add(at);
      path.push(at);
    }
    const back = next.get(path.at(-1) ?? "");
    const begin = back === undefined ? -1 : path.indexOf(back);
    if (begin >= 0) circles.push(fromLowest(path.slice(begin)));
  }
  return circles;
}

function fromLowest(circle: readonly string[]): string[] {
  const lowest = circle.reduce((best, code, index) => (code < (circle[best] ?? code) ? index : best), 0);
  return [...circle.slice(lowest), ...circle.slice(0, lowest)];
}
