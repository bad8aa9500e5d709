import { showFresh } from "./fresh.ts";
import { base } from "./words.ts";

const LOOK_MS = 10_000;

/** Keeps the page up to date: the service tells it of each new post; where it cannot, the page looks every ten seconds. */
export function stayFresh(): void {
  const lines = document.getElementById("lines");
  if (lines === null) return;
  // Who comes back looks for the answer first; who has just written, for the link that is to be kept.
  if (document.getElementById("link") === null) lines.lastElementChild?.scrollIntoView({ block: "start" });
  let looking: ReturnType<typeof setInterval> | undefined;
  const fetchNew = (): void => void showFresh().catch(() => undefined);
  const lookSometimes = (): void => {
    looking ??= setInterval(() => {
      if (document.visibilityState === "visible") fetchNew();
    }, LOOK_MS);
  };
  window.addEventListener("pageshow", (event) => {
    if (event.persisted) fetchNew();
  });
  window.addEventListener("online", fetchNew);
  if (!("EventSource" in window)) {
    lookSometimes();
    return;
  }
  const since = new URLSearchParams({ since: lines.dataset.newest ?? "0" });
  const source = new EventSource(`${base}/live?${since}`);
  let isAsked = false;
  source.addEventListener("post", () => {
    // Several posts that come together are fetched once.
    if (isAsked) return;
    isAsked = true;
    setTimeout(() => {
      isAsked = false;
      fetchNew();
    }, 50);
  });
  source.addEventListener("error", () => {
    if (source.readyState === EventSource.CLOSED) lookSometimes();
  });
  source.addEventListener("open", () => {
    clearInterval(looking);
    looking = undefined;
  });
}
