const TICK_MS = 5;

/**
 * How long something takes, in milliseconds, without the time in which a busy machine gave this process no turn.
 *
 * A promise such as "within 15 s" is one of an installation that has its machine for itself: beside others a test of it would
 * measure them. What this process computes counts in full, and waiting as long as the process is woken on time.
 */
export async function quietMsOf(work: () => Promise<unknown>): Promise<number> {
  let counted = 0;
  let at = performance.now();
  let computed = process.cpuUsage();
  const count = () => {
    const now = performance.now();
    const { user, system } = process.cpuUsage(computed);
    counted += Math.min(now - at, Math.max(2 * TICK_MS, (user + system) / 1000));
    at = now;
    computed = process.cpuUsage();
  };
  const ticking = setInterval(count, TICK_MS);
  try {
    await work();
  } finally {
    clearInterval(ticking);
  }
  count();
  return counted;
}

/** How long this process computed for something, in milliseconds: what a test of speed may limit on a busy machine too. */
export function computingMsOf(work: () => void): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}
