/** What the benchmark asks of its child, and what the child answers. */
export type Command = { readonly id: number; readonly what: string; readonly about: unknown };
export type Answer =
  | { readonly id: number; readonly ok: true; readonly value: unknown }
  | { readonly id: number; readonly ok: false; readonly reason: string };

/** What the benchmark gave this process at its start. */
export function setup<T>(): T {
  return JSON.parse(process.argv[2] ?? "null");
}

/**
 * Tells the benchmark that this process is ready, and does what it asks from now on.
 *
 * `usage` and `stop` are understood everywhere; `close` must let go of everything, so that the process ends by itself.
 */
export function serveBenchmark(offer: {
  readonly ready?: Readonly<Record<string, unknown>>;
  readonly on?: Readonly<Record<string, (about: never) => unknown>>;
  readonly close?: () => Promise<void>;
}): void {
  process.on("message", async ({ id, what, about }: Command) => {
    try {
      say({ id, ok: true, value: await answer(what, about) });
      if (what === "stop") process.disconnect();
    } catch (error) {
      say({ id, ok: false, reason: error instanceof Error ? (error.stack ?? error.message) : String(error) });
    }
  });
  // A benchmark that died must leave no server behind.
  process.once("disconnect", () => process.exit());
  const answer = async (what: string, about: unknown): Promise<unknown> => {
    if (what === "usage") return usage();
    if (what === "stop") return offer.close?.();
    const work = offer.on?.[what];
    if (work === undefined) throw new Error(`nobody here understands ${what}`);
    return work(about as never);
  };
  say({ id: 0, ok: true, value: offer.ready ?? {} });
}

function usage(): { cpuMs: number; rssBytes: number } {
  const { user, system } = process.cpuUsage();
  return { cpuMs: (user + system) / 1000, rssBytes: process.memoryUsage.rss() };
}

function say(answer: Answer): void {
  process.send?.(answer);
}
