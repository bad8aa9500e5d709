/** A way to the platform on which a call's time is over as soon as the platform hangs with it. */
export type ImpatientFetch = {
  readonly fetch: typeof fetch;
  /** Says that the platform hangs with a call to this path that writes to this person, or to nobody. */
  hangs(path: string, to: string | null): void;
};

/**
 * Makes one: no test waits for the real limit of a call, and on a busy machine no other call runs into a limit that was made
 * short for the one that hangs.
 */
export function impatientFetch(): ImpatientFetch {
  const out = new Set<{ readonly path: string; readonly to: string | null; readonly limit: AbortController }>();
  return {
    async fetch(input, init) {
      const limit = new AbortController();
      const call = { path: new URL(String(input)).pathname, to: addresseeOf(init?.body), limit };
      const signal = AbortSignal.any(init?.signal ? [limit.signal, init.signal] : [limit.signal]);
      out.add(call);
      try {
        return await fetch(input, { ...init, signal });
      } finally {
        out.delete(call);
      }
    },
    hangs(path, to) {
      const call = [...out].find((one) => one.path === path && one.to === to);
      call?.limit.abort(new DOMException("The call took too long.", "TimeoutError"));
    },
  };
}

function addresseeOf(body: unknown): string | null {
  if (typeof body !== "string" || !body.startsWith("{")) return null;
  const to: unknown = JSON.parse(body).touser;
  return typeof to === "string" ? to : null;
}
