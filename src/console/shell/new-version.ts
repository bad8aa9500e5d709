import { useSyncExternalStore } from "react";

let isNewer = false;
const watchers = new Set<() => void>();

/** Looks whether the service has another console than this page by now: its document names its first script by what is in it. */
export async function lookForVersion(): Promise<void> {
  if (isNewer) return;
  const own = document.querySelector<HTMLScriptElement>("script[type=module]")?.src.split("/").at(-1);
  if (own === undefined) return;
  const response = await fetch("/console", { cache: "no-cache", credentials: "same-origin" }).catch(() => null);
  if (response?.ok !== true || (await response.text()).includes(own)) return;
  isNewer = true;
  for (const watcher of watchers) watcher();
}

function watch(watcher: () => void): () => void {
  watchers.add(watcher);
  return () => watchers.delete(watcher);
}

/** Whether the service has a newer console than this page. */
export function useIsOld(): boolean {
  return useSyncExternalStore(watch, () => isNewer);
}
