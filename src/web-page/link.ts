import { base, element, look, tellState, words } from "./words.ts";

/** Opens the page by a kept link: on a device that knows it at once, on another one with its code. The link leaves the address at once. */
export function openByLink(): void {
  const token = /^#k=([A-Za-z0-9_-]+)$/.exec(location.hash)?.[1];
  if (token === undefined) return;
  history.replaceState(null, "", location.pathname + look);
  const open = element<HTMLDetailsElement>("open");
  element<HTMLInputElement>("kept-link").value = token;
  void tryWithoutCode(token).then((isOpen) => {
    if (isOpen) return location.replace(`${base}/mine${look}`);
    open.open = true;
    open.scrollIntoView();
    element("code").focus();
  });
}

async function tryWithoutCode(token: string): Promise<boolean> {
  try {
    const body = new URLSearchParams({ token, code: "" });
    const headers = { accept: "application/json" };
    const response = await fetch(`${base}/open${look}`, { method: "POST", body, headers });
    return ((await response.json()) as { ok: boolean }).ok;
  } catch {
    return false;
  }
}

/** Offers to copy the link that is to be kept, where the browser lets a page do that. */
export function offerCopying(): void {
  const button = document.getElementById("copy");
  const link = document.getElementById("link") as HTMLInputElement | null;
  if (button === null || link === null || navigator.clipboard === undefined) return;
  button.hidden = false;
  button.addEventListener("click", () => {
    void navigator.clipboard.writeText(link.value).then(() => tellState(words.copied ?? ""));
  });
}
