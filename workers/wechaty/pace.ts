const A_MINUTE_MS = 60_000;
/** More looks like a robot: one message in two seconds, six a minute to one chat. */
const SPACING_MS = 2_000;
const A_MINUTE_TO_ONE = 6;
/** Longer than this nobody is kept waiting for an answer. */
const LONGEST_WAIT_MS = 4_000;

/** When a message may leave: after so many milliseconds, or, where that is too long to wait, not before so many. */
type Slot =
  | { readonly kind: "go"; readonly afterMs: number }
  | { readonly kind: "wait"; readonly afterMs: number; readonly scope: "address" | "account" };

/** The pace of an account, over all its chats. */
export type Pace = {
  /** Takes the next slot for a message to this chat. */
  take(to: string, nowMs: number): Slot;
};

/** Creates the pace of an account that has sent nothing yet. */
export function createPace(): Pace {
  let nextMs = 0;
  const sent = new Map<string, number[]>();
  return {
    take(to, nowMs) {
      for (const [chat, moments] of sent) {
        const recent = moments.filter((at) => at > nowMs - A_MINUTE_MS);
        if (recent.length === 0) sent.delete(chat);
        else sent.set(chat, recent);
      }
      const moments = sent.get(to) ?? [];
      const [oldest] = moments;
      if (oldest !== undefined && moments.length >= A_MINUTE_TO_ONE)
        return { kind: "wait", afterMs: oldest + A_MINUTE_MS - nowMs, scope: "address" };
      const atMs = Math.max(nowMs, nextMs);
      if (atMs - nowMs > LONGEST_WAIT_MS) return { kind: "wait", afterMs: atMs - nowMs, scope: "account" };
      nextMs = atMs + SPACING_MS;
      sent.set(to, [...moments, atMs]);
      return { kind: "go", afterMs: atMs - nowMs };
    },
  };
}
