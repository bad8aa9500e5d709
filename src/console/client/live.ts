import type { z } from "zod";
import type { HINT } from "../../http/contract/live.ts";
import { setLive } from "./asking.ts";

/** A hint that something changed: which, and nothing else of it. */
export type Hint = z.output<typeof HINT>;
/** The hearing of changes: still opening, live, or given up for now. */
export type LiveState = "opening" | "live" | "not-live";

type Told =
  | { readonly kind: "hint"; readonly hint: Hint }
  /** Something may have been missed: all that is shown is asked for again. */
  | { readonly kind: "gap" }
  | { readonly kind: "hello" }
  | { readonly kind: "state"; readonly state: LiveState };

type Handlers = {
  readonly onHint: (hint: Hint) => void;
  readonly onGap: () => void;
  /** Told each time that the stream begins anew. */
  readonly onHello: () => void;
};

const ADDRESS = "/api/v1/live?topics=cases,deliveries,rules,errands,presence";
const MOST_FAILURES = 3;
const SOON_MS = 5000;
const AGAIN_MS = 30_000;

let state: LiveState = "opening";
const watchers = new Set<() => void>();

/** Tells how live the page is now. */
export function liveState(): LiveState {
  return state;
}

/** Tells when the page becomes live, or is so no more; gives back how to end that. */
export function watchLive(watcher: () => void): () => void {
  watchers.add(watcher);
  return () => watchers.delete(watcher);
}

function become(next: LiveState): void {
  if (state === next) return;
  state = next;
  setLive(next === "live");
  for (const watcher of watchers) watcher();
}

/**
 * Hears what changes until the returned function is called.
 *
 * The pages of one browser share one stream, for a browser opens few connections to one host: the page that has the lock hears, and
 * passes on to the others.
 * @param name keeps the pages of different people apart
 */
export function hearChanges(name: string, { onHint, onGap, onHello }: Handlers): () => void {
  const take = (told: Told): void => {
    if (told.kind === "hint") onHint(told.hint);
    else if (told.kind === "gap") onGap();
    else if (told.kind === "hello") onHello();
    else become(told.state);
  };
  const { locks } = navigator as { readonly locks?: LockManager };
  if (locks === undefined || typeof BroadcastChannel === "undefined") return openStream(take);
  const channel = new BroadcastChannel(name);
  const stop = new AbortController();
  let close: (() => void) | null = null;
  channel.onmessage = ({ data }: MessageEvent<Told | "how-is-it">) => {
    if (data !== "how-is-it") take(data);
    else if (close !== null) channel.postMessage({ kind: "state", state } satisfies Told);
  };
  channel.postMessage("how-is-it");
  const lead = () =>
    new Promise<void>((resolve) => {
      if (stop.signal.aborted) return resolve();
      close = openStream((told) => {
        take(told);
        channel.postMessage(told);
      });
      stop.signal.addEventListener("abort", () => resolve());
    });
  locks.request(name, { signal: stop.signal }, lead).catch(() => undefined);
  return () => {
    stop.abort();
    close?.();
    channel.close();
  };
}

function openStream(tell: (told: Told) => void): () => void {
  let failures = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let source: EventSource | null = null;
  const open = (): void => {
    const one = new EventSource(ADDRESS);
    source = one;
    one.addEventListener("hello", ({ data }: MessageEvent<string>) => {
      failures = 0;
      tell({ kind: "state", state: "live" });
      tell({ kind: "hello" });
      if (!(JSON.parse(data) as { resumed: boolean }).resumed) tell({ kind: "gap" });
    });
    one.addEventListener("changed", ({ data }: MessageEvent<string>) =>
      tell({ kind: "hint", hint: JSON.parse(data) as Hint }),
    );
    one.onerror = () => {
      failures += 1;
      if (failures >= MOST_FAILURES) tell({ kind: "state", state: "not-live" });
      // The browser itself comes back after a stream that ended, and not after a refusal.
      if (one.readyState !== EventSource.CLOSED) return;
      timer = setTimeout(open, failures < MOST_FAILURES ? SOON_MS : AGAIN_MS);
    };
  };
  open();
  return () => {
    clearTimeout(timer);
    source?.close();
  };
}
