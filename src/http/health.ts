import { Hono } from "hono";

/** The checks of readiness by name: each says whether that part answers, and does not throw. */
export type Checks = Readonly<Record<string, () => Promise<boolean>>>;

/** How long an answer serves everybody who asks: asking often must cost nothing. */
const FRESH_MS = 500;

/**
 * The routes `/healthz`, this process is alive, and `/readyz`: what it depends on answers too, and it is not about to
 * stop.
 * @param isStopping said at once, however fresh the last answer is
 */
export function health(checks: Checks, isStopping: () => boolean): Hono {
  let last: { at: number; answers: Promise<[string, boolean][]> } | null = null;
  const ask = () => {
    if (last === null || performance.now() - last.at > FRESH_MS) {
      const answers = Promise.all(
        Object.entries(checks).map(async ([name, check]): Promise<[string, boolean]> => [name, await check()]),
      );
      last = { at: performance.now(), answers };
    }
    return last.answers;
  };
  return new Hono()
    .get("/healthz", (c) => c.json({ alive: true }))
    .get("/readyz", async (c) => {
      if (isStopping()) return c.json({ ready: false, stopping: true }, 503);
      const answers = await ask();
      const isReady = answers.every(([, isWell]) => isWell);
      return c.json({ ready: isReady, ...Object.fromEntries(answers) }, isReady ? 200 : 503);
    });
}
