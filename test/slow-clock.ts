/** A clock of tests: it goes on when it is told to. */
export type SlowClock = { readonly now: () => Date; advance(ms: number): void };

/** So much slower than real time: what is to happen three seconds later does not while a busy machine takes a minute. */
const SLOWNESS = 20;

/**
 * Starts one at this moment. By itself it goes so slowly that no test depends on how fast the machine is, but it goes, so that what
 * is tried again a second later is; and no two looks at it show the same.
 */
export function slowClock(): SlowClock {
  const startedAt = performance.now();
  let set = Date.now();
  let last = 0;
  return {
    now() {
      last = Math.max(last + 1, Math.floor(set + (performance.now() - startedAt) / SLOWNESS));
      return new Date(last);
    },
    advance(ms) {
      set += ms;
      last += ms;
    },
  };
}
